package dev.purser.spi;

import dev.purser.api.Budget;

/**
 * One budget × one value of its dimensions: one counter. Handles are made by {@link Ledger#open}
 * and stay valid as long as their ledger, so that callers can bind them once.
 */
public interface Account {

  /** Returns the budget. */
  Budget budget();

  /** Returns the value of the budget's dimensions, such as {@code key=alice}; empty without any. */
  String scope();
}
