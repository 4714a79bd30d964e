package dev.purser.core.ledger;

import dev.purser.spi.Ledger;

/** The ledger in memory keeps what every ledger promises; what is its own is tested beside this. */
class InMemoryLedgerTest extends LedgerContract {

  @Override
  protected Ledger ledger() {
    return new InMemoryLedger();
  }
}
