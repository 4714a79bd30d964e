package dev.purser.core.ledger;

import dev.purser.api.Measure;
import dev.purser.spi.Amounts;
import dev.purser.spi.Balance;
import java.time.Instant;

/**
 * What a call takes from and gives back to: an account in the window of the call's admission. It
 * stays the same for the call however late it ends, even if the account has moved on.
 *
 * <p><b>Unit:</b> that of the budget's measure: nano-dollars, tokens, requests or calls. {@code used}
 * is settled + held.
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
abstract class Counter {

  /** What {@link #shortage} and {@link #take} return when there is room. */
  static final long ROOM = -1;

  /** What they return when the account was swept: it must be looked up again. */
  static final long DEAD = -2;

  private final LedgerAccount account;

  /** That of the account; a field of its own, since every call asks for it several times. */
  private final Measure measure;

  Counter(LedgerAccount account) {
    this.account = account;
    measure = account.measure();
  }

  /** Returns how much of the amounts is counted here. */
  final long of(Amounts amounts) {
    return amounts.of(measure);
  }

  /** Whether later calls take from this counter, too, as long as {@link #current}. */
  abstract boolean stays();

  /** Whether the account has neither moved on nor been swept, of one that stays. */
  abstract boolean current();

  LedgerAccount account() {
    return account;
  }

  /** Returns the limit in force. */
  long limit() {
    return account.limit();
  }

  /**
   * Returns {@link #ROOM}, {@link #DEAD}, or the {@code used} that left no room for {@code amount}.
   */
  abstract long shortage(long amount);

  /**
   * Holds {@code amount} where there is room; returns {@link #ROOM}, {@link #DEAD}, or the {@code
   * used} that left none.
   */
  abstract long take(long amount);

  /** Holds {@code amount} whatever the limit; false if the account was swept. */
  abstract boolean add(long amount);

  /** Gives back what a call took that was refused by another account. */
  abstract void undo(long amount);

  /** Ends a hold: {@code held} becomes a charge of {@code amount}. */
  abstract void settle(long held, long amount);

  /** Turns a hold into a charge of the same amount. */
  abstract void charge(long held);

  /** Ends a hold that was charged in full: the charge becomes {@code amount}. */
  abstract void correct(long charged, long amount);

  /** Returns settled + held. */
  abstract long used();

  /**
   * Returns what was charged. Where a settlement overtook the charge that it corrects, the raw
   * count is below zero until that charge arrives; nobody needs to see that.
   */
  abstract long settled();

  /** Returns when the window ends; {@link Instant#MAX} if never. */
  abstract Instant end();

  /** Whether what was charged alone leaves no room for {@code amount}, {@code settled} as seen. */
  final boolean exhausted(long amount, long settled) {
    // Neither limit nor settled is negative, so this cannot overflow; their sum could.
    return amount > limit() - settled;
  }

  /**
   * Returns what is counted now. {@code used} is read last, so that settled + held is never below
   * what was used at that instant.
   */
  final Balance balance() {
    long settled = settled();
    return balance(used(), settled);
  }

  /** Returns counts as they were seen. */
  final Balance balance(long used, long settled) {
    return new Balance(limit(), settled, Math.max(0, used - settled), end());
  }
}
