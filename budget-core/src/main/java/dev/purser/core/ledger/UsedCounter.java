package dev.purser.core.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A counter whose {@code used} is one number between 0 and {@link Long#MAX_VALUE}, until nothing is
 * counted there and it is swept for good.
 */
abstract class UsedCounter extends Counter {

  private static final long SWEPT = Long.MIN_VALUE;

  private static final VarHandle USED;

  static {
    try {
      USED = MethodHandles.lookup().findVarHandle(UsedCounter.class, "used", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile long used;

  UsedCounter(LedgerAccount account) {
    super(account);
  }

  final boolean swept() {
    return used == SWEPT;
  }

  /** Marks a counter that counts nothing as swept, so that nobody can count there any more. */
  final boolean kill() {
    return USED.compareAndSet(this, 0L, SWEPT);
  }

  @Override
  final long used() {
    return Math.max(0, used);
  }

  @Override
  final long shortage(long amount) {
    long seen = used;
    if (seen == SWEPT) {
      return DEAD;
    }
    return amount > limit() - seen ? seen : ROOM;
  }

  @Override
  final long take(long amount) {
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
  final boolean add(long amount) {
    return raiseUsed(amount) >= 0;
  }

  @Override
  final void undo(long amount) {
    USED.getAndAdd(this, -amount);
  }

  /**
   * Raises {@code used} past any limit.
   *
   * @return by how much: less than asked where {@link Long#MAX_VALUE} is reached, for what is cut off
   *     need not be remembered, since an ended ticket never gives anything back; −1 if swept, which
   *     only a call can meet that holds nothing here
   */
  final long raiseUsed(long excess) {
    while (true) {
      long seen = used;
      if (seen == SWEPT) {
        return -1;
      }
      long raised = Math.min(excess, Long.MAX_VALUE - seen);
      if (USED.compareAndSet(this, seen, seen + raised)) {
        return raised;
      }
    }
  }
}
