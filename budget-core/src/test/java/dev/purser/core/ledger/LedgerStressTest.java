package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.NOON;
import static dev.purser.core.ledger.Demands.demand;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.Measure;
import dev.purser.api.Refusal.Reason;
import dev.purser.api.Window;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Balance;
import dev.purser.spi.Reserved;
import dev.purser.spi.Ticket.Ending;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A million reservations by 64 threads on budgets of three measures and three kinds of window,
 * while days go by. Forbidden: overspent, a false {@code EXHAUSTED}, lost money, a stuck hold.
 */
class LedgerStressTest {

  private static final int THREADS = 64;
  private static final int CALLS_PER_THREAD = 1_000_000 / THREADS;
  private static final int DAYS = 12;
  private static final Duration STEP = Duration.ofDays(DAYS).dividedBy(THREADS * CALLS_PER_THREAD);
  private static final Duration SHORT_LEASE = Duration.ofMinutes(10);
  private static final Duration LONG_LEASE = Duration.ofDays(1000);
  private static final int MOST = 1000;

  /** What becomes of a call once it is admitted. */
  private enum Fate {
    SETTLED,
    RELEASED,
    /** Settled after others; its lease lasts. */
    SLOW,
    /** Settled after others; its lease may end first. */
    LATE,
    ABANDONED,
    /** Abandoned and settled nevertheless. */
    CORRECTED,
    /** Never heard of again: left to its lease. */
    FORGOTTEN;

    boolean mayBeChargedInFull() {
      return this == LATE || this == ABANDONED || this == CORRECTED || this == FORGOTTEN;
    }
  }

  private record Open(LedgerTicket ticket, Amounts bill) {}

  private final InMemoryLedger ledger = new InMemoryLedger();
  private final BoundAccounts binding = new BoundAccounts(ledger);
  private final List<Account> all = new ArrayList<>();
  private final List<Account> keys = new ArrayList<>();
  private final List<Account> teams = new ArrayList<>();
  private final List<Account> sessions = new ArrayList<>();
  private Account neverCharged;

  private final ConcurrentMap<Counter, LongAdder> charges = new ConcurrentHashMap<>();
  private final LongAdder admitted = new LongAdder();
  private final LongAdder exhausted = new LongAdder();
  private final LongAdder held = new LongAdder();
  private final LongAdder falselyExhausted = new LongAdder();
  private final LongAdder settledLate = new LongAdder();
  private final LongAdder forgotten = new LongAdder();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicInteger leasesEnded = new AtomicInteger();

  @BeforeEach
  void openAccounts() {
    neverCharged = open(Budget.of("never charged", Measure.TOKENS, 100 * MOST, Window.TOTAL), "");
    Budget key = Budget.of("key", Measure.USD, 600_000, Window.DAY);
    for (int i = 0; i < 16; i++) {
      keys.add(open(key, "key=" + i));
    }
    Budget team =
        Budget.of("team", Measure.USD, 2_000_000, Window.DAY).zone(ZoneId.of("Asia/Tokyo"));
    for (int i = 0; i < 4; i++) {
      teams.add(open(team, "team=" + i));
    }
    Budget session = Budget.of("session", Measure.REQUESTS, 12_000, Window.TOTAL);
    for (int i = 0; i < 64; i++) {
      sessions.add(open(session, "session=" + i));
    }
  }

  private Account open(Budget budget, String scope) {
    Account account = ledger.open(budget, scope, NOON);
    all.add(account);
    return account;
  }

  @Test
  void aMillionReservationsNeitherOverspendNorLoseMoney() throws Exception {
    CountDownLatch done = new CountDownLatch(THREADS);
    AtomicLong looks = new AtomicLong();
    List<Callable<String>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      long seed = i;
      tasks.add(() -> {
        try {
          return call(new SplittableRandom(seed));
        } finally {
          done.countDown();
        }
      });
    }
    tasks.add(() -> observe(done, looks));

    try (Race race = new Race(THREADS + 1)) {
      assertThat(race.run(tasks)).containsOnly("");
    }

