package dev.purser.core.emit;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one sink, in the order in which it came, up to a bound.
 *
 * <p><b>Unit:</b> records and alerts; {@code size} counts those that wait or are just being added.
 *
 * <p><b>Who may call it:</b> {@link #offer} any thread, {@link #poll} and {@link #sleep} the one that
 * takes, {@link #close} whoever gives up on it.
 *
 * <p><b>Memory order:</b> the queue publishes what it holds. {@code size} is raised before something is
 * added and lowered after it was taken, so the bound holds for any number of callers, and whoever
 * seals an empty backlog knows that nobody is adding. Whoever adds looks at {@code asleep} after
 * adding; whoever falls asleep looks at the queue after saying so: one of the two sees the other.
 *
 * <p><b>Progress:</b> an offer is lock-free and wakes a thread only if it sleeps. One that has just run
 * empty rests for a millisecond first, so that a steady stream of records wakes nobody.
 */
final class Backlog {

  private static final int SEALED = Integer.MIN_VALUE / 2;
  private static final long REST_NANOS = 1_000_000;

  private final ConcurrentLinkedQueue<Object> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicBoolean asleep = new AtomicBoolean();
  private final int capacity;
  private final int wakeFromRest;

  Backlog(int capacity) {
    this.capacity = capacity;
    wakeFromRest = Math.max(1, capacity / 2);
  }

  /** Adds something, unless there is no room or the backlog is sealed. */
  boolean offer(Object next, Thread taker) {
    int places = size.incrementAndGet();
    boolean added = false;
    try {
      added = places > 0 && places <= capacity && waiting.add(next);
    } finally {
      if (!added) {
        size.decrementAndGet();
      }
    }
    if (places == wakeFromRest || (asleep.get() && asleep.compareAndSet(true, false))) {
      LockSupport.unpark(taker);
    }
    return added;
  }

  /** Takes what has waited longest; null if there is nothing. */
  @Nullable Object poll() {
    Object next = waiting.poll();
    if (next != null) {
      size.decrementAndGet();
    }
    return next;
  }

  /** Waits a moment for more to come, and for nobody to say so. */
  void rest() {
    LockSupport.parkNanos(this, REST_NANOS);
  }

  /** Waits until something is added, the thread is unparked or some nanoseconds have passed. */
  void sleep(long nanos) {
    asleep.set(true);
    if (waiting.isEmpty()) {
      LockSupport.parkNanos(this, nanos);
    }
    asleep.set(false);
  }

  /** Takes no more, if nothing waits; false if something does. */
  boolean seal() {
    return size.compareAndSet(0, SEALED);
  }

  /** Takes no more, and returns what was left. */
  Iterable<Object> close() {
    size.getAndUpdate(places -> places < 0 ? places : places + SEALED);
    ConcurrentLinkedQueue<Object> left = new ConcurrentLinkedQueue<>();
    // Whoever took a place before is about to add.
    while (size.get() != SEALED) {
      Object next = poll();
      if (next == null) {
        Thread.onSpinWait();
      } else {
        left.add(next);
      }
    }
    return left;
  }
}
