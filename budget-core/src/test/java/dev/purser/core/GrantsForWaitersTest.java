package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.purser.api.Admission;
import dev.purser.api.Budget;
import dev.purser.api.Grant;
import dev.purser.api.GrantInForce;
import dev.purser.api.Refusal;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that wait at an account while something is granted to it, or a grant ends. */
class GrantsForWaitersTest {

  private final Guard guard = new Guard(builder -> Guard.with(
      builder.owner("dana").maxWait(Duration.ofMinutes(20)), Budget.total("all", Usd.of("0.10"))));
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void close() throws InterruptedException {
    for (Thread thread : threads) {
      thread.interrupt();
      thread.join();
    }
    guard.close();
  }

  private static Grant grant(String usd) {
    return Grant.of("all", Usd.of(usd)).by("dana").because("release night");
  }

  private FutureTask<Admission> waiter(long output) {
    FutureTask<Admission> task = new FutureTask<>(() -> guard.admit(call(output)));
    Thread thread = new Thread(task);
    threads.add(thread);
    thread.start();
    await().until(() -> task.isDone() || thread.getState() == Thread.State.TIMED_WAITING);
    return task;
  }

  @Test
  void aGrantLetsAsManyWaitersOnAsItPaysFor() throws Exception {
    Reservation open = guard.hold(call(10_000));
    FutureTask<Admission> first = waiter(2_000);
    FutureTask<Admission> second = waiter(3_000);
    FutureTask<Admission> third = waiter(1_000);

    guard.purser.grants().grant(grant("0.05"));

    assertThat(first.get(1, TimeUnit.MINUTES)).isInstanceOf(Admission.Admitted.class);
    assertThat(second.get(1, TimeUnit.MINUTES)).isInstanceOf(Admission.Admitted.class);
    assertThat(third.isDone()).isFalse();
    open.release();
    assertThat(third.get(1, TimeUnit.MINUTES)).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void whoWaitsForWhatAGrantThatEndsWouldHavePaidIsToldThatItIsSpent() throws Exception {
    GrantInForce granted = guard.purser.grants().grant(grant("0.05"));
    guard.hold(call(9_000)).settle(Usage.ofTokens(0, 9_000));
    guard.hold(call(6_000));
    FutureTask<Admission> first = waiter(3_000);
    FutureTask<Admission> second = waiter(2_000);
    assertThat(first.isDone()).isFalse();

    guard.purser.grants().end(granted.id(), "mo", "enough");

    for (FutureTask<Admission> waiter : List.of(first, second)) {
      Refusal refusal = ((Admission.Refused) waiter.get(1, TimeUnit.MINUTES)).refusal();
      assertThat(refusal.reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
      assertThat(refusal.limit()).isEqualTo(100_000_000);
    }
  }

  @Test
  void aGrantThatEndsByTimeWakesThemWithoutAnyCall() throws Exception {
    guard
        .purser
        .grants()
        .grant(grant("0.05").until(guard.clock.instant().plus(Duration.ofHours(1))));
    guard.hold(call(9_000)).settle(Usage.ofTokens(0, 9_000));
    guard.hold(call(6_000));
    FutureTask<Admission> waiter = waiter(3_000);

    // Less than the lease, so that nothing but the grant ends.
    guard.clock.forward(Duration.ofMinutes(14));
    guard.reap();
    assertThat(waiter.isDone()).isFalse();
    guard.clock.forward(Duration.ofMinutes(46));

    Refusal refusal = ((Admission.Refused) waiter.get(1, TimeUnit.MINUTES)).refusal();
    assertThat(refusal.reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
    assertThat(refusal.limit()).isEqualTo(100_000_000);
  }
}
