package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.purser.api.AbandonReason;
import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Budget;
import dev.purser.api.CallContext;
import dev.purser.api.Ceiling;
import dev.purser.api.Fit;
import dev.purser.api.Measure;
import dev.purser.api.Refusal;
import dev.purser.api.Refusal.Reason;
import dev.purser.api.Reservation;
import dev.purser.api.SpendRecord;
import dev.purser.api.UnmeteredCall;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits around code, beside the budgets of the guards that its calls go through. */
@SuppressWarnings("try")
class CeilingTest {

  private final Guard guard = Guard.on(Budget.total("all", Usd.of("1.00")));
  private final Guard other = Guard.on(Budget.total("all", Usd.of("1.00")));

  @AfterEach
  void close() {
    guard.close();
    other.close();
  }

  private static Ceiling ceiling(String usd) {
    return Ceiling.open(Budget.total("ceiling", Usd.of(usd)).owner("test"));
  }

  private static long held(Ceiling ceiling) {
    return ceiling.limits().get(0).held();
  }

  private static long settled(Ceiling ceiling) {
    return ceiling.limits().get(0).settled();
  }

  @Test
  void callsOfAllGuardsCountTogetherAndTheOneTooManyDoesNotLeave() {
    try (Ceiling ceiling = ceiling("0.10")) {
      guard.spend(5_000, Attribution.key("alice"));
      other.spend(4_000, Attribution.key("bob"));

      Refusal refusal = guard.refusal(call(1_001));

      assertThat(refusal.reason()).isEqualTo(Reason.EXHAUSTED);
      assertThat(refusal.budget()).isEqualTo("ceiling");
      assertThat(refusal.owner()).isEqualTo("test");
      assertThat(refusal.settled()).isEqualTo(90_000_000);
      assertThat(refusal.requested()).isEqualTo(10_010_000);
      assertThat(refusal.resetsAt()).isNull();
      guard.spend(1_000, Attribution.key("alice"));
      assertThat(ceiling.spent()).isEqualTo(Usd.of("0.10"));
      assertThat(ceiling.tokens()).isEqualTo(10_000);
      assertThat(ceiling.requests()).isEqualTo(3);
      assertThat(ceiling.calls())
          .extracting(SpendRecord::costNanoUsd)
          .containsExactly(50_000_000L, 40_000_000L, 10_000_000L);
      assertThat(ceiling.refused()).singleElement().satisfies(refused -> {
        assertThat(refused.model()).isEqualTo(Guard.GPT_4O);
        assertThat(refused.refusal()).isEqualTo(refusal);
        assertThat(refused.by()).isSameAs(ceiling);
      });
    }
    guard.spend(5_000, Attribution.key("alice"));
    assertThat(guard.balance("all", "").settled()).isEqualTo(110_000_000);
  }

  @Test
  void whatIsOnlyHeldIsSaidToBe() {
    try (Ceiling ceiling = ceiling("0.10")) {
      Reservation open = guard.hold(call(9_000));

      assertThat(other.refusal(call(2_000)).reason()).isEqualTo(Reason.HELD);

      open.settle(Usage.ofTokens(0, 1_000));
      assertThat(held(ceiling)).isZero();
      other.spend(9_000, Attribution.NONE);
    }
  }

  @Test
  void whatAGuardsOwnBudgetRefusesIsGivenBackToTheCeiling() {
    try (Ceiling ceiling = ceiling("2.00")) {
      assertThat(guard.refusal(call(101_000)).budget()).isEqualTo("all");

      assertThat(held(ceiling)).isZero();
      assertThat(settled(ceiling)).isZero();
      assertThat(ceiling.refused()).extracting(Ceiling.Refused::by).containsOnlyNulls();
    }
  }

  @Test
  void tokensAndRequestsAreLimitedToo() {
    try (Ceiling ceiling = Ceiling.open(
        Budget.of("tokens", Measure.TOKENS, 1_000, Window.TOTAL),
        Budget.of("requests", Measure.REQUESTS, 2, Window.TOTAL))) {
      assertThat(guard.refusal(call(1_001)).budget()).isEqualTo("tokens");
      guard.spend(10, Attribution.NONE);
      guard.spend(10, Attribution.NONE);
      assertThat(guard.refusal(call(10)).budget()).isEqualTo("requests");
      assertThat(ceiling.requests()).isEqualTo(2);
    }
  }

