package dev.purser.core.ledger;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Measure;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal.Reason;
import dev.purser.api.Window;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Balance;
import dev.purser.spi.Demand;
import dev.purser.spi.Reserved;
import dev.purser.spi.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A ledger with what its tests ask of it. Time is counted from one noon. */
final class Stage {

  static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
  static final Instant NEXT_DAY = NOON.plus(Duration.ofDays(1));
  static final Instant LEASE_END = NOON.plus(Duration.ofDays(30));

  static final int ADMITTED = 0;
  static final int HELD = 1;
  static final int EXHAUSTED = 2;

  private static final ModelId MODEL = ModelId.of("openai", "gpt-4o");

  final InMemoryLedger ledger = new InMemoryLedger();

  static Budget daily(String name, long limit) {
    return Budget.of(name, Measure.USD, limit, Window.DAY);
  }

  /** A window of an hour, whose buckets are minutes. */
  static Budget rolling(long limit) {
    return Budget.of("rolling", Measure.USD, limit, Window.rolling(Duration.ofHours(1)));
  }

  /** Returns the instant at which a bucket of the rolling window begins. */
  static Instant minute(int bucket) {
    return NOON.plus(Duration.ofMinutes(bucket));
  }

  Account open(Budget budget) {
    return ledger.open(budget, "", NOON);
  }

  Reserved reserve(Instant at, long amount, Account... accounts) {
    return ledger.reserve(demand(at, nanos(amount), accounts));
  }

  Reserved reserve(long amount, Account... accounts) {
    return reserve(NOON, amount, accounts);
  }

  /** Reserves, and says what came of it. */
  int tried(Instant at, long amount, Account... accounts) {
    return verdict(reserve(at, amount, accounts));
  }

  /** Reserves what must be admitted. */
  Ticket hold(Instant at, long amount, Account... accounts) {
    return ticket(reserve(at, amount, accounts));
  }

  Balance balance(Account account, Instant at) {
    return ledger.balance(account, at);
  }

  static Demand demand(Instant at, Amounts amounts, Account... accounts) {
    return new Demand(
        "call",
        at,
        LEASE_END,
        "direct",
        Attribution.NONE,
        MODEL,
        amounts,
        List.of(accounts),
        () -> {});
  }

  static Amounts nanos(long nanoUsd) {
    return new Amounts(nanoUsd, 0, 0, 0);
  }

  static int verdict(Reserved reserved) {
    if (reserved instanceof Reserved.Refused refused) {
      return refused.reason() == Reason.EXHAUSTED ? EXHAUSTED : HELD;
    }
    return ADMITTED;
  }

  static Ticket ticket(Reserved reserved) {
    if (reserved instanceof Reserved.Held held) {
      return held.ticket();
    }
    throw new AssertionError("not held: " + reserved);
  }
}
