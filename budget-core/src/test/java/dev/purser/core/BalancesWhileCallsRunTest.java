package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AccountBalance;
import dev.purser.api.Attribution;
import dev.purser.api.Balances;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;

/** Balances that are taken while calls come and go, and budgets are changed. */
class BalancesWhileCallsRunTest {

  private static final int THREADS = 8;
  private static final int CALLS = 3_000;
  private static final long COST = 10_000_000;
  private static final long KEPT = 100_000_000;

  private static final Budget KEY = Budget.daily("key", Usd.of("1000")).per(Dimension.KEY);
  private static final Budget ALL = Budget.total("all", Usd.of("5000"));
  private static final Budget HOUR = Budget.rolling("hour", Usd.of("5000"), Duration.ofHours(1));

  private final Guard guard = Guard.on(KEY, ALL, HOUR);

  /** What each thread's calls were charged, once that is certain. */
  private final AtomicLongArray charged = new AtomicLongArray(THREADS);

  private final AtomicBoolean done = new AtomicBoolean();

  private Void makeCalls(int thread) {
    Attribution who = Attribution.key("k" + thread);
    Reservation kept = guard.hold(call(10_000, who));
    for (int i = 0; i < CALLS; i++) {
      guard.hold(call(2_000, who)).settle(Usage.ofTokens(0, 1_000));
      charged.addAndGet(thread, COST);
    }
    assertThat(kept.reserved().nanos()).isEqualTo(KEPT);
    return null;
  }

  private Void changeBudgets() {
    for (int i = 0; !done.get(); i++) {
      guard.purser.revise(List.of(i % 2 == 0 ? KEY.observe() : KEY, ALL, HOUR.named("h" + i)));
    }
    guard.purser.revise(List.of(KEY, ALL, HOUR));
    return null;
  }

  private int look() {
    int looks = 0;
    while (!done.get()) {
      long sum = 0;
      long[] before = new long[THREADS];
      for (int i = 0; i < THREADS; i++) {
        before[i] = charged.get(i);
        sum += before[i];
      }
      Balances balances = guard.purser.balances();
      for (int i = 0; i < THREADS; i++) {
        if (before[i] > 0) {
          noLess(balances.ofKey("k" + i).get(0), before[i], KEPT);
        }
      }
      if (sum > 0) {
        noLess(balances.account("all", "").orElseThrow(), sum, 0);
        // Under whatever name, but once: all are of the same budgets.
        List<AccountBalance> rolling = balances.all().stream()
            .filter(each -> each.budget().startsWith("h"))
            .toList();
        assertThat(rolling).hasSize(1);
        noLess(rolling.get(0), sum, 0);
      }
      looks++;
    }
    return looks;
  }

  private static void noLess(AccountBalance seen, long spent, long held) {
    assertThat(seen.spent()).isGreaterThanOrEqualTo(spent);
    assertThat(seen.used()).isGreaterThanOrEqualTo(spent + held);
    assertThat(seen.remaining())
        .isEqualTo(seen.limit() - seen.used())
        .isLessThanOrEqualTo(seen.limit() - spent - held);
    // Not bounded from above: of calls that end between two reads, both the charge and the hold are
    // seen.
    assertThat(seen.held()).isNotNegative();
  }

  @Test
  void noneEverShowsLessThanWasUsedAndInTheEndTheyAreExact() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS + 2);
    try {
      Future<Integer> looks = pool.submit(this::look);
      Future<Void> changes = pool.submit(this::changeBudgets);
      List<Callable<Void>> callers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        callers.add(() -> makeCalls(thread));
      }
      for (Future<Void> caller : pool.invokeAll(callers)) {
        caller.get();
      }
      done.set(true);
      changes.get();
      assertThat(looks.get()).isPositive();
    } finally {
      done.set(true);
      pool.shutdownNow();
    }

    Balances balances = guard.purser.balances();
    assertThat(balances.ofBudget("key")).hasSize(THREADS).allSatisfy(key -> {
      assertThat(key.spent()).isEqualTo(CALLS * COST);
      assertThat(key.held()).isEqualTo(KEPT);
    });
    for (String budget : List.of("all", "hour")) {
      AccountBalance seen = balances.account(budget, "").orElseThrow();
      assertThat(seen.spent()).isEqualTo(THREADS * CALLS * COST);
      assertThat(seen.held()).isEqualTo(THREADS * KEPT);
    }
    guard.close();
  }
}
