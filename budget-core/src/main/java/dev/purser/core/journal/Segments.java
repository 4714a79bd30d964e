package dev.purser.core.journal;

import dev.purser.core.record.Field;
import dev.purser.core.record.JsonLine;
import dev.purser.core.record.RecordLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file that is appended to, and the next when it is full or the day of UTC is over. Each begins with
 * a line that says how long the one before is: what stands there behind that was never acknowledged.
 *
 * <p>For one thread at a time, but {@link #sync}, {@link #gone} and {@link #closedThrough}, which any may call.
 */
final class Segments {

  private final Path folder;
  private final Disk disk;
  private final Claim claim;
  private final long fullBytes;
  private final Runnable onClosed;
  private final CRC32C crc = new CRC32C();
  private final JsonLine line = new JsonLine();

  private volatile @Nullable Open open;
  private volatile long closedThrough;
  private long lastNumber;
  private long lastBytes;
  private long nextSeq;

  /** A file that could not be begun, and could not be taken back either. */
  private @Nullable Path leftOver;

  /** What makes sure that the folder is still this guard's before a file is begun in it. */
  interface Claim {
    void renew() throws IOException;
  }

  /** A file that is written to. */
  private static final class Open {
    final SegmentName name;
    final Disk.Output output;
    /** When its day is over, in seconds of the epoch. */
    final long dayEnds;

    volatile long bytes;
    volatile long synced;

    /** Set where what was written in vain could not be cut off. */
    boolean spoiled;

    Open(SegmentName name, Disk.Output output) {
      this.name = name;
      this.output = output;
      dayEnds = name.day().plusDays(1).toEpochSecond(LocalTime.MIN, ZoneOffset.UTC);
    }
  }

  /**
   * Goes on behind what there is.
   *
   * @param claim asked before each file, in a folder that is there
   * @param lastNumber the number of the last segment, 0 if there is none
   * @param lastBytes how many bytes of it count
   * @param lastSeq the number of its last line
   * @param onClosed told on the writing thread when a segment is closed; must not throw or block
   */
  Segments(
      Path folder,
      Disk disk,
      Claim claim,
      long fullBytes,
      long lastNumber,
      long lastBytes,
      long lastSeq,
      Runnable onClosed) {
    this.folder = folder;
    this.disk = disk;
    this.claim = claim;
    this.fullBytes = fullBytes;
    this.lastNumber = lastNumber;
    closedThrough = lastNumber;
    this.lastBytes = lastBytes;
    nextSeq = lastSeq + 1;
    this.onClosed = onClosed;
  }

  /** Returns the number that the next line gets. */
  long nextSeq() {
    return nextSeq;
  }

  /** Returns the number of the file that is written to, or was last. */
  long number() {
    return lastNumber;
  }

  /** Whether there is a file that can be appended to. */
  boolean isWritable() {
    Open now = open;
    return now != null && !now.spoiled;
  }

  /** Whether {@link #ready} has something to do once so many bytes more are appended. */
  boolean isDue(Instant now, long more) {
    Open to = open;
    return to == null
        || to.spoiled
        || to.bytes + more >= fullBytes
        || now.getEpochSecond() >= to.dayEnds;
  }

  /**
   * Makes sure that there is a file to append to, before lines get their numbers: a new one begins with
   * a line of its own.
   */
  void ready(Instant now) throws IOException {
    Open before = open;
    if (before == null || before.spoiled) {
      next(before, now);
    } else if (isDue(now, 0)) {
      try {
        next(before, now);
      } catch (IOException e) {
        // The one before can still be written to, so nothing has to stop; tried again with the
        // next.
        if (before.bytes >= 2 * fullBytes + (1 << 20)) {
          throw e;
        }
      }
    }
  }

  private void next(@Nullable Open before, Instant now) throws IOException {
    keepFolder();
    if (leftOver != null) {
      // It has the number of the one to come, and would be in its way for ever.
      disk.delete(leftOver);
      leftOver = null;
    }
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    SegmentName name = new SegmentName(today, lastNumber + 1, null);
    Disk.Output output = disk.create(folder.resolve(name.toString()));
    Open next = new Open(name, output);
    byte[] head = RecordLine.begin(line, "segment", now)
        .number(Field.PREVIOUS, lastNumber)
        .number(Field.PREVIOUS_BYTES, lastBytes)
        .endOpen();
    byte[] bytes = new byte[head.length + Frame.MOST];
    System.arraycopy(head, 0, bytes, 0, head.length);
    int length = Frame.close(bytes, 0, head.length, nextSeq, crc);
    try {
      output.write(bytes, length);
      disk.syncFolder(folder);
    } catch (IOException | RuntimeException | Error e) {
      withdraw(output, folder.resolve(name.toString()), e);
      throw e;
    }
    nextSeq++;
    next.bytes = length;
    open = next;
    lastNumber = name.number();
    lastBytes = length;
    closedThrough = lastNumber - 1;
    if (before != null) {
      onClosed.run();
      try {
        before.output.sync();
      } finally {
        before.output.close();
      }
    }
  }

  /** Makes sure that the folder is there, and this guard's. */
  void keepFolder() throws IOException {
    Files.createDirectories(folder);
    claim.renew();
  }

  /** Takes a file back that could not be begun. */
  private void withdraw(Disk.Output output, Path file, Throwable failure) {
    leftOver = file;
    try {
      output.truncate(0); // what its first line says of the file before holds no longer
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    try {
      output.close();
      disk.delete(file);
      leftOver = null;
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Appends lines that have the next numbers; all, or none that counts.
   *
   * @param force whether they must be on the device when this returns
   */
  void append(byte[] bytes, int length, int lines, boolean force) throws IOException {
    Open to = Objects.requireNonNull(open);
    try {
      to.output.write(bytes, length);
      if (force) {
        to.output.sync();
      }
    } catch (IOException | RuntimeException | Error e) {
      try {
        to.output.truncate(to.bytes);
      } catch (IOException again) {
        // The next file says where this one ends.
        to.spoiled = true;
        e.addSuppressed(again);
      }
      throw e;
    }
    lastBytes = to.bytes + length;
    to.bytes = lastBytes;
    to.synced = force ? to.bytes : to.synced;
    nextSeq += lines;
  }

  /** Forces what was written to the device; nothing to do if it was. */
  void sync() throws IOException {
    Open now = open;
    if (now != null) {
      long written = now.bytes;
      if (written > now.synced) {
        try {
          now.output.sync();
          now.synced = written;
        } catch (IOException e) {
          if (now == open) {
            throw e;
          }
          // It was closed meanwhile, and forced to the device before.
        }
      }
    }
  }

  /** Returns the number of the last segment that nothing is appended to any more; 0 before the first. */
  long closedThrough() {
    return closedThrough;
  }

  /** Whether the file that is written to has been taken away. */
  boolean gone() {
    Open now = open;
    return now != null && !Files.exists(folder.resolve(now.name.toString()));
  }

  /**
   * Leaves a file that was taken away, so that the next line begins another. Before anybody else does,
   * it takes the folder again, which may have gone with it.
   */
  void leaveGone() throws IOException {
    leave();
    keepFolder();
  }

  private void leave() throws IOException {
    Open now = open;
    if (now != null) {
      open = null;
      now.output.close();
    }
  }

  void close() throws IOException {
    try {
      sync();
    } finally {
      leave();
    }
  }
}
