package dev.purser.core.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.RecoveryReport.BrokenLine;
import dev.purser.core.record.Field;
import dev.purser.core.record.Fields;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

  /** More are only counted. */
  private static final int MOST_BROKEN = 1_000;

  private static final int RECENT = 1 << 14;

  /** A number that is further ahead is wrong itself. */
  private static final long MOST_MISSING = 1L << 40;

  private final CRC32C crc = new CRC32C();

  /** The sums of the last lines. */
  private final int[] recent = new int[RECENT];

  private final List<BrokenLine> broken = new ArrayList<>();
  private final BiConsumer<byte[], Integer> lines;
  private long lastSeq;
  private long read;
  private long unlisted;

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

  /** Returns how many more were found broken than are listed. */
  long unlisted() {
    return unlisted;
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
        drain(raw);
        if (!segment.name().equals(segment.name().compressed(sum.getValue()))) {
          broken(new BrokenLine(file, 0, 0, "the file is not what was compressed"));
        }
      }
    } catch (IOException e) {
      if (!segment.name().compressed() || e instanceof NoSuchFileException) {
        throw e;
      }
      broken(new BrokenLine(file, 0, good, "cannot be read on: " + e.getClass().getName()));
    }
    return good;
  }

  /**
   * Reads lines that go on behind a segment, and stand elsewhere.
   *
   * @param good where the segment's last whole line ends; one that is cut behind it is the first of these
   */
  void rest(Folder.Segment segment, long good, Slate.Rest rest) throws IOException {
    if (rest.lines() > 0 && rest.first() == lastSeq + 1) {
      forgive(segment, good);
    }
    Lines each = new Lines(new ByteArrayInputStream(rest.bytes()));
    while (each.advance()) {
      boolean unused = line(Slate.NAME, each);
    }
  }

  /** Takes back what was said to be broken from somewhere in a segment on. */
  private void forgive(Folder.Segment segment, long from) {
    String file = segment.name().toString();
    broken.removeIf(line -> line.file().equals(file) && line.offset() >= from);
  }

  private static void drain(InputStream in) throws IOException {
    byte[] rest = new byte[8 << 10];
    while (in.read(rest) >= 0) {
      // Only for its checksum.
    }
  }

  private boolean line(String file, Lines each) {
    String why = problem(each, crc);
    if (why != null) {
      broken(file, each, why);
      return false;
    }
    read++;
    if (!isNew(file, each)) {
      return true;
    }
    try {
      lines.accept(each.bytes(), Frame.openLength(each.bytes(), each.length()));
    } catch (IllegalArgumentException e) {
      broken(file, each, "makes no sense: " + e.getMessage());
    }
    return true;
  }

  /** Looks at the number of a line; whether it is another line than those before. */
  private boolean isNew(String file, Lines each) {
    long seq = Frame.seq(each.bytes(), each.length());
    int sum = (int) crc.getValue();
    int place = (int) (seq % RECENT);
    if (seq > lastSeq && seq - lastSeq <= MOST_MISSING) {
      if (seq > lastSeq + 1) {
        broken(file, each, seq - lastSeq - 1 + " lines before this one are missing");
      }
      lastSeq = seq;
    } else if (seq <= lastSeq && lastSeq - seq < RECENT && recent[place] == sum) {
      return false; // the same once more
    } else {
      // Counted all the same: rather too much than too little.
      broken(file, each, "its number is not one that can follow");
      return true;
    }
    recent[place] = sum;
    return true;
  }

  private void broken(String file, Lines each, String why) {
    broken(new BrokenLine(file, each.number(), each.offset(), why));
  }

  private void broken(BrokenLine line) {
    if (broken.size() < MOST_BROKEN) {
      broken.add(line);
    } else {
      unlisted++;
    }
  }

  private static @Nullable String problem(Lines each, CRC32C crc) {
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
      if (!first.advance() || problem(first, new CRC32C()) != null) {
        return Long.MAX_VALUE;
      }
      byte[] open = Arrays.copyOf(first.bytes(), Frame.openLength(first.bytes(), first.length()));
      JsonNode head = Fold.read(open);
      long bytes = Fields.count(head, Field.PREVIOUS_BYTES);
      // None is empty: each begins with such a line.
      return bytes > 0 && Fields.count(head, Field.PREVIOUS) == segment.name().number()
          ? bytes
          : Long.MAX_VALUE;
    } catch (IllegalArgumentException e) {
      return Long.MAX_VALUE; // reading that segment tells what is wrong with its first line
    } catch (IOException e) {
      if (!after.name().compressed() || e instanceof NoSuchFileException) {
        throw e;
      }
      return Long.MAX_VALUE;
    }
  }
}
