package dev.purser.core.ledger;

import dev.purser.spi.Account;
import dev.purser.spi.Demand;
import dev.purser.spi.ForwardingLedger;
import dev.purser.spi.Ledger;
import dev.purser.spi.Reserved;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A ledger whose accounts are bound once for all demands of them, as a guard does. */
final class BoundAccounts extends ForwardingLedger {

  private final Ledger ledger;
  private final ConcurrentMap<List<Account>, List<Account>> bound = new ConcurrentHashMap<>();

  BoundAccounts(Ledger ledger) {
    super(ledger);
    this.ledger = ledger;
  }

  @Override
  public Reserved reserve(Demand demand) {
    return ledger.reserve(
        Demands.of(demand, bound.computeIfAbsent(demand.accounts(), ledger::bind)));
  }
}
