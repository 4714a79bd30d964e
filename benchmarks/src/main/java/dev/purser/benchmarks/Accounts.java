package dev.purser.benchmarks;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.ModelId;
import dev.purser.api.Usd;
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

/**
 * Accounts of a ledger of their own, looked up before the calls that are measured. Safe for use by several
 * threads.
 */
final class Accounts {

  /** What a call holds, in nano-dollars: 8,000 tokens read and 16,000 written by {@code gpt-4o}. */
  static final long WORST_CASE = 180_000_000;

  /** What it costs: so little that no run, however long, meets a limit, and not nothing. */
  static final long COST = 1;

  static final long LIMIT = Long.MAX_VALUE / 4;

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Instant LEASE_END = NOW.plusSeconds(900);
  private static final Attribution WHO =
      Attribution.key("alice").user("alice").team("platform").session("fix-1234");
  private static final ModelId MODEL = ModelId.of("openai", "gpt-4o");
  private static final Amounts HELD = new Amounts(WORST_CASE, 8_000, 16_000, 1);
  private static final Amounts CHARGED = new Amounts(COST, 1, 0, 1);

  private final Ledger ledger = new InMemoryLedger();
  private final List<Account> accounts;
  private final Runnable leaseEnded = this::leaseEnded;

  private Accounts(List<Budget> budgets) {
    List<Account> opened = new ArrayList<>();
    for (Budget budget : budgets) {
      opened.add(ledger.open(budget, "x", NOW));
    }
    accounts = ledger.bind(opened);
  }

  /** Returns so many accounts of calendar days. */
  static Accounts ofDays(int count) {
    return new Accounts(days(count));
  }

  /** Returns so many accounts, the last of which rolls over an hour. */
  static Accounts ofDaysAndAnHour(int count) {
    List<Budget> budgets = days(count - 1);
    budgets.add(Budget.rolling("hour", Usd.ofNanos(LIMIT), Duration.ofHours(1)));
    return new Accounts(budgets);
  }

  private static List<Budget> days(int count) {
    List<Budget> budgets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      budgets.add(Budget.daily("day " + i, Usd.ofNanos(LIMIT)));
    }
    return budgets;
  }

  private void leaseEnded() {
    throw new IllegalStateException("no lease ends here");
  }

  /** Holds the worst case on all accounts and ends with a charge. */
  Object reserveAndSettle() {
    Reserved reserved = ledger.reserve(
        new Demand("c", NOW, LEASE_END, "direct", WHO, MODEL, HELD, accounts, leaseEnded));
    if (reserved instanceof Reserved.Held held) {
      return held.ticket().settle(CHARGED);
    }
    throw new IllegalStateException("refused: " + reserved);
  }
}
