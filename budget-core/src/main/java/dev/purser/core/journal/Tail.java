package dev.purser.core.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The end of the journal: lines stand on the slate, where a killed process leaves them behind, and are
 * appended to the segment many at a time, because an append costs as much as all else of a call.
 * Without a slate each group is appended at once.
 *
 * <p>For one thread at a time, but {@link #sync}, which any may call.
 */
final class Tail {

  private final Path folder;
  private final Disk disk;
  private final Segments segments;
  private @Nullable Slate slate;

  /** What stands on the slate, once more: it is appended from here. */
  private byte[] held = new byte[Slate.HALF];

  private int length;
  private int lines;

  /** Whether what is held could not be appended when that was tried last. */
  private boolean stuck;

  /** @param slate null if each group is to be appended at once */
  Tail(Path folder, Disk disk, Segments segments, @Nullable Slate slate) {
    this.folder = folder;
    this.disk = disk;
    this.segments = segments;
    this.slate = slate;
  }

  /** Returns the number that the next line gets. */
  long nextSeq() {
    return segments.nextSeq() + lines;
  }

  /** Makes sure that there is a segment to append to, before lines get their numbers. */
  void ready(Instant now) throws IOException {
    if (stuck || segments.isDue(now, length)) {
      spill(now);
      begin(now);
    }
  }

  private void begin(Instant now) throws IOException {
    long before = segments.number();
    try {
      segments.ready(now);
    } finally {
      // Also where the one before could not be forced to the device: this one is begun.
      if (segments.number() != before) {
        beginSlate(now);
      }
    }
  }

  private void beginSlate(Instant now) {
    if (slate != null && !slate.begin(segments.number(), now)) {
      forsake(slate);
    }
  }

  /**
   * Takes lines that have the next numbers; all, or none that counts.
   *
   * @param force whether they must be on the device when this returns
   */
  void append(byte[] bytes, int more, int count, boolean force, Instant now) throws IOException {
    if (slate != null && !force && length + more > slate.room()) {
      spill(now);
    }
    if (slate != null && !force && more <= slate.room() && put(slate, bytes, more)) {
      System.arraycopy(bytes, 0, held, length, more);
      length += more;
      lines += count;
    } else {
      spill(now);
      segments.append(bytes, more, count, force);
    }
  }

  private boolean put(Slate on, byte[] bytes, int more) {
    if (on.put(length, bytes, more)) {
      return true;
    }
    forsake(on);
    return false;
  }

  /** Its file was cut, or its device failed: from now on each group is appended at once. */
  private void forsake(Slate useless) {
    slate = null;
    useless.close();
  }

  /** Appends what stands on the slate to the segment. */
  void spill(Instant now) throws IOException {
    if (length > 0) {
      stuck = true;
      if (!segments.isWritable()) {
        move(now);
      }
      segments.append(held, length, lines, false);
      stuck = false;
      length = 0;
      lines = 0;
    }
    lookAfterSlate(now);
  }

  /** Nothing stands on it now. */
  private void lookAfterSlate(Instant now) throws IOException {
    Slate on = slate;
    if (on != null && !on.isWhole()) {
      forsake(on);
    } else if (on != null && !on.stands()) {
      // It was taken away, perhaps with the folder, and no start would find what is put there.
      forsake(on);
      segments.keepFolder();
      slate = disk.slate(folder);
      beginSlate(now);
    }
  }

  /**
   * Moves what is held to a new segment, whose first line takes the number of the first that is held.
   * Both halves of the slate are good then, each for the folder with or without the new segment.
   */
  private void move(Instant now) throws IOException {
    byte[] moved = new byte[Slate.HALF];
    int to = renumbered(moved, segments.nextSeq() + 1);
    long number = segments.number() + 1;
    if (slate != null && !slate.prepare(number, moved, to, now)) {
      forsake(slate);
    }
    try {
      segments.ready(now);
    } finally {
      // Also where the one before could not be forced to the device: this one is begun.
      if (segments.number() == number) {
        if (slate != null) {
          slate.turn();
        }
        held = moved;
        length = to;
      }
    }
  }

  private int renumbered(byte[] into, long first) {
    CRC32C crc = new CRC32C();
    int to = 0;
    int from = 0;
    for (long seq = first; from < length; seq++) {
      int end = from;
      while (held[end] != Frame.NEWLINE) {
        end++;
      }
      byte[] line = Arrays.copyOfRange(held, from, end);
      int open = Frame.openLength(line, line.length);
      System.arraycopy(line, 0, into, to, open);
      to = Frame.close(into, to, to + open, seq, crc);
      from = end + 1;
    }
    return to;
  }

  /** Forces what was appended to the device. */
  void sync() throws IOException {
    segments.sync();
  }

  /** Leaves a segment whose file was taken away, and goes on in another. */
  void leave(Instant now) throws IOException {
    segments.leaveGone();
    spill(now);
    begin(now);
  }

  /** Appends what is left, and takes the slate away. What cannot be appended stays on it for the next start. */
  void close(Instant now) throws IOException {
    try (Slate on = slate) {
      spill(now);
      if (on != null) {
        on.delete();
      }
    } finally {
      segments.close();
    }
  }
}
