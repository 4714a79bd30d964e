package dev.purser.core.emit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Stands in a lane behind what was queued before it, for somebody who waits until that is delivered. */
final class Barrier {

  private final CountDownLatch ahead = new CountDownLatch(1);

  /** What stood before this has been delivered, or never will be. */
  void passed() {
    ahead.countDown();
  }

  /** Waits until it has; false if that took longer. */
  boolean await(long nanos) throws InterruptedException {
    return ahead.await(nanos, TimeUnit.NANOSECONDS);
  }
}
