package dev.purser.core.emit;

import dev.purser.api.Alert;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Counts the records that sinks did not get, and tells of them: once for each burst, when its sink keeps
 * up again, and once before that of a burst that lasts, for its sink may hang for ever. Safe for use by
 * several threads.
 */
final class DropWatch {

  private final Counters counters;
  private final InstantSource clock;
  private final long patienceNanos;
  private final Consumer<Alert> alerts;
  private final List<Burst> bursts = new ArrayList<>();

  /**
   * Watches nothing yet.
   *
   * @param patienceNanos how long a burst may last before somebody is told
   * @param alerts must not block
   */
  DropWatch(Counters counters, InstantSource clock, long patienceNanos, Consumer<Alert> alerts) {
    this.counters = counters;
    this.clock = clock;
    this.patienceNanos = patienceNanos;
    this.alerts = alerts;
  }

  /** Returns what counts the drops of one more sink; to be called before all other methods. */
  Burst watch(Object sink) {
    Burst burst = new Burst(sink.getClass().getName());
    bursts.add(burst);
    return burst;
  }

  /** Counts records; returns whether a burst began with them, so that somebody has to {@link #look}. */
  boolean dropped(Burst burst, long records) {
    counters.count("records.dropped", records);
    return burst.add(records, System.nanoTime());
  }

  /** Tells of a burst whose sink keeps up again, or never will. */
  void over(Burst burst) {
    tell(burst.end(), burst, "is slower than the calls");
  }

  /**
   * Tells of bursts that last.
   *
   * @return after how many nanoseconds to look again
   */
  long look() {
    long now = System.nanoTime();
    long next = Long.MAX_VALUE;
    for (Burst burst : bursts) {
      if (burst.isUntold()) {
        long left = patienceNanos - burst.ageNanos(now);
        if (left > 0) {
          next = Math.min(next, left);
        } else {
          tell(
              burst.tell(),
              burst,
              "hangs, or is slower than the calls; what is dropped from now on"
                  + " is told when it goes on");
        }
      }
    }
    return next;
  }

  private void tell(long records, Burst burst, String why) {
    if (records > 0) {
      String what = records == 1 ? "1 record was" : records + " records were";
      alerts.accept(new Alert(
          Alert.Kind.RECORDS_DROPPED,
          burst.sink(),
          what + " dropped: " + burst.sink() + " " + why,
          clock.instant()));
    }
  }
}
