package dev.purser.core.ledger;

import dev.purser.spi.Balance;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;

/**
 * What one account counts in one window. A window that follows gets a new counter; this one is
 * never reset, so a call that was admitted here is settled here, however late.
 *
 * <p><b>Unit:</b> that of the budget's measure: nano-dollars, tokens or requests. {@code used} is
 * settled + held; both stand between 0 and {@link Long#MAX_VALUE}.
 *
 * <p><b>Who may call it:</b> any thread. What ends a hold ({@link #settle}, {@link #charge}, {@link
 * #correct}) must be called once for it, by the thread that won the ticket's state.
 *
 * <p><b>Memory order:</b> every write is a volatile read-modify-write. Two longs cannot change
 * together, so {@code used} is raised before {@code settled} and lowered after it: whoever looks in
 * between sees too much spent, never too little, and {@code used} alone decides an admission.
 *
 * <p><b>Progress:</b> lock-free; a compare-and-set fails only because another call's succeeded.
 */
final class Counter {

  /** What {@link #shortage} and {@link #take} return when there is room. */
  static final long ROOM = -1;

  private static final VarHandle USED;
  private static final VarHandle SETTLED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      USED = lookup.findVarHandle(Counter.class, "used", long.class);
      SETTLED = lookup.findVarHandle(Counter.class, "settled", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final LedgerAccount account;
  private final long limit;
  private final Instant end;

  private volatile long used;
  private volatile long settled;

  /**
   * @param account whose counter this is
   * @param end the first instant after the window, {@link Instant#MAX} if it never ends
   */
  Counter(LedgerAccount account, Instant end) {
    this.account = account;
    this.limit = account.budget().limit();
    this.end = end;
  }

  LedgerAccount account() {
    return account;
  }

  /** Whether the window is not over at {@code at}: true before its start, for a clock set back. */
  boolean lasts(Instant at) {
    return at.isBefore(end) || end.equals(Instant.MAX);
  }

  /** Returns settled + held. */
  long used() {
    return used;
  }

  /**
   * Returns what was charged. Where a settlement overtook the charge that it corrects, the raw
   * count is below zero until that charge arrives; nobody needs to see that.
   */
  long settled() {
    return Math.max(0, settled);
  }

  /** Whether what was charged alone leaves no room for {@code amount}, {@code settled} as seen. */
  boolean exhausted(long amount, long settled) {
    // Neither limit nor settled is negative, so this cannot overflow; their sum could.
    return amount > limit - settled;
  }

  /** Returns {@link #ROOM}, or the {@code used} that left no room for {@code amount}. */
  long shortage(long amount) {
    long seen = used;
    return amount > limit - seen ? seen : ROOM;
  }

  /** Holds {@code amount}; returns {@link #ROOM}, or the {@code used} that left no room for it. */
  long take(long amount) {
    while (true) {
      long seen = used;
      if (amount > limit - seen) {
        return seen;
      }
      if (USED.compareAndSet(this, seen, seen + amount)) {
        return ROOM;
      }
    }
  }

  /** Gives back what a call took that was refused by another account. */
  void undo(long amount) {
    USED.getAndAdd(this, -amount);
  }

  /** Ends a hold: {@code held} becomes a charge of {@code amount}. */
  void settle(long held, long amount) {
    if (amount > held) {
      long excess = raiseUsed(amount - held);
      SETTLED.getAndAdd(this, held + excess);
      return;
    }
    if (amount > 0) {
      SETTLED.getAndAdd(this, amount);
    }
    if (amount < held) {
      USED.getAndAdd(this, amount - held);
    }
  }

  /** Turns a hold into a charge of the same amount. */
  void charge(long held) {
    SETTLED.getAndAdd(this, held);
  }

  /** Ends a hold that was charged in full: the charge becomes {@code amount}. */
  void correct(long charged, long amount) {
    if (amount > charged) {
      long excess = raiseUsed(amount - charged);
      SETTLED.getAndAdd(this, excess);
    } else if (amount < charged) {
      SETTLED.getAndAdd(this, amount - charged);
      USED.getAndAdd(this, amount - charged);
    }
  }

  /** Returns limit − used, below zero where a bill exceeded its reservation. */
  long room() {
    return limit - used;
  }

  /**
   * Returns what is counted now. {@code used} is read last, so that settled + held is never below
   * what was used at that instant.
   */
  Balance balance() {
    long settled = settled();
    return balance(used, settled);
  }

  /** Returns counts as they were seen. */
  Balance balance(long used, long settled) {
    return new Balance(limit, settled, Math.max(0, used - settled), end);
  }

  /**
   * Raises {@code used} past any limit, by the excess of a bill over its reservation.
   *
   * @return by how much: less than asked where {@link Long#MAX_VALUE} is reached. What is cut off
   *     need not be remembered, since an ended ticket never gives anything back.
   */
  private long raiseUsed(long excess) {
    while (true) {
      long seen = used;
      long raised = Math.min(excess, Long.MAX_VALUE - seen);
      if (USED.compareAndSet(this, seen, seen + raised)) {
        return raised;
      }
    }
  }
}
