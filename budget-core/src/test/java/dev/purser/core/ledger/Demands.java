package dev.purser.core.ledger;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Measure;
import dev.purser.api.ModelId;
import dev.purser.api.Window;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Demand;
import dev.purser.spi.Ledger;
import dev.purser.spi.Reserved;
import dev.purser.spi.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Budgets and demands as the tests of this package need them. */
final class Demands {

  static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
  static final Duration LEASE = Duration.ofMinutes(10);
  static final Instant LEASE_END = NOON.plus(LEASE);

  private Demands() {}

  /** Returns a budget of nano-dollars that never resets. */
  static Budget total(String name, long limit) {
    return Budget.of(name, Measure.USD, limit, Window.TOTAL);
  }

  /** Returns a budget of nano-dollars for each day. */
  static Budget daily(String name, long limit) {
    return Budget.of(name, Measure.USD, limit, Window.DAY);
  }

  /** Finds or opens an account at noon. */
  static Account open(Ledger ledger, Budget budget, String scope) {
    return ledger.open(budget, scope, NOON);
  }

  static Amounts nanos(long nanoUsd) {
    return new Amounts(nanoUsd, 0, 0, 0);
  }

  static Demand demand(Instant at, Amounts amounts, Account... accounts) {
    return demand(at, at.plus(LEASE), amounts, () -> {}, accounts);
  }

  static Demand demand(
      Instant at, Instant leaseEnd, Amounts amounts, Runnable onLeaseEnd, Account... accounts) {
    return new Demand(
        "call",
        at,
        leaseEnd,
        "direct",
        Attribution.NONE,
        ModelId.of("openai", "gpt-4o"),
        amounts,
        List.of(accounts),
        onLeaseEnd);
  }

  /** Returns the same demand of a list of accounts, which a ledger may have bound. */
  static Demand of(Demand demand, List<Account> accounts) {
    return new Demand(
        demand.id(),
        demand.at(),
        demand.leaseEnd(),
        demand.api(),
        demand.attribution(),
        demand.model(),
        demand.amounts(),
        accounts,
        demand.onLeaseEnd());
  }

  /** Reserves nano-dollars at noon. */
  static Reserved reserve(Ledger ledger, long nanoUsd, Account... accounts) {
    return ledger.reserve(demand(NOON, LEASE_END, nanos(nanoUsd), () -> {}, accounts));
  }

  /** Reserves nano-dollars at noon, which must be admitted. */
  static Ticket hold(Ledger ledger, long nanoUsd, Account... accounts) {
    return held(reserve(ledger, nanoUsd, accounts));
  }

  // No AssertJ here: Lincheck would have to rewrite all of it.
  static Ticket held(Reserved reserved) {
    if (reserved instanceof Reserved.Held held) {
      return held.ticket();
    }
    throw new AssertionError("not held: " + reserved);
  }

  static Reserved.Refused refused(Reserved reserved) {
    if (reserved instanceof Reserved.Refused refused) {
      return refused;
    }
    throw new AssertionError("not refused: " + reserved);
  }
}
