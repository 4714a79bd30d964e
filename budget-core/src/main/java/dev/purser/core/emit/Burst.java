package dev.purser.core.emit;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The records that one sink did not get and that nobody was told of yet. A burst lasts from the first
 * of them until the sink keeps up again.
 *
 * <p><b>Who may call it:</b> any thread.
 *
 * <p><b>Memory order:</b> one number holds both how many there are and whether somebody was told
 * meanwhile, so that a burst that ends is told of once by whoever takes them out.
 *
 * <p><b>Progress:</b> lock-free.
 */
final class Burst {

  private static final long TOLD = 1;
  private static final long RECORD = 2;

  private final String sink;
  private final AtomicLong state = new AtomicLong();
  private volatile long begunNanos;

  /** Counts for a sink with this name. */
  Burst(String sink) {
    this.sink = sink;
  }

  /** Returns the name of the sink. */
  String sink() {
    return sink;
  }

  /**
   * Adds records.
   *
   * @param nowNanos a reading of {@link System#nanoTime}
   * @return whether a burst began with them
   */
  boolean add(long records, long nowNanos) {
    if (state.get() == 0) {
      begunNanos = nowNanos;
    }
    return state.getAndAdd(records * RECORD) == 0;
  }

  /** Ends the burst; returns how many records nobody was told of. */
  long end() {
    return state.get() == 0 ? 0 : state.getAndSet(0) / RECORD;
  }

  /** Whether there are records, and nobody was told of the burst while it lasts. */
  boolean isUntold() {
    long seen = state.get();
    return seen != 0 && seen % RECORD == 0;
  }

  /** Returns for how long the burst has lasted. */
  long ageNanos(long nowNanos) {
    return nowNanos - begunNanos;
  }

  /** Returns how many records to tell of while the burst lasts; 0 if somebody else has. */
  long tell() {
    long seen = state.get();
    while (seen % RECORD == 0) {
      if (state.compareAndSet(seen, TOLD)) {
        return seen / RECORD;
      }
      seen = state.get();
    }
    return 0;
  }
}
