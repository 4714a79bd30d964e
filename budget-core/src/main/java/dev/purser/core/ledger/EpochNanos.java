package dev.purser.core.ledger;

import java.time.Instant;

/** Instants as nanoseconds since 1970, cut off where a {@code long} ends (1677 and 2262). */
final class EpochNanos {

  private static final long A_SECOND = 1_000_000_000;

  private EpochNanos() {}

  /** Never turns the order of two instants round, which is all that bounds and buckets need. */
  static long of(Instant instant) {
    long seconds = instant.getEpochSecond();
    if (seconds >= Long.MAX_VALUE / A_SECOND) {
      return Long.MAX_VALUE;
    }
    if (seconds <= Long.MIN_VALUE / A_SECOND) {
      return Long.MIN_VALUE;
    }
    return seconds * A_SECOND + instant.getNano();
  }

  static Instant toInstant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, A_SECOND), Math.floorMod(nanos, A_SECOND));
  }
}
