package dev.purser.benchmarks;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.ModelId;
import dev.purser.core.ledger.InMemoryLedger;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Demand;
import dev.purser.spi.Ledger;
import dev.purser.spi.Reserved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Accounts of a ledger of their own, looked up before the calls that are measured. */
final class BoundAccounts {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private final Ledger ledger = new InMemoryLedger();
  private final List<Account> accounts = new ArrayList<>();
  private final Attribution who;
  private final ModelId model;
  private final Amounts worstCase;

  BoundAccounts(List<Budget> budgets, Attribution who, ModelId model, Amounts worstCase) {
    this.who = who;
    this.model = model;
    this.worstCase = worstCase;
    for (Budget budget : budgets) {
      accounts.add(ledger.open(budget, budget.dimensions().isEmpty() ? "" : "x", NOW));
    }
  }

  /** Holds the worst case on all accounts and ends with a charge of nothing. */
  Object admitAndSettle() {
    Reserved reserved = ledger.reserve(new Demand(
        "c",
        NOW,
        NOW.plusSeconds(900),
        "direct",
        who,
        model,
        worstCase,
        accounts,
        this::leaseEnded));
    return reserved instanceof Reserved.Held held ? held.ticket().settle(Amounts.NONE) : reserved;
  }

  private void leaseEnded() {
    throw new IllegalStateException("no lease ends here");
  }
}
