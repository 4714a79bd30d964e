package dev.purser.core.pipeline;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps admissions and endings out while budgets are changed, so that no charge falls between what was
 * and what will be in force.
 *
 * <p><b>Who may call it:</b> any thread; a passage ends on the thread that began it and none may begin
 * inside another.
 *
 * <p><b>Memory order:</b> whoever passes counts itself in, then looks whether the gate is closed; who
 * closes it does so, then looks at the counts. Both are volatile, so one of them sees the other.
 *
 * <p><b>Progress:</b> wait-free while no change is made. A passage that meets one waits for its end:
 * milliseconds as a rule, some seconds where budgets that count otherwise are charged with as many
 * sums as are kept ({@code SpendHistory}). A change waits for the passages under way, none of which
 * waits for anything but the disk of a journal: while that hangs, so do changes, and who meets them.
 */
final class RevisionGate {

  private static final int STRIPES = 16;
  private static final int APART = 8; // longs to a cache line
  private static final long PAUSE_NANOS = 50_000;

  private final AtomicLongArray inside = new AtomicLongArray(STRIPES * APART);
  private volatile boolean closed;

  /** Begins a passage. Returns what {@link #leave} needs. */
  int enter() {
    int stripe = (int) (Thread.currentThread().getId() & (STRIPES - 1)) * APART;
    inside.getAndIncrement(stripe);
    while (closed) {
      inside.getAndDecrement(stripe);
      while (closed) {
        LockSupport.parkNanos(this, PAUSE_NANOS);
      }
      inside.getAndIncrement(stripe);
    }
    return stripe;
  }

  void leave(int stripe) {
    inside.getAndDecrement(stripe);
  }

  /** Runs a change when all passages have ended, and lets none begin before it has. */
  synchronized void change(Runnable change) {
    closed = true;
    try {
      for (int i = 0; i < STRIPES; i++) {
        while (inside.get(i * APART) != 0) {
          LockSupport.parkNanos(this, PAUSE_NANOS);
        }
      }
      change.run();
    } finally {
      closed = false;
    }
  }
}