    assertThat(falselyExhausted.sum()).isZero();
    everythingAddsUp();
    nothingIsStuck();
    // The test has seen what it is about.
    assertThat(looks).hasPositiveValue();
    assertThat(admitted.sum() + exhausted.sum() + held.sum())
        .isEqualTo((long) THREADS * CALLS_PER_THREAD);
    assertThat(admitted.sum()).isGreaterThan(200_000);
    assertThat(exhausted.sum()).isGreaterThan(1_000);
    assertThat(held.sum()).isGreaterThan(1_000);
    assertThat(settledLate.sum()).isPositive();
    assertThat(charges).hasSizeGreaterThan(keys.size() * DAYS);
  }

  private String call(SplittableRandom random) {
    Queue<Open> later = new ArrayDeque<>();
    for (int i = 0; i < CALLS_PER_THREAD; i++) {
      // One clock for all, read a little late by some: at midnight they disagree about the day.
      Instant clock = NOON.plus(STEP.multipliedBy(calls.incrementAndGet()));
      reserve(random, clock.minusSeconds(random.nextInt(300)), later);
      if (later.size() > 4) {
        finishLate(later.remove());
      }
    }
    later.forEach(this::finishLate);
    return "";
  }

  private void reserve(SplittableRandom random, Instant at, Queue<Open> later) {
    Fate fate = fate(random.nextInt(100));
    Amounts amounts = new Amounts(random.nextInt(MOST + 1), 1 + random.nextInt(MOST), 0, 1);
    boolean brief = fate == Fate.LATE || fate == Fate.FORGOTTEN;
    // Every other time as a guard does it, which binds the accounts of an attribution once.
    Reserved reserved = (random.nextBoolean() ? ledger : binding)
        .reserve(demand(
            at,
            at.plus(brief ? SHORT_LEASE : LONG_LEASE),
            amounts,
            leasesEnded::incrementAndGet,
            accounts(random, fate)));
    if (reserved instanceof Reserved.Held now) {
      admitted.increment();
      Amounts bill = new Amounts(random.nextLong(amounts.nanoUsd() + 1), 0, 0, 1);
      meet(fate, new Open((LedgerTicket) now.ticket(), bill), amounts, later);
    } else {
      count((Reserved.Refused) reserved, amounts);
    }
  }

  private static Fate fate(int percent) {
    if (percent < 60) {
      return Fate.SETTLED;
    }
    if (percent < 70) {
      return Fate.RELEASED;
    }
    if (percent < 88) {
      return Fate.SLOW;
    }
    Fate[] rare = {Fate.LATE, Fate.ABANDONED, Fate.CORRECTED, Fate.FORGOTTEN};
    return rare[percent % rare.length];
  }

  private Account[] accounts(SplittableRandom random, Fate fate) {
    List<Account> accounts = new ArrayList<>();
    accounts.add(sessions.get(random.nextInt(sessions.size())));
    accounts.add(teams.get(random.nextInt(teams.size())));
    accounts.add(keys.get(random.nextInt(keys.size())));
    if (!fate.mayBeChargedInFull()) {
      accounts.add(neverCharged);
    }
    Collections.rotate(accounts, random.nextInt(accounts.size()));
    return accounts.toArray(Account[]::new);
  }

  private void meet(Fate fate, Open open, Amounts reserved, Queue<Open> later) {
    LedgerTicket ticket = open.ticket();
    switch (fate) {
      case SETTLED -> {
        charge(ticket, open.bill());
        expect(Ending.ENDED, ticket.settle(open.bill()));
      }
      case RELEASED -> expect(Ending.ENDED, ticket.release());
      case SLOW, LATE -> later.add(open);
      case ABANDONED -> {
        charge(ticket, reserved);
        expect(true, ticket.abandon());
      }
      case CORRECTED -> {
        charge(ticket, open.bill());
        expect(true, ticket.abandon());
        expect(Ending.CORRECTED, ticket.settle(open.bill()));
      }
      case FORGOTTEN -> {
        charge(ticket, reserved);
        forgotten.increment();
      }
    }
  }

  private void finishLate(Open open) {
    charge(open.ticket(), open.bill());
    Ending ending = open.ticket().settle(open.bill());
    if (ending == Ending.CORRECTED) {
      settledLate.increment();
    } else {
      expect(Ending.ENDED, ending);
    }
  }

  private void charge(LedgerTicket ticket, Amounts bill) {
    for (Counter counter : ticket.hold().blocking()) {
      charges
          .computeIfAbsent(counter, unused -> new LongAdder())
          .add(bill.of(counter.account().measure()));
    }
  }

  private void count(Reserved.Refused refused, Amounts amounts) {
    if (refused.reason() == Reason.HELD) {
      held.increment();
      return;
    }
    exhausted.increment();
    Balance balance = refused.balance();
    long request = amounts.of(refused.account().budget().measure());
    if (refused.account() == neverCharged || request <= balance.limit() - balance.settled()) {
      falselyExhausted.increment();
    }
  }

  /** Looks at every account again and again; returns what it should not have seen. */
  private String observe(CountDownLatch done, AtomicLong looks) {
    while (done.getCount() > 0) {
      for (Account account : all) {
        Balance balance = ledger.balance(account, NOON);
        if (balance.settled() + balance.held() > balance.limit()) {
          return "overspent: " + account + " " + balance;
        }
        looks.incrementAndGet();
      }
    }
    return "";
  }

  private void everythingAddsUp() {
    ledger.reap(Instant.MAX);
    assertThat(leasesEnded.get()).isEqualTo(forgotten.sum() + settledLate.sum());
    charges.forEach((counter, sum) -> {
      assertThat(counter.settled()).as("charged to %s", counter.account()).isEqualTo(sum.sum());
      assertThat(counter.used()).as("used of %s", counter.account()).isEqualTo(sum.sum());
      assertThat(counter.used()).isLessThanOrEqualTo(counter.account().budget().limit());
    });
  }

  private void nothingIsStuck() {
    for (Account account : all) {
      Balance balance = ledger.balance(account, NOON);
      assertThat(balance.held()).as("held on %s", account).isZero();
      long rest = balance.remaining();
      Reserved reserved = ledger.reserve(demand(NOON, new Amounts(rest, rest, 0, rest), account));
      assertThat(reserved).isInstanceOf(Reserved.Held.class);
    }
  }

  private static void expect(Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError(actual + " instead of " + expected);
    }
  }
}
