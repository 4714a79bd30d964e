package dev.purser.core.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;

/**
 * What one account counts in one calendar window or fixed span. A window that follows gets a new
 * counter; this one is never reset, so a call that was admitted here is settled here, however late.
 * Both counts stand between 0 and {@link Long#MAX_VALUE}.
 */
final class WindowCounter extends UsedCounter {

  private static final VarHandle SETTLED;

  static {
    try {
      SETTLED = MethodHandles.lookup().findVarHandle(WindowCounter.class, "settled", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final WindowAccount account;
  private final Instant end;
  private final boolean closed;

  private volatile long settled;

  /**
   * @param account whose counter this is
   * @param end the first instant after the window, {@link Instant#MAX} if it never ends
   * @param closed whether this is the time outside a fixed span, when the limit is zero
   */
  WindowCounter(WindowAccount account, Instant end, boolean closed) {
    super(account);
    this.account = account;
    this.end = end;
    this.closed = closed;
  }

  /** Returns the counter of a dead account: that of no window. */
  static WindowCounter grave(WindowAccount account) {
    WindowCounter counter = new WindowCounter(account, Instant.MIN, false);
    boolean unused = counter.kill(); // nobody knows it yet, so nothing can count there
    return counter;
  }

  boolean isGrave() {
    return end.equals(Instant.MIN);
  }

  /** Whether the window is not over at {@code at}: true before its start, for a clock set back. */
  boolean lasts(Instant at) {
    return at.isBefore(end) || end.equals(Instant.MAX);
  }

  @Override
  boolean stays() {
    return true;
  }

  @Override
  boolean current() {
    return account.isLatest(this);
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
  long settled() {
    return Math.max(0, settled);
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
      undo(held - amount);
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
      undo(charged - amount);
    }
  }

  /** Returns an instant of this window. */
  Instant within() {
    return end.equals(Instant.MAX) ? Instant.EPOCH : end.minusNanos(1);
  }
}
