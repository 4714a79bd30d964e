package dev.purser.spi;

import dev.purser.api.Budget;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where accounts live. Safe for use by several threads.
 *
 * <p>The contract: no {@link #reserve} takes settled + held of a blocking account above its limit, at
 * any concurrency; all accounts of a demand are held, or none stays held; {@code EXHAUSTED} is said
 * only where at an instant of the call settled + requested was above the limit, {@code HELD}
 * otherwise, and never while no other call is open. Accounts of budgets that only {@linkplain
 * dev.purser.api.Enforcement#OBSERVE observe} are counted after the others and refuse nothing. Time
 * is always an argument.
 */
public interface Ledger {

  /**
   * Puts budgets in force, in place of those before. A budget goes on with the accounts, and what is
   * granted there, that {@link Succession} says, under its new name, limit and enforcement; all others
   * start without any. To be called while no other method runs, before the first call and on every
   * change.
   *
   * @param budgets with owner and zone set
   * @return the budgets that start without accounts, although there were others before
   */
  List<Budget> revise(List<Budget> budgets);

  /**
   * Finds or opens an account. Where the budget has as many as it may, that is the shared one.
   *
   * @param budget one of those in force
   * @param scope the value of the budget's dimensions, empty without any
   * @param at the clock reading of the call
   */
  Account open(Budget budget, String scope, Instant at);

  /**
   * Returns the same accounts as a list to be used for many demands, so that a ledger may remember with it
   * what it would else have to look up for each.
   */
  default List<Account> bind(List<Account> accounts) {
    return List.copyOf(accounts);
  }

  /** Holds the demanded amounts on all accounts, or on none. */
  Reserved reserve(Demand demand);

  /**
   * Charges amounts that were spent without a demand: what is known from before, when a budget is put
   * in force. Asks no limit.
   *
   * @param at when they were spent, which decides the window; not before what was charged already
   */
  void charge(Account account, Amounts amounts, Instant at);

  /**
   * Whether the accounts are kept elsewhere when this process ends, so that a start must not charge them
   * with what is known from before.
   */
  default boolean remembers() {
    return false;
  }

  /**
   * Charges the demanded amounts on all accounts, whatever their limits, and returns a ticket as that of
   * a hold whose lease is over: for calls of before a restart of which nobody knows what they used.
   *
   * @param demand not before what was charged already
   */
  Ticket charged(Demand demand);

  /**
   * Sets by how much the limit of an account is above its budget's, in the unit of its measure;
   * whether or not the account is open, and until told otherwise. To be called while no other method
   * runs. Nothing is granted outside of a fixed span.
   *
   * @param budget one of those in force
   * @param extra zero for not at all
   */
  void grant(Budget budget, String scope, long extra);

  /** Returns the accounts that are open, in no order; a glimpse. */
  List<Account> accounts();

  /**
   * Returns what blocking accounts could still hold: limit − settled − held. A glimpse: only {@link
   * #reserve} decides.
   */
  Room room(List<Account> accounts, Instant at);

  /** Returns what blocking accounts could hold if no call were open: limit − settled. A glimpse. */
  Room unspent(List<Account> accounts, Instant at);

  /** Returns what an account holds in the window of {@code at}. */
  Balance balance(Account account, Instant at);

  /** Returns what was charged to an account in the window of {@code at}; asked with every charge. */
  default long settled(Account account, Instant at) {
    return balance(account, at).settled();
  }

  /**
   * Turns holds whose lease is over into charges.
   *
   * @return how many
   */
  int reap(Instant at);

  /**
   * Forgets accounts whose window is over, or that count nothing.
   *
   * @return how many
   */
  int sweep(Instant at);

  /**
   * Sets who is told that an account may have room again, each time something held there was given
   * back. Called on the thread that gave it back; must not throw or block. Room that comes with time
   * is not told.
   */
  void onRoom(Consumer<Account> listener);
}
