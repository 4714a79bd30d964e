package dev.purser.api;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The accounts of a guard as they were seen at one reading of the clock. Immutable. Accounts are read
 * one after the other while calls run, so two of them may differ by a call that came in between; each
 * by itself shows no less than what was used.
 *
 * <p>A call counts in every account that covers it, and a session's also in those above it, so sums
 * over several budgets, or over sessions of one, count calls more than once.
 */
public final class Balances {

  private static final Comparator<AccountBalance> MOST_USED_FIRST = ((Comparator<AccountBalance>)
          AccountBalance::compareUse)
      .reversed()
      .thenComparing(AccountBalance::budget)
      .thenComparing(AccountBalance::scope);

  private final Instant at;
  private final List<AccountBalance> all;

  /** Sorts the balances of accounts, as seen at an instant. */
  public Balances(Instant at, List<AccountBalance> accounts) {
    this.at = at;
    all = accounts.stream().sorted(MOST_USED_FIRST).toList();
  }

  /** Returns the reading of the clock that decided the windows. */
  public Instant at() {
    return at;
  }

  /** Returns all accounts that are open, the most used first: spent + held in parts of the limit. */
  public List<AccountBalance> all() {
    return all;
  }

  /** Returns the accounts of a budget, the most used first; empty if there is no such budget. */
  public List<AccountBalance> ofBudget(String name) {
    return all.stream().filter(each -> each.budget().equals(name)).toList();
  }

  /**
   * Returns one account; empty if it is not open: nothing was counted there in its window.
   *
   * @param scope such as {@code key=alice}; empty if the budget has no dimensions
   */
  public Optional<AccountBalance> account(String budget, String scope) {
    return all.stream()
        .filter(each -> each.budget().equals(budget) && each.scope().equals(scope))
        .findFirst();
  }

  /** Returns the accounts that count apart a dimension and have this value, the most used first. */
  public List<AccountBalance> of(Dimension dimension, String value) {
    return all.stream()
        .filter(each -> value.equals(each.values().get(dimension)))
        .toList();
  }

  /** Returns the accounts of a key, the most used first. */
  public List<AccountBalance> ofKey(String key) {
    return of(Dimension.KEY, key);
  }

  /** Returns the accounts of a team, the most used first. */
  public List<AccountBalance> ofTeam(String team) {
    return of(Dimension.TEAM, team);
  }

  /** Returns the accounts of a session, the most used first. */
  public List<AccountBalance> ofSession(String session) {
    return of(Dimension.SESSION, session);
  }

  /** Renders the instant and how many accounts there are. */
  @Override
  public String toString() {
    return "Balances of " + all.size() + " accounts at " + at;
  }
}
