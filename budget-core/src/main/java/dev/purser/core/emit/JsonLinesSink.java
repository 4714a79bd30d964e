package dev.purser.core.emit;

import dev.purser.api.ControlRecord;
import dev.purser.api.SpendRecord;
import dev.purser.core.record.ControlLine;
import dev.purser.core.record.JsonLine;
import dev.purser.core.record.RecordLine;
import dev.purser.spi.RecordSink;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends one JSON object a line to a file, as the journal does ({@code docs/records.md}), but without
 * numbers and checksums, and without the money that open calls hold. For one thread at a time.
 */
public final class JsonLinesSink implements RecordSink {

  private static final char NEWLINE = '\n';

  private final OutputStream out;
  private final JsonLine line = new JsonLine();
  private boolean midLine;

  private JsonLinesSink(OutputStream out, boolean midLine) {
    this.out = out;
    this.midLine = midLine;
  }

  /**
   * Opens a file for appending; it and its folder are created if they are missing.
   *
   * @throws IOException if the file cannot be written
   */
  public static JsonLinesSink open(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    OutputStream out = new BufferedOutputStream(
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    return new JsonLinesSink(out, endsInMidLine(file));
  }

  /** A process that died while it wrote leaves half a line, which the next must not be glued to. */
  private static boolean endsInMidLine(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      if (channel.size() == 0) {
        return false;
      }
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.position(channel.size() - 1).read(last);
      return last.get(0) != NEWLINE;
    }
  }

  @Override
  public void accept(SpendRecord record) throws IOException {
    append(RecordLine.of(line, record).end());
  }

  @Override
  public void control(ControlRecord record) throws IOException {
    append(ControlLine.of(line, record, null).end());
  }

  private void append(byte[] record) throws IOException {
    boolean glued = midLine;
    midLine = true;
    if (glued) {
      out.write(NEWLINE);
    }
    out.write(record);
    out.write(NEWLINE);
    midLine = false;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
