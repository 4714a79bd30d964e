package dev.purser.spi;

import dev.purser.api.Budget;

/**
 * One budget × one value of its dimensions: one counter. Handles are made by {@link Ledger#open}
 * and stay valid as long as their budget is in force, so that callers can bind them once. Two handles
 * of the same account are equal.
 */
public interface Account {

  /** The scope of the account that scopes share where a budget has as many as it may. */
  String OVERFLOW = "(overflow)";

  /** Returns the budget, with the limit now in force. */
  Budget budget();

  /**
   * Returns the value of the budget's dimensions, such as {@code key=alice}; empty without any, and
   * {@value #OVERFLOW} for the shared account.
   */
  String scope();
}
