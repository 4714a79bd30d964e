package dev.purser.core.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.RecoveryReport.BrokenLine;
import dev.purser.core.record.Field;
import dev.purser.core.record.Fields;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads segments in their order, and finds what is broken, what is missing and what stands there twice.
 * Changes nothing. For one thread at a time.
 */
final class Reading {

  private final CRC32C crc = new CRC32C();
  private final List<BrokenLine> broken = new ArrayList<>();
  private final BiConsumer<byte[], Integer> lines;
  private long lastSeq;
  private long read;

  /**
   * Creates a reading.
   *
   * @param lastSeq the number of the last line that is known
   * @param lines takes each line that is whole and new, open at the given length; throws {@link
   *     IllegalArgumentException} for one that makes no sense
   */
  Reading(long lastSeq, BiConsumer<byte[], Integer> lines) {
    this.lastSeq = lastSeq;
    this.lines = lines;
  }

  /** Returns what was found broken so far. */
  List<BrokenLine> broken() {
    return broken;
  }

  long lastSeq() {
    return lastSeq;
  }

  /** Returns how many lines were whole. */
  long read() {
    return read;
  }

  /**
   * Reads a segment.
   *
   * @param limit how many bytes of it count
   * @return where its last whole line ends
   */
  long segment(Folder.Segment segment, long limit) throws IOException {
    String file = segment.name().toString();
    CRC32C sum = new CRC32C();
    long good = 0;
    try (InputStream raw = new CheckedInputStream(
            new BufferedInputStream(Files.newInputStream(segment.file())), sum);
        InputStream in = segment.name().compressed() ? new GZIPInputStream(raw) : raw) {
      Lines each = new Lines(in);
      while (each.advance() && each.offset() < limit) {
        if (line(file, each)) {
          good = each.next();
        }
      }
      if (segment.name().compressed()) {
        raw.skipNBytes(0);
        drain(raw);
        if (!segment.name().equals(segment.name().compressed(sum.getValue()))) {
          broken.add(new BrokenLine(file, 0, 0, "the file is not what was compressed"));
        }
      }
    } catch (IOException e) {
      if (!segment.name().compressed()) {
        throw e;
      }
      broken.add(
          new BrokenLine(file, 0, good, "cannot be read on: " + e.getClass().getName()));
    }
    return good;
  }

  private static void drain(InputStream in) throws IOException {
    byte[] rest = new byte[8 << 10];
    while (in.read(rest) >= 0) {
      // Only for its checksum.
    }
  }

  private boolean line(String file, Lines each) {
    String why = problem(each);
    if (why != null) {
      broken.add(new BrokenLine(file, each.number(), each.offset(), why));
      return false;
    }
    read++;
    long seq = Frame.seq(each.bytes(), each.length());
    if (seq <= lastSeq) {
      return true; // written once more, because nobody knew that it had been
    }
    if (seq > lastSeq + 1) {
      long missing = seq - lastSeq - 1;
      broken.add(new BrokenLine(
          file, each.number(), each.offset(), missing + " lines before this one are missing"));
    }
    lastSeq = seq;
    try {
      lines.accept(each.bytes(), Frame.openLength(each.bytes(), each.length()));
    } catch (IllegalArgumentException e) {
      broken.add(
          new BrokenLine(file, each.number(), each.offset(), "makes no sense: " + e.getMessage()));
    }
    return true;
  }

  private @Nullable String problem(Lines each) {
    if (!each.complete()) {
      return "cut, or longer than any line";
    }
    if (!Frame.isWhole(each.bytes(), each.length(), crc)
        || Frame.seq(each.bytes(), each.length()) < 0) {
      return "not what was written";
    }
    return null;
  }

  /**
   * Returns how many bytes of a segment count, as the one after it says; {@link Long#MAX_VALUE} if that
   * cannot be read, or does not say.
   */
  static long limit(Folder.Segment segment, Folder.Segment after) throws IOException {
    if (after.name().number() != segment.name().number() + 1 || segment.name().compressed()) {
      return Long.MAX_VALUE;
    }
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(after.file()));
        InputStream in = after.name().compressed() ? new GZIPInputStream(raw) : raw) {
      Lines first = new Lines(in);
      if (!first.advance()
          || !first.complete()
          || !Frame.isWhole(first.bytes(), first.length(), new CRC32C())) {
        return Long.MAX_VALUE;
      }
      byte[] open = Arrays.copyOf(first.bytes(), Frame.openLength(first.bytes(), first.length()));
      JsonNode head = Fold.read(open);
      return head.path(Field.PREVIOUS.text()).asLong() == segment.name().number()
          ? Fields.count(head, Field.PREVIOUS_BYTES)
          : Long.MAX_VALUE;
    } catch (IOException e) {
      if (!after.name().compressed()) {
        throw e;
      }
      return Long.MAX_VALUE;
    }
  }
}
