package dev.purser.core.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;

/**
 * The calls of an account that are open now. There is no window and no charge: a slot comes back when
 * its reservation ends or its lease does, whichever is first, and nothing can correct that.
 */
final class SlotCounter extends Counter {

  private static final long SWEPT = Long.MIN_VALUE;

  private static final VarHandle USED;

  static {
    try {
      USED = MethodHandles.lookup().findVarHandle(SlotCounter.class, "used", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile long used;

  SlotCounter(LedgerAccount account) {
    super(account);
  }

  /** Marks a counter without open calls as swept. */
  boolean kill() {
    return USED.compareAndSet(this, 0L, SWEPT);
  }

  boolean swept() {
    return used == SWEPT;
  }

  @Override
  Instant end() {
    return Instant.MAX;
  }

  @Override
  long used() {
    return Math.max(0, used);
  }

  @Override
  long settled() {
    return 0;
  }

  @Override
  long shortage(long amount) {
    long seen = used;
    if (seen == SWEPT) {
      return DEAD;
    }
    return amount > limit() - seen ? seen : ROOM;
  }

  @Override
  long take(long amount) {
    while (true) {
      long seen = used;
      if (seen == SWEPT) {
        return DEAD;
      }
      if (amount > limit() - seen) {
        return seen;
      }
      if (USED.compareAndSet(this, seen, seen + amount)) {
        return ROOM;
      }
    }
  }

  @Override
  boolean add(long amount) {
    while (true) {
      long seen = used;
      if (seen == SWEPT) {
        return false;
      }
      if (USED.compareAndSet(this, seen, seen + amount)) {
        return true;
      }
    }
  }

  @Override
  void undo(long amount) {
    USED.getAndAdd(this, -amount);
  }

  @Override
  void settle(long held, long amount) {
    undo(held);
  }

  @Override
  void charge(long held) {
    undo(held);
  }

  @Override
  void correct(long charged, long amount) {
    // The slot came back when the lease ended.
  }
}
