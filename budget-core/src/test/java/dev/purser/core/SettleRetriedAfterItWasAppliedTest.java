package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.Measure;
import dev.purser.api.Reservation;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A settlement that was applied and whose caller did not learn of it, because it timed out or was
 * interrupted, is sent again. (Trap 17: gateways charged it again.)
 */
class SettleRetriedAfterItWasAppliedTest {

  private static final Attribution ALICE = Attribution.key("alice");

  private static Guard guard() {
    return Guard.on(
        Budget.daily("money", Usd.of("1")),
        Budget.daily("key", Usd.of("1")).per(Dimension.KEY),
        Budget.rolling("hour", Usd.of("1"), Duration.ofHours(1)),
        Budget.of("tokens", Measure.TOKENS, 1_000_000, Window.DAY),
        Budget.of("calls", Measure.REQUESTS, 100, Window.DAY));
  }

  private static void assertCharged(Guard guard, long nanoUsd, long tokens, long calls) {
    assertThat(guard.balance("money", "").settled()).isEqualTo(nanoUsd);
    assertThat(guard.balance("key", "key=alice").settled()).isEqualTo(nanoUsd);
    assertThat(guard.balance("hour", "").settled()).isEqualTo(nanoUsd);
    assertThat(guard.balance("tokens", "").settled()).isEqualTo(tokens);
    assertThat(guard.balance("calls", "").settled()).isEqualTo(calls);
    assertThat(guard.balance("money", "").held()).isZero();
    assertThat(guard.balance("key", "key=alice").held()).isZero();
  }

  @Test
  void aRetriedSettlementChangesNothing() {
    Guard guard = guard();
    try (AttributionScope run = ALICE.open()) {
      Reservation held = guard.hold(call(1_000));
      assertThat(held.settle(Usage.ofTokens(0, 100))).isTrue();
      for (int i = 0; i < 3; i++) {
        assertThat(held.settle(Usage.ofTokens(0, 100))).isFalse();
      }
      assertCharged(guard, 1_000_000, 100, 1);
      assertThat(run.spent()).isEqualTo(Usd.ofNanos(1_000_000));
    }
    guard.close();
    assertThat(guard.records).extracting(SpendRecord::outcome).containsExactly(Outcome.SETTLED);
  }

  @Test
  void neitherDoesOneOfAnotherKindOrAmount() {
    try (Guard guard = guard()) {
      Reservation held = guard.hold(call(1_000, ALICE));
      held.settle(Usage.ofTokens(0, 100));
      assertThat(held.settle(Usage.ofTokens(0, 900))).isFalse();
      assertThat(held.release()).isFalse();
      held.close();
      assertCharged(guard, 1_000_000, 100, 1);
    }
  }

  @Test
  void aSettlementThatCorrectsAnEndedLeaseIsAppliedOnceHoweverOftenItIsSent() {
    try (Guard guard = guard()) {
      Reservation held = guard.hold(call(1_000, ALICE));
      guard.clock.forward(Duration.ofMinutes(16));
      guard.hold(call(1)).release(); // reaps
      assertThat(held.settle(Usage.ofTokens(0, 100))).isTrue();
      assertThat(held.settle(Usage.ofTokens(0, 100))).isFalse();
      assertCharged(guard, 1_000_000, 100, 1);
    }
  }

  @Test
  void oneOfManyThreadsThatSettleTheSameCallIsTheOneThatCounts() throws Exception {
    int threads = 8;
    int rounds = 200;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (Guard guard = Guard.on(Budget.total("money", Usd.of("1000")))) {
      for (int round = 0; round < rounds; round++) {
        Reservation held = guard.hold(call(1_000, ALICE));
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Future<Boolean>> tries = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          tries.add(pool.submit(() -> {
            start.await();
            return held.settle(Usage.ofTokens(0, 100));
          }));
        }
        int applied = 0;
        for (Future<Boolean> each : tries) {
          applied += each.get(1, TimeUnit.MINUTES) ? 1 : 0;
        }
        assertThat(applied).isEqualTo(1);
      }
      assertThat(guard.balance("money", "").settled()).isEqualTo(rounds * 1_000_000L);
      assertThat(guard.balance("money", "").held()).isZero();
    } finally {
      pool.shutdownNow();
    }
  }
}
