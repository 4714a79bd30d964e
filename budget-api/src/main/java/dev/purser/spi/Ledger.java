package dev.purser.spi;

import dev.purser.api.Budget;
import java.time.Instant;
import java.util.List;

/**
 * Where accounts live. Safe for use by several threads.
 *
 * <p>The contract: no {@link #reserve} takes settled + held of an account above its limit, at any
 * concurrency; all accounts of a demand are held, or none stays held; {@code EXHAUSTED} is said
 * only where at an instant of the call settled + requested was above the limit, {@code HELD}
 * otherwise, and never while no other call is open. Time is always an argument.
 */
public interface Ledger {

  /**
   * Finds or opens an account.
   *
   * @param budget with zone and owner set
   * @param scope the value of the budget's dimensions, empty without any
   */
  Account open(Budget budget, String scope);

  /** Holds the demanded amounts on all accounts, or on none. */
  Reserved reserve(Demand demand);

  /**
   * Returns how much of each measure the accounts could still hold: the least of limit − settled −
   * held over the accounts of a measure, never negative; {@link Long#MAX_VALUE} for a measure that
   * no account counts. A glimpse: only {@link #reserve} decides.
   */
  Amounts room(List<Account> accounts, Instant at);

  /** Returns what an account holds in the window of {@code at}. */
  Balance balance(Account account, Instant at);

  /**
   * Turns holds whose lease is over into charges.
   *
   * @return how many
   */
  int reap(Instant at);
}
