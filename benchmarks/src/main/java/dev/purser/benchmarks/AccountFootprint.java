package dev.purser.benchmarks;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.ModelId;
import dev.purser.core.ledger.InMemoryLedger;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Demand;
import dev.purser.spi.Ledger;
import dev.purser.spi.Reserved;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.openjdk.jol.info.GraphStats;

/**
 * Measures what a ledger retains for each live account: everything reachable from it, less what is
 * reachable from the same ledger without accounts, so the account, its key, its place in the map and
 * what it counts with. Keys are as long as a UUID.
 */
final class AccountFootprint {

  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
  private static final Amounts CHARGE = new Amounts(180_000_000, 8_000, 16_000, 1);
  private static final ModelId MODEL = ModelId.of("openai", "gpt-4o");

  private final Budget budget;
  private final Ledger ledger = new InMemoryLedger();
  private final long empty;
  private final List<Account> accounts = new ArrayList<>();

  private AccountFootprint(Budget budget) {
    this.budget = budget.per(Dimension.KEY);
    List<Budget> unused = ledger.revise(List.of(this.budget));
    settle(START, Amounts.NONE);
    empty = retained();
  }

  /**
   * Returns the bytes an account.
   *
   * @param calls how many calls each account has had
   * @param apart the time between two of them
   */
  static double bytes(Budget budget, int accounts, int calls, Duration apart) {
    AccountFootprint footprint = new AccountFootprint(budget);
    footprint.open(accounts);
    for (int call = 0; call < calls; call++) {
      footprint.settle(START.plus(apart.multipliedBy(call)), CHARGE);
    }
    return footprint.grownBy() / accounts;
  }

  /** Returns what is left of each account that had a call, {@code later} and when it is swept. */
  static double bytesAfterwards(Budget budget, int accounts, Duration later) {
    AccountFootprint footprint = new AccountFootprint(budget);
    footprint.open(accounts);
    footprint.settle(START, CHARGE);
    int unused = footprint.ledger.sweep(START.plus(later));
    return footprint.grownBy() / accounts;
  }

  private void open(int count) {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    for (int i = 0; i < count; i++) {
      UUID key = new UUID(random.nextLong(), random.nextLong());
      accounts.add(ledger.open(budget, "key=" + key, START));
    }
  }

  private double grownBy() {
    return retained() - empty;
  }

  /** Makes one call on each account; as in use, a hold and then a charge. */
  private void settle(Instant at, Amounts charge) {
    for (Account account : accounts) {
      Reserved.Held held = (Reserved.Held) ledger.reserve(new Demand(
          "c",
          at,
          at.plusSeconds(900),
          "direct",
          Attribution.NONE,
          MODEL,
          charge,
          List.of(account),
          () -> {}));
      held.ticket().settle(charge);
    }
  }

  private long retained() {
    return GraphStats.parseInstance(ledger).totalSize();
  }
}
