package dev.purser.core.ledger;

import java.time.Instant;

/** An account of calls that are open now: one counter for ever. */
final class SlotAccount extends LedgerAccount {

  private final SlotCounter counter = new SlotCounter(this);

  SlotAccount(BudgetAccounts owner, String scope, long sequence) {
    super(owner, scope, sequence);
  }

  @Override
  Counter counterAt(Instant at) {
    return counter;
  }

  @Override
  Counter peek(Instant at) {
    return counter;
  }

  @Override
  boolean dead() {
    return counter.swept();
  }

  @Override
  boolean die(Instant at) {
    return counter.kill();
  }
}
