package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Alert;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Dimension;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Refusal;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.ledger.InMemoryLedger;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Demand;
import dev.purser.spi.Ledger;
import dev.purser.spi.Reserved;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An application that gives every request a session id of its own, under a budget per session. */
class AMillionSessionsTest {

  private static final int SESSIONS = 1_000_000;
  private static final int PLACES = 10_000;
  private static final Instant MORNING = Instant.parse("2026-11-23T06:00:00Z");
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final ModelId GPT_4O = ModelId.of("openai", "gpt-4o");

  private final Ledger ledger = new InMemoryLedger();
  private final TestClock clock = new TestClock(MORNING.toString());

  private static Budget perSession(Usd limit) {
    return Budget.daily("session", limit).per(Dimension.SESSION).maxAccounts(PLACES);
  }

  private Reserved reserve(Account account, long nanoUsd, Instant at) {
    return ledger.reserve(new Demand(
        "c",
        at,
        at.plusSeconds(900),
        "direct",
        Attribution.NONE,
        GPT_4O,
        new Amounts(nanoUsd, 0, 0, 0),
        List.of(account),
        () -> {}));
  }

  private void spend(Account account, long nanoUsd, Instant at) {
    Reserved.Held held = (Reserved.Held) reserve(account, nanoUsd, at);
    held.ticket().settle(new Amounts(nanoUsd, 0, 0, 0));
  }

  private static String scope(int session) {
    return "session=run-" + session;
  }

  private long settled(Set<Account> accounts, Instant at) {
    return accounts.stream()
        .mapToLong(account -> ledger.balance(account, at).settled())
        .sum();
  }

  @Test
  void takeNoMoreAccountsThanTheBudgetMayHaveAndNothingTheySpentIsForgotten() {
    Budget budget = perSession(Usd.of("1"));
    Set<Account> met = ConcurrentHashMap.newKeySet();

    // Several threads, and time enough for the sweeps that look for a place.
    IntStream.range(0, SESSIONS).parallel().forEach(session -> {
      Instant at = MORNING.plusMillis(session);
      Account account = ledger.open(budget, scope(session), at);
      spend(account, 3, at);
      met.add(account);
    });

    Instant noon = MORNING.plus(Duration.ofHours(6));
    // A handle whose account was swept before anything was spent there leads to another one.
    Set<Account> living = met.stream()
        .map(account -> ledger.open(budget, account.scope(), noon))
        .collect(Collectors.toSet());
    assertThat(living).hasSizeBetween(PLACES, PLACES + 1);
    assertThat(settled(living, noon)).isEqualTo(3L * SESSIONS);
    assertThat(ledger.sweep(noon)).as("swept within their window").isZero();
    assertThat(ledger.sweep(noon.plus(A_DAY))).as("swept after it").isEqualTo(living.size());
    assertThat(ledger.sweep(noon.plus(A_DAY))).as("left").isZero();
  }

  @Test
  void sessionThatSpentInTheSharedAccountGetsNoOtherBeforeThatOneIsGone() {
    Budget budget = perSession(Usd.ofNanos(100));
    Account unused = ledger.open(budget, scope(0), MORNING);
    for (int session = 1; session < PLACES; session++) {
      spend(ledger.open(budget, scope(session), MORNING), 1, MORNING);
    }
    Reserved.Held open = (Reserved.Held) reserve(unused, 1, MORNING);
    Account shared = ledger.open(budget, scope(PLACES), MORNING);
    spend(shared, 100, MORNING);

    // A place becomes free; what the session spent is in the shared account all the same.
    open.ticket().settle(Amounts.NONE);
    Instant later = MORNING.plusSeconds(60);
    assertThat(ledger.sweep(later)).isOne();

    Account again = ledger.open(budget, scope(PLACES), later);
    assertThat(again).isEqualTo(shared);
    assertThat(again.scope()).isEqualTo(Account.OVERFLOW);
    assertThat(reserve(again, 1, later))
        .isInstanceOfSatisfying(
            Reserved.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Refusal.Reason.EXHAUSTED));

    Instant tomorrow = MORNING.plus(A_DAY);
    Account own = ledger.open(budget, scope(PLACES), tomorrow);
    assertThat(own.scope()).as("where the opening found all others over").isEqualTo(scope(PLACES));
    spend(own, 100, tomorrow);
    assertThat(ledger.sweep(tomorrow)).as("left to sweep").isZero();
  }

  @Test
  void areAllRecordedAndCountedByTheGuardToo() {
    int sessions = SESSIONS / 4; // more than the history of charges keeps apart
    LongAdder recorded = new LongAdder();
    LongAdder cost = new LongAdder();
    List<Alert> alerts = new CopyOnWriteArrayList<>();
    Purser purser = Purser.builder()
        .owner("dana")
        .clock(clock)
        .ledger(ledger)
        .budget(Budget.total("all", Usd.of("1000000")))
        .budget(perSession(Usd.of("1000000")))
        .queueCapacity(sessions)
        .sink(record -> {
          recorded.increment();
          cost.add(record.costNanoUsd());
        })
        .alertSink(alerts::add)
        .build();
    for (int session = 0; session < sessions; session++) {
      CallIntent intent = CallIntent.builder(GPT_4O)
          .attribution(Attribution.key("alice").session("run-" + session))
          .prompt(Prompt.ofTokens(100))
          .outputCap(100)
          .build();
      try (Reservation held = purser.admit(intent).orThrow()) {
        held.settle(Usage.ofTokens(100, 10));
      }
    }
    purser.close();

    assertThat(recorded.sum()).isEqualTo(sessions);
    assertThat(purser.counters()).doesNotContainKey("records.dropped");
    Account all = ledger.open(purser.budgets().get(0), "", clock.instant());
    assertThat(ledger.balance(all, clock.instant()).settled())
        .isEqualTo(cost.sum())
        .isPositive();
    assertThat(alerts).extracting(Alert::kind).contains(Alert.Kind.ACCOUNTS_OVERFLOW);
    assertThat(alerts).hasSizeLessThan(10); // once each, and not once a session
    clock.forward(A_DAY);
    assertThat(ledger.sweep(clock.instant())).isEqualTo(PLACES + 1);
  }
}
