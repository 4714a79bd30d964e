package dev.purser.core.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;

/**
 * What one account counts in one calendar window or fixed span. A window that follows gets a new
 * counter; this one is never reset, so a call that was admitted here is settled here, however late.
 * Both counts stand between 0 and {@link Long#MAX_VALUE}.
 */
final class WindowCounter extends Counter {

  private static final long SWEPT = Long.MIN_VALUE;

  private static final VarHandle USED;
  private static final VarHandle SETTLED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      USED = lookup.findVarHandle(WindowCounter.class, "used", long.class);
      SETTLED = lookup.findVarHandle(WindowCounter.class, "settled", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Instant end;
  private final boolean closed;

  private volatile long used;
  private volatile long settled;

  /**
   * @param account whose counter this is
   * @param end the first instant after the window, {@link Instant#MAX} if it never ends
   * @param closed whether this is the time outside a fixed span, when the limit is zero
   */
  WindowCounter(LedgerAccount account, Instant end, boolean closed) {
    super(account);
    this.end = end;
    this.closed = closed;
  }

  /** Returns the counter of a dead account: that of no window. */
  static WindowCounter grave(LedgerAccount account) {
    WindowCounter counter = new WindowCounter(account, Instant.MIN, false);
    counter.used = SWEPT;
    return counter;
  }

  boolean isGrave() {
    return end.equals(Instant.MIN);
  }

  boolean swept() {
    return used == SWEPT;
  }

  /** Whether the window is not over at {@code at}: true before its start, for a clock set back. */
  boolean lasts(Instant at) {
    return at.isBefore(end) || end.equals(Instant.MAX);
  }

  /** Marks a counter that counts nothing as swept, so that nobody can count there any more. */
  boolean kill() {
    return USED.compareAndSet(this, 0L, SWEPT);
  }

  @Override
  Instant end() {
    return end;
  }

  @Override
  long limit() {
    return closed ? 0 : super.limit();
  }

  @Override
  long used() {
    return Math.max(0, used);
  }

  @Override
  long settled() {
    return Math.max(0, settled);
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
    return raiseUsed(amount) >= 0;
  }

  @Override
  void undo(long amount) {
    USED.getAndAdd(this, -amount);
  }

  @Override
  void settle(long held, long amount) {
    if (amount > held) {
      long excess = raiseUsed(amount - held);
      if (excess < 0) {
        settleElsewhere(amount);
      } else {
        SETTLED.getAndAdd(this, held + excess);
      }
      return;
    }
    if (amount > 0) {
      SETTLED.getAndAdd(this, amount);
    }
    if (amount < held) {
      USED.getAndAdd(this, amount - held);
    }
  }

  /** The account was swept, which takes that this call holds nothing. */
  private void settleElsewhere(long amount) {
    Counter living = account().reborn(within());
    if (living.end().equals(end)) {
      living.settle(0, amount);
    } // else this window is over, and nobody asks any more what was spent in it
  }

  @Override
  void charge(long held) {
    if (held > 0) {
      SETTLED.getAndAdd(this, held);
    }
  }

  @Override
  void correct(long charged, long amount) {
    if (amount > charged) {
      settle(0, amount - charged);
    } else if (amount < charged) {
      SETTLED.getAndAdd(this, amount - charged);
      USED.getAndAdd(this, amount - charged);
    }
  }

  /** Returns an instant of this window. */
  Instant within() {
    return end.equals(Instant.MAX) ? Instant.EPOCH : end.minusNanos(1);
  }

  /**
   * Raises {@code used} past any limit.
   *
   * @return by how much: less than asked where {@link Long#MAX_VALUE} is reached, for what is cut off
   *     need not be remembered, since an ended ticket never gives anything back; −1 if swept, which
   *     only a call can meet that holds nothing here
   */
  private long raiseUsed(long excess) {
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
