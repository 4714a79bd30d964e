package dev.purser.core.ledger;

import dev.purser.spi.Account;
import java.time.Instant;
import java.util.AbstractList;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of an attribution, and what its calls take from at present, so that a call need not look
 * that up: the same counters serve until a window ends, an account is swept or budgets change.
 *
 * <p><b>Who may call it:</b> any thread. <b>Memory order:</b> what is remembered is immutable and published by
 * a volatile write; whether it still holds is asked with every call, of each account, for a call must
 * never count in a window that another has left. <b>Progress:</b> wait-free where it holds.
 */
final class Bound extends AbstractList<Account> implements RandomAccess {

  private final BudgetsInForce budgets;
  private final LedgerAccount[] accounts;
  private volatile @Nullable Ready ready;

  /**
   * What calls take from.
   *
   * @param terms of which change of the budgets on this is so
   * @param until the first instant at which it is not
   */
  private record Ready(Counters counters, int terms, Instant until) {}

  Bound(BudgetsInForce budgets, LedgerAccount[] accounts) {
    this.budgets = budgets;
    this.accounts = accounts;
  }

  boolean belongsTo(BudgetsInForce other) {
    return budgets == other;
  }

  /** Returns what a call at {@code at} takes from. */
  Counters countersAt(Instant at) {
    Ready seen = ready;
    if (seen != null
        && seen.terms == budgets.terms()
        && at.isBefore(seen.until)
        && seen.counters.current()) {
      return seen.counters;
    }
    return found(at);
  }

  private Counters found(Instant at) {
    int terms = budgets.terms(); // before the look: what changes meanwhile is looked at next time
    Counter[] counters = new Counter[accounts.length];
    Instant until = Instant.MAX;
    for (int i = 0; i < counters.length; i++) {
      counters[i] = accounts[i].reborn(at);
      Instant end = counters[i].stays() ? counters[i].end() : until;
      until = end.isBefore(until) ? end : until;
    }
    Counters found = Counters.of(counters);
    ready = found.stay() ? new Ready(found, terms, until) : null;
    return found;
  }

  @Override
  public Account get(int index) {
    return accounts[index];
  }

  @Override
  public int size() {
    return accounts.length;
  }
}
