package dev.purser.core.alert;

import java.time.Instant;
import java.util.Arrays;

/** What was spent in each of the last sixty minutes, in nano-dollars. For one thread at a time. */
final class MinuteRing {

  private static final int MINUTES = 60;
  private static final int SECONDS = 60;

  private final long[] spent = new long[MINUTES];
  private long minute = Long.MIN_VALUE;

  /** Adds a charge, or takes one back; one of more than an hour ago counts nowhere. */
  void add(Instant at, long nanoUsd) {
    long of = Math.floorDiv(at.getEpochSecond(), (long) SECONDS);
    forward(of);
    if (of > minute - MINUTES) {
      spent[Math.floorMod(of, MINUTES)] += nanoUsd;
    }
  }

  /** Returns the sum of the sixty minutes that end with the one of {@code now}. */
  long sum(Instant now) {
    long last = Math.floorDiv(now.getEpochSecond(), (long) SECONDS);
    forward(last);
    long sum = 0;
    // A clock that went back sees less.
    for (long each = Math.max(minute - MINUTES + 1, last - MINUTES + 1); each <= minute; each++) {
      sum += spent[Math.floorMod(each, MINUTES)];
    }
    return Math.max(0, sum);
  }

  private void forward(long to) {
    if (minute == Long.MIN_VALUE || to >= minute + MINUTES) {
      Arrays.fill(spent, 0);
      minute = Math.max(to, minute);
    }
    while (minute < to) {
      minute++;
      spent[Math.floorMod(minute, MINUTES)] = 0;
    }
  }
}
