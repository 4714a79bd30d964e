package dev.purser.core.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;

/**
 * An account whose window ends at each call.
 *
 * <p>Time is cut into buckets of a sixtieth of the window. A charge is added to the bucket of its
 * call's admission and counts until that bucket has left the window, so for the window's length and
 * up to one bucket more: the error is on the safe side.
 *
 * <p>Nothing is ever subtracted when a bucket leaves. {@code used} and {@code settled} count from the
 * account's first call on, and the {@link Horizon} says how much of both has left by now: the sum of
 * the buckets before it, which are sealed and cannot change. So however many threads find that time
 * has moved, each computes the same number; subtracting it instead would show others a state in
 * which it is gone from one count and not yet from the other, and refuse calls for nothing. (A sum
 * of the buckets that is looked at before the amount is added admits twice the limit: {@code
 * ledger.md}.)
 *
 * <p><b>Unit:</b> that of the budget's measure.
 *
 * <p><b>Who may call it:</b> any thread.
 *
 * <p><b>Memory order:</b> a horizon is published by compare-and-set <em>before</em> the buckets
 * behind it are sealed, so that a charge which finds its bucket sealed knows that its time is over.
 * {@code used} alone decides an admission, by compare-and-set, against a horizon that is read again
 * before anything is refused.
 *
 * <p><b>Progress:</b> lock-free; sealing is helped by every thread that needs it.
 */
final class RollingAccount extends LedgerAccount {

  static final long SWEPT = Long.MIN_VALUE;

  private static final VarHandle HORIZON;
  private static final VarHandle USED;
  private static final VarHandle SETTLED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      HORIZON = lookup.findVarHandle(RollingAccount.class, "horizon", Horizon.class);
      USED = lookup.findVarHandle(RollingAccount.class, "used", long.class);
      SETTLED = lookup.findVarHandle(RollingAccount.class, "settled", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile Horizon horizon = Horizon.ORIGIN;
  private volatile long used;
  private volatile long settled;

  RollingAccount(BudgetAccounts owner, String scope, long sequence) {
    super(owner, scope, sequence);
  }

  /** Returns the latest horizon at {@code at}, moving it there if it is behind. */
  private Horizon horizonAt(Instant at) {
    long index = owner().bucketOf(at);
    while (true) {
      Horizon seen = horizon;
      if (seen.index() >= index) {
        return seen;
      }
      Horizon next = seen.moved(index);
      if (HORIZON.compareAndSet(this, seen, next)) {
        return next;
      }
    }
  }

  Horizon horizon() {
    return horizon;
  }

  /** Returns settled + held of all time, or {@link #SWEPT}. */
  long usedEver() {
    return used;
  }

  boolean replaceUsed(long seen, long next) {
    return USED.compareAndSet(this, seen, next);
  }

  void lowerUsed(long amount) {
    USED.getAndAdd(this, -amount);
  }

  /** Returns the charges of all time. */
  long settledEver() {
    return settled;
  }

  void addSettled(long amount) {
    SETTLED.getAndAdd(this, amount);
  }

  @Override
  Counter counterAt(Instant at) {
    Horizon latest = horizonAt(at);
    return new RollingCounter(this, latest.buckets(), latest.index());
  }

  @Override
  Counter peek(Instant at) {
    Horizon latest = horizon;
    return new RollingCounter(
        this, latest.buckets(), Math.max(owner().bucketOf(at), latest.index()));
  }

  @Override
  boolean dead() {
    return used == SWEPT;
  }

  @Override
  boolean die(Instant at) {
    Horizon latest = horizon;
    if (latest != Horizon.ORIGIN) {
      latest = horizonAt(at);
      if (used != latest.gone()) {
        return false;
      }
      owner().aboutToForget(owner().startOf(latest.index()));
    }
    // With nothing held and every charge gone, what was used is what has left.
    return USED.compareAndSet(this, latest.gone(), SWEPT);
  }
}
