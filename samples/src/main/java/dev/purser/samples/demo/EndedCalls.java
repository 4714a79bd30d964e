package dev.purser.samples.demo;

import java.time.Duration;

/**
 * Lets those who were told that the money is held wait until a call has ended: only then can trying
 * again help. Safe for use by several threads.
 */
final class EndedCalls {

  private long ended;

  /** Returns how many calls have ended. */
  synchronized long count() {
    return ended;
  }

  /** Takes note of a call that gave its hold back, and wakes those who wait for one. */
  synchronized void add() {
    ended++;
    notifyAll();
  }

  /**
   * Waits until more than {@code seen} calls have ended, but no longer than {@code atMost}: in a
   * larger program the money may be held by calls that this loop knows nothing of.
   */
  synchronized void awaitMoreThan(long seen, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (ended <= seen) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return;
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
  }
}
