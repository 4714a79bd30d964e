package dev.purser.core.waiting;

import java.util.concurrent.locks.LockSupport;

/** A thread that waits in a line. */
final class Waiter {

  private final Thread thread = Thread.currentThread();
  private volatile boolean called;

  /** Lets the waiter go on; remembered if it does not wait yet. Any thread may call it. */
  void call() {
    called = true;
    LockSupport.unpark(thread);
  }

  /** Forgets calls up to now. Before a try, so that room that comes during it is not missed. */
  void listen() {
    called = false;
  }

  boolean called() {
    return called;
  }

  /** Waits for a call, for so many nanoseconds at most, or an interrupt; may return early. */
  void park(long nanos) {
    if (!called) {
      LockSupport.parkNanos(this, nanos);
    }
  }
}
