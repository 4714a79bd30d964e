package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Admission;
import dev.purser.api.Budget;
import dev.purser.api.Measure;
import dev.purser.api.Refusal;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Trap 16: a burst of parallel calls pins the budget at its limit with nothing logged. */
class BurstOfParallelCallsTest {

  private static final int CALLS = 40;

  /** Each call may cost $0.16 and costs a cent, so the burst costs $0.40. */
  private static final long WORST_CASE = 16_000;

  private static final long REAL = 1_000;

  /** What the burst costs, and one worst case. */
  private static final Usd CAP = Usd.of("0.56");

  private static Guard guard(Duration maxWait, Budget... more) {
    return new Guard(builder ->
        Guard.with(builder.owner("dana").maxWait(maxWait), more).budget(Budget.total("all", CAP)));
  }

  /** Makes all calls at once: none that is admitted ends before all have asked. */
  private static List<Refusal> burst(Guard guard) throws Exception {
    CountDownLatch asked = new CountDownLatch(CALLS);
    Callable<List<Refusal>> one = () -> {
      asked.countDown();
      Admission admission = guard.admit(call(WORST_CASE));
      if (admission instanceof Admission.Admitted admitted) {
        asked.await();
        admitted.reservation().settle(Usage.ofTokens(0, REAL));
        return List.of();
      }
      return List.of(((Admission.Refused) admission).refusal());
    };
    List<Refusal> refusals = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(CALLS);
    try {
      for (Future<List<Refusal>> done :
          pool.invokeAll(Collections.nCopies(CALLS, one), 2, TimeUnit.MINUTES)) {
        refusals.addAll(done.get());
      }
    } finally {
      pool.shutdownNow();
    }
    return refusals;
  }

  @Test
  void noneIsRefusedWhereTheWaitIsLongEnough() throws Exception {
    Guard guard = guard(Duration.ofMinutes(20), Budget.concurrent("slots", 2));

    assertThat(burst(guard)).isEmpty();

    assertThat(guard.balance("all", "").settled()).isEqualTo(400_000_000);
    assertThat(guard.balance("all", "").held()).isZero();
    assertThat(guard.balance("slots", "").held()).isZero();
    assertThat(guard.purser.counters())
        .containsEntry("calls.settled", (long) CALLS)
        .doesNotContainKey("calls.refused.held")
        .doesNotContainKey("calls.waited.refused");
    guard.close();
  }

  @Test
  void withoutWaitingTheRefusalsSayHeld() {
    Guard guard = guard(Duration.ZERO);
    List<Reservation> open = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      if (guard.admit(call(WORST_CASE)) instanceof Admission.Admitted admitted) {
        open.add(admitted.reservation());
      } else {
        refusals.add(guard.refusal(call(WORST_CASE)));
      }
    }

    assertThat(open).hasSize(3);
    assertThat(refusals)
        .hasSize(CALLS - 3)
        .allSatisfy(refusal -> assertThat(refusal.reason()).isEqualTo(Refusal.Reason.HELD));
    open.forEach(call -> call.settle(Usage.ofTokens(0, REAL)));
    assertThat(guard.admit(call(WORST_CASE))).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void underManyThreadsTheCapHoldsWhetherCallsWaitOrNot() throws Exception {
    for (Duration maxWait : List.of(Duration.ZERO, Duration.ofMinutes(20))) {
      Guard guard = guard(maxWait, Budget.of("requests", Measure.REQUESTS, 1000, Window.DAY));
      for (Refusal refusal : burst(guard)) {
        assertThat(refusal.settled() + refusal.held()).isLessThanOrEqualTo(refusal.limit());
        // The whole burst and one worst case fit the cap, so nothing is ever exhausted.
        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.HELD);
      }
      assertThat(guard.balance("all", "").held()).isZero();
      assertThat(guard.balance("all", "").remaining()).isNotNegative();
    }
  }
}
