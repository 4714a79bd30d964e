package dev.purser.api;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how what happened is kept. Immutable.
 *
 * @param folder a folder of its own, on a file system of this machine
 * @param fsync when what was written is forced to the disk
 * @param fsyncInterval how often, for {@link Fsync#INTERVAL}
 * @param segmentBytes from how many bytes on a file of it is closed and the next begun
 * @param retention how long closed files are kept at least; null for ever. What an open window of a
 *     budget needs is kept whatever its age
 * @param aheadAllowed whether a journal that is more than an hour ahead of the clock is taken all the same
 */
public record JournalOptions(
    Path folder,
    Fsync fsync,
    Duration fsyncInterval,
    long segmentBytes,
    @Nullable Duration retention,
    boolean aheadAllowed) {

  /** When what was written is forced to the disk. What was written survives the end of the process anyway. */
  public enum Fsync {
    /** Never: a loss of power may cost what the operating system had not written yet. */
    NEVER,
    /** Every so often: a loss of power costs no more than that. */
    INTERVAL,
    /** Before a call is sent, and before an ending returns: a loss of power costs nothing. */
    ALWAYS
  }

  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);
  private static final long SEGMENT = 64L << 20;
  private static final long SMALLEST_SEGMENT = 4 << 10;

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one makes no sense
   */
  public JournalOptions {
    if (fsyncInterval.compareTo(Duration.ofMillis(1)) < 0
        || fsyncInterval.compareTo(LONGEST_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "journal: the fsync interval must be from 1 ms to a minute, is " + fsyncInterval);
    }
    if (segmentBytes < SMALLEST_SEGMENT) {
      throw new IllegalArgumentException("journal: a segment must have at least " + SMALLEST_SEGMENT
          + " bytes, has " + segmentBytes);
    }
    if (retention != null && (retention.isNegative() || retention.isZero())) {
      throw new IllegalArgumentException("journal: retention must be longer than nothing");
    }
  }

  /** Returns the defaults for a folder: forced to the disk every 100 ms, 64 MiB a file, kept for ever. */
  public static JournalOptions in(Path folder) {
    return new JournalOptions(folder, Fsync.INTERVAL, INTERVAL, SEGMENT, null, false);
  }

  /** Returns these options for another folder. */
  public JournalOptions folder(Path other) {
    return new JournalOptions(other, fsync, fsyncInterval, segmentBytes, retention, aheadAllowed);
  }

  /** Returns these options, forcing what was written to the disk when this says. */
  public JournalOptions fsync(Fsync when) {
    return new JournalOptions(folder, when, fsyncInterval, segmentBytes, retention, aheadAllowed);
  }

  /** Returns these options, forcing what was written to the disk every so often. */
  public JournalOptions fsyncEvery(Duration interval) {
    return new JournalOptions(
        folder, Fsync.INTERVAL, interval, segmentBytes, retention, aheadAllowed);
  }

  /** Returns these options with another size of its files, in bytes before they are compressed. */
  public JournalOptions segmentBytes(long bytes) {
    return new JournalOptions(folder, fsync, fsyncInterval, bytes, retention, aheadAllowed);
  }

  /** Returns these options, removing closed files after so long; null for never. */
  public JournalOptions retention(@Nullable Duration kept) {
    return new JournalOptions(folder, fsync, fsyncInterval, segmentBytes, kept, aheadAllowed);
  }

  /** Returns these options, taking a journal that is ahead of the clock or not. */
  public JournalOptions aheadAllowed(boolean allowed) {
    return new JournalOptions(folder, fsync, fsyncInterval, segmentBytes, retention, allowed);
  }
}