  @Test
  void anAnswerIsFittedToWhatTheCeilingHasLeft() {
    Guard fitting = new Guard(
        builder -> builder.owner("dana").fit(Fit.ALL).budget(Budget.total("all", Usd.of("1.00"))));
    try (fitting;
        Ceiling ceiling = ceiling("0.10")) {
      Admission admission = fitting.admit(call(20_000).capAdjustable(true));

      assertThat(((Admission.Admitted) admission).outputCap()).hasValue(10_000);
      admission.orThrow().settle(Usage.ofTokens(0, 10_000));
      assertThat(ceiling.spent()).isEqualTo(Usd.of("0.10"));
    }
  }

  @Test
  void endsThatChangeAreFollowed() {
    try (Ceiling ceiling = ceiling("1.00")) {
      guard.hold(call(1_000)).release();
      assertThat(settled(ceiling) + held(ceiling)).isZero();
      assertThat(ceiling.calls()).isEmpty();

      Reservation cut = guard.hold(call(10_000));
      cut.abandon(AbandonReason.CLOSED_EARLY);
      assertThat(settled(ceiling)).isEqualTo(100_000_000);
      assertThat(ceiling.calls())
          .extracting(SpendRecord::outcome)
          .containsExactly(SpendRecord.Outcome.ABANDONED);
      cut.settle(Usage.ofTokens(0, 2_000));
      assertThat(settled(ceiling)).isEqualTo(20_000_000);
      assertThat(held(ceiling)).isZero();
      assertThat(ceiling.calls()).extracting(SpendRecord::costNanoUsd).containsExactly(20_000_000L);

      Reservation lost = guard.hold(call(10_000));
      guard.clock.forward(Duration.ofDays(1));
      guard.reap();
      assertThat(settled(ceiling)).isEqualTo(120_000_000);
      assertThat(guard.purser.grants().writeOff(lost.id(), "dana", "not billed"))
          .isTrue();
      assertThat(settled(ceiling)).isEqualTo(20_000_000);
      lost.settle(Usage.ofTokens(0, 500));
      assertThat(settled(ceiling)).isEqualTo(25_000_000);
      assertThat(ceiling.spent()).isEqualTo(Usd.of("0.025"));
      assertThat(ceiling.tokens()).isEqualTo(2_500);
      assertThat(ceiling.requests()).isEqualTo(2);
    }
  }

  @Test
  void aBillAboveItsHoldStandsAboveTheCeiling() {
    try (Ceiling ceiling = ceiling("0.10")) {
      guard.hold(call(9_000)).settle(Usage.ofTokens(0, 12_000));

      assertThat(ceiling.spent()).isEqualTo(Usd.of("0.12"));
      assertThat(guard.refusal(call(1)).reason()).isEqualTo(Reason.EXHAUSTED);
    }
  }

  @Test
  void anInnerCeilingCountsForTheOneAroundIt() {
    try (Ceiling outer = ceiling("0.10")) {
      try (Ceiling inner = Ceiling.open(Budget.total("inner", Usd.of("0.05")))) {
        guard.spend(4_000, Attribution.NONE);
        assertThat(guard.refusal(call(2_000)).budget()).isEqualTo("inner");
        assertThat(inner.spent()).isEqualTo(Usd.of("0.04"));
      }
      assertThat(outer.spent()).isEqualTo(Usd.of("0.04"));
      assertThat(outer.refused())
          .singleElement()
          .satisfies(refused -> assertThat(refused.by()).isNotSameAs(outer).isNotNull());
      assertThat(guard.refusal(call(7_000)).budget()).isEqualTo("ceiling");
    }
  }

  @Test
  void withoutALimitCallsAreOnlyCounted() {
    try (Ceiling counting = Ceiling.open()) {
      guard.spend(5_000, Attribution.NONE);
      guard.purser.unmetered(new UnmeteredCall(
          "openai", "POST api.openai.com/v1/batches", Attribution.NONE, null, "batch"));

      assertThat(counting.spent()).isEqualTo(Usd.of("0.05"));
      assertThat(counting.unmetered()).hasSize(1);
    }
  }

