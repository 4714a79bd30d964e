package dev.purser.core.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.core.record.Field;
import dev.purser.core.record.Fields;
import dev.purser.core.record.JsonLine;
import dev.purser.core.record.RecordLine;
import dev.purser.spi.Amounts;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * What closed segments add up to, as a file of lines like theirs, which a start reads in their place.
 * Folded from those files and never from what is in memory, so that it cannot hold what they do not.
 *
 * @param through the last segment that it stands for
 * @param lastSeq the number of that one's last line
 * @param fold what they add up to
 * @param fits whether the windows it was summed for are those in force
 */
record Checkpoint(long through, long lastSeq, Fold fold, boolean fits) {

  private static final String HEAD = "checkpoint";
  private static final String END = "end";

  /**
   * Writes a checkpoint, whole or not at all.
   *
   * @param now only tells people when it was written
   */
  static void write(
      Folder folder, Disk disk, long through, long lastSeq, Fold fold, Grain grain, Instant now)
      throws IOException {
    Path file = folder.checkpoint(through);
    Path unfinished = folder.path().resolve("checkpoint.unfinished");
    try (FileOutputStream to = new FileOutputStream(unfinished.toFile());
        OutputStream out = new BufferedOutputStream(to, 1 << 16)) {
      Sheet sheet = new Sheet(out);
      sheet.put(RecordLine.begin(sheet.line, HEAD, now)
          .number(Field.THROUGH, through)
          .number(Field.LAST_SEQ, lastSeq)
          .text(Field.FINGERPRINT, grain.fingerprint())
          .instant(Field.UNTIL, fold.latest())
          .endOpen());
      for (Spent charge : fold.sums().all()) {
        sheet.put(sum(sheet.line, charge, now));
      }
      for (Fold.Call call : fold.held().values()) {
        sheet.put(call.line());
      }
      for (Fold.Call call : fold.charged().values()) {
        sheet.put(call.line());
      }
      for (byte[] line : fold.state()) {
        sheet.put(line);
      }
      for (byte[] line : fold.alerts()) {
        sheet.put(line);
      }
      for (byte[] line : fold.days()) {
        sheet.put(line);
      }
      for (Map.Entry<String, Amounts> bill : fold.bills().entrySet()) {
        RecordLine.begin(sheet.line, "bill", now).text(Field.BILL, bill.getKey());
        sheet.put(RecordLine.amounts(sheet.line, Field.CHARGED, bill.getValue()).endOpen());
      }
      sheet.put(RecordLine.begin(sheet.line, END, now)
          .number(Field.COUNT, sheet.lines)
          .endOpen());
      out.flush();
      to.getFD().sync();
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    disk.syncFolder(folder.path());
  }

  private static byte[] sum(JsonLine line, Spent charge, Instant now) {
    RecordLine.begin(line, "sum", now).text(Field.ID, "sum").instant(Field.STARTED_AT, charge.at());
    RecordLine.attribution(line, charge.who());
    line.text(Field.PROVIDER, charge.model().provider())
        .text(Field.REQUEST_MODEL, charge.model().name());
    if (charge.provisional() > 0) {
      line.number(Field.RESERVED, charge.provisional());
    }
    return RecordLine.amounts(line, Field.CHARGED, charge.amounts()).endOpen();
  }

  /** Lines with their numbers and sums. */
  private static final class Sheet {
    final JsonLine line = new JsonLine();
    private final OutputStream out;
    private final CRC32C crc = new CRC32C();
    private byte[] bytes = new byte[4 << 10];
    long lines;

    Sheet(OutputStream out) {
      this.out = out;
    }

    void put(byte[] open) throws IOException {
      if (bytes.length < open.length + Frame.MOST) {
        bytes = new byte[open.length + Frame.MOST];
      }
      System.arraycopy(open, 0, bytes, 0, open.length);
      out.write(bytes, 0, Frame.close(bytes, 0, open.length, ++lines, crc));
    }
  }

  /**
   * Reads a checkpoint.
   *
   * @param grain what it should have been summed for
   * @throws IOException if it is not what was written
   */
  static Checkpoint read(Path file, Grain grain) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      Lines lines = new Lines(in);
      CRC32C crc = new CRC32C();
      JsonNode head = next(lines, crc, HEAD);
      Fold fold = new Fold(grain);
      JsonNode end = null;
      while (end == null) {
        byte[] open = nextOpen(lines, crc);
        String start = "{\"v\":1,\"event\":\"" + END + "\"";
        if (startsWith(open, start)) {
          end = Fold.read(open);
        } else {
          fold.take(open, open.length);
        }
      }
      if (Fields.count(end, Field.COUNT) != lines.number() - 1 || lines.advance()) {
        throw new IOException("not all of the checkpoint is there");
      }
      fold.latest(Fields.instant(head, Field.UNTIL));
      boolean fits = Fields.read(head, Field.FINGERPRINT, text -> text).equals(grain.fingerprint());
      return new Checkpoint(
          Fields.count(head, Field.THROUGH), Fields.count(head, Field.LAST_SEQ), fold, fits);
    } catch (IllegalArgumentException e) {
      throw new IOException("not a checkpoint: " + e.getMessage(), e);
    }
  }

  private static boolean startsWith(byte[] line, String text) {
    byte[] start = text.getBytes(StandardCharsets.US_ASCII);
    return line.length >= start.length
        && Arrays.equals(line, 0, start.length, start, 0, start.length);
  }

  private static JsonNode next(Lines lines, CRC32C crc, String event) throws IOException {
    JsonNode line = Fold.read(nextOpen(lines, crc));
    if (!line.path(Field.EVENT.text()).asText().equals(event)) {
      throw new IOException("no checkpoint");
    }
    return line;
  }

  private static byte[] nextOpen(Lines lines, CRC32C crc) throws IOException {
    if (!lines.advance()
        || !lines.complete()
        || !Frame.isWhole(lines.bytes(), lines.length(), crc)
        || Frame.seq(lines.bytes(), lines.length()) != lines.number()) {
      throw new IOException("a line of the checkpoint is not what was written");
    }
    return Arrays.copyOf(lines.bytes(), Frame.openLength(lines.bytes(), lines.length()));
  }
}