  @Test
  void threadsThatItStartsAndThoseThatAreHandedWorkAreUnderIt() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(1);
    Callable<Usd> spending = () -> {
      guard.spend(1_000, Attribution.NONE);
      AttributionScope scope = AttributionScope.current();
      return scope == null ? Usd.ZERO : scope.spent();
    };
    try {
      pool.submit(() -> {}).get(); // the pool's thread is older than the ceiling
      try (AttributionScope scope = Attribution.key("alice").open();
          Ceiling ceiling = ceiling("0.10")) {
        assertThat(pool.submit(spending).get()).isEqualTo(Usd.ZERO);
        assertThat(ceiling.requests()).isZero();

        assertThat(pool.submit(CallContext.capture().wrap(spending)).get())
            .isEqualTo(Usd.of("0.01"));
        assertThat(CallContext.capturing(pool).submit(spending).get()).isEqualTo(Usd.of("0.02"));
        assertThat(pool.submit(scope.wrap(spending)).get()).isEqualTo(Usd.of("0.03"));
        assertThat(ceiling.requests()).isEqualTo(3);

        Thread child = new Thread(() -> guard.spend(1_000, Attribution.NONE));
        child.start();
        child.join();
        assertThat(ceiling.requests()).isEqualTo(4);
        assertThat(scope.spent()).isEqualTo(Usd.of("0.03"));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aCallThatIsAskedForElsewhereIsBoundByItsContext() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(1);
    try {
      pool.submit(() -> {}).get();
      try (AttributionScope scope = Attribution.key("alice").open();
          Ceiling ceiling = ceiling("0.10")) {
        String token = CallContext.capture().token();
        pool.submit(() -> guard
                .hold(call(1_000).context(CallContext.named(token)))
                .settle(Usage.ofTokens(0, 1_000)))
            .get();

        assertThat(ceiling.spent()).isEqualTo(Usd.of("0.01"));
        assertThat(scope.spent()).isEqualTo(Usd.of("0.01"));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aCallThatWaitsGoesOnWhenAnotherGuardsCallGivesRoom() throws Exception {
    Guard waiting = new Guard(builder -> builder
        .owner("dana")
        .maxWait(Duration.ofMinutes(20))
        .budget(Budget.total("all", Usd.of("1.00"))));
    try (waiting;
        Ceiling ceiling = ceiling("0.10")) {
      Reservation open = other.hold(call(9_000));
      FutureTask<Admission> task = new FutureTask<>(() -> waiting.admit(call(9_500)));
      Thread thread = new Thread(task);
      thread.start();
      await().until(() -> task.isDone() || thread.getState() == Thread.State.TIMED_WAITING);
      assertThat(task.isDone()).isFalse();

      open.settle(Usage.ofTokens(0, 500));

      task.get(1, TimeUnit.MINUTES).orThrow().settle(Usage.ofTokens(0, 9_500));
      assertThat(ceiling.spent()).isEqualTo(Usd.of("0.10"));
      assertThat(ceiling.refused()).isEmpty();
    }
  }

  @Test
  void noNumberOfThreadsTakesItAboveItsLimit() throws Exception {
    int threads = 32;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (Ceiling ceiling = ceiling("0.50")) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Guard mine = i % 2 == 0 ? guard : other;
        tasks.add(CallContext.capture().wrap((Callable<Integer>) () -> {
          int passed = 0;
          for (int n = 0; n < 50; n++) {
            Admission admission = mine.admit(call(500));
            assertThat(settled(ceiling)).isLessThanOrEqualTo(500_000_000);
            if (admission instanceof Admission.Admitted admitted) {
              admitted.reservation().settle(Usage.ofTokens(0, 500));
              passed++;
            }
          }
          return passed;
        }));
      }
      int passed = 0;
      for (Future<Integer> done : pool.invokeAll(tasks, 2, TimeUnit.MINUTES)) {
        passed += done.get();
      }
      assertThat(passed).isEqualTo(100);
      assertThat(ceiling.spent()).isEqualTo(Usd.of("0.50"));
      assertThat(held(ceiling)).isZero();
    } finally {
      pool.shutdownNow();
    }
  }
}
