package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Dimension;
import dev.purser.api.Fit;
import dev.purser.api.Refusal;
import dev.purser.api.Reservation;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that wait for money which other calls hold. */
class WaitingForHeldMoneyTest {

  /** Far longer than a test waits: a wake-up that is lost must not look like one that came late. */
  private static final Duration LONG = Duration.ofMinutes(20);

  private Guard guard;
  private final List<Thread> threads = new ArrayList<>();

  private void start(Duration maxWait, Budget... budgets) {
    guard = new Guard(builder -> Guard.with(builder.owner("dana").maxWait(maxWait), budgets));
  }

  @AfterEach
  void close() throws InterruptedException {
    for (Thread thread : threads) {
      thread.interrupt();
      thread.join();
    }
    guard.close();
  }

  /** Admits a call on another thread and returns when that thread waits, or is done. */
  private FutureTask<Admission> admitElsewhere(CallIntent.Builder call) {
    FutureTask<Admission> task = new FutureTask<>(() -> guard.admit(call));
    Thread thread = new Thread(task, "caller " + threads.size());
    threads.add(thread);
    thread.start();
    await().until(() -> task.isDone() || thread.getState() == Thread.State.TIMED_WAITING);
    return task;
  }

  private static Reservation admitted(FutureTask<Admission> task) throws Exception {
    return task.get(1, TimeUnit.MINUTES).orThrow();
  }

  private static Refusal refused(FutureTask<Admission> task) throws Exception {
    return ((Admission.Refused) task.get(1, TimeUnit.MINUTES)).refusal();
  }

  @Test
  void aCallGoesOnWhenWhatItWaitsForIsGivenBack() throws Exception {
    start(LONG, Budget.total("all", Usd.of("0.10")));
    Reservation first = guard.hold(call(10_000));
    FutureTask<Admission> second = admitElsewhere(call(9_000));
    assertThat(second.isDone()).isFalse();

    first.settle(Usage.ofTokens(0, 1_000));

    admitted(second).settle(Usage.ofTokens(0, 9_000));
    assertThat(guard.balance("all", "").settled()).isEqualTo(100_000_000);
    assertThat(guard.purser.counters())
        .containsEntry("calls.waited.admitted", 1L)
        .doesNotContainKey("calls.refused.held");
  }

  @Test
  void waitersAreServedInTheOrderInWhichTheyCame() throws Exception {
    start(LONG, Budget.concurrent("slot", 1));
    Reservation open = guard.hold(call(10));
    List<Integer> served = new CopyOnWriteArrayList<>();
    List<FutureTask<Admission>> waiters = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int number = i;
      FutureTask<Admission> task = new FutureTask<>(() -> {
        Admission admission = guard.admit(call(10));
        served.add(number);
        admission.orThrow().settle(Usage.ofTokens(0, 1));
        return admission;
      });
      Thread thread = new Thread(task);
      threads.add(thread);
      thread.start();
      await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
      waiters.add(task);
    }

    open.settle(Usage.ofTokens(0, 1));
    for (FutureTask<Admission> waiter : waiters) {
      admitted(waiter);
    }

    assertThat(served).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
  }

  @Test
  void whatIsSpentIsNotWaitedFor() {
    start(LONG, Budget.total("all", Usd.of("0.10")));
    guard.spend(5_000, Attribution.key("k"));

    assertThat(guard.refusal(call(6_000)).reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
  }

  @Test
  void aWaiterThatCanNeverBeServedAnyMoreIsToldSoAtOnce() throws Exception {
    start(LONG, Budget.total("all", Usd.of("0.10")));
    Reservation first = guard.hold(call(10_000));
    FutureTask<Admission> second = admitElsewhere(call(9_000));

    first.settle(Usage.ofTokens(0, 2_000));

    assertThat(refused(second).reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
  }

  @Test
  void anInterruptEndsTheWaitAndStaysSet() throws Exception {
    start(LONG, Budget.total("all", Usd.of("0.10")));
    guard.hold(call(10_000));
    FutureTask<Boolean> interrupted = new FutureTask<>(() -> {
      Refusal refusal = guard.refusal(call(9_000));
      return refusal.reason() == Refusal.Reason.HELD && Thread.currentThread().isInterrupted();
    });
    Thread thread = new Thread(interrupted);
    threads.add(thread);
    thread.start();
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);

    thread.interrupt();

    assertThat(interrupted.get(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void aWaitThatIsTooShortEndsAsHeldAndLeavesNothingBehind() throws Exception {
    start(LONG, Budget.total("all", Usd.of("0.10")));
    Reservation first = guard.hold(call(10_000));
    FutureTask<Admission> short1 = admitElsewhere(call(9_000).maxWait(Duration.ofMillis(20)));

    assertThat(refused(short1).reason()).isEqualTo(Refusal.Reason.HELD);

    FutureTask<Admission> patient = admitElsewhere(call(9_000));
    first.release();
    admitted(patient).release();
    assertThat(guard.balance("all", "").held()).isZero();
    assertThat(guard.purser.counters()).containsEntry("calls.waited.refused", 1L);
  }

  @Test
  void aCallMayDeclineToWait() {
    start(LONG, Budget.total("all", Usd.of("0.10")));
    guard.hold(call(10_000));

    assertThat(guard.refusal(call(9_000).maxWait(Duration.ZERO)).reason())
        .isEqualTo(Refusal.Reason.HELD);
  }

  @Test
  void aCallDoesNotWaitForItsOwnOpenCall() {
    start(LONG, Budget.total("all", Usd.of("0.10")));
    guard.hold(call(8_000));

    // A tool's call under its own stream: what it would wait for only comes back after it.
    assertThat(guard.refusal(call(9_000)).reason()).isEqualTo(Refusal.Reason.HELD);
    assertThat(guard.hold(call(2_000)).release()).isTrue();
  }

  @Test
  void aCallThatCannotWaitForItsOwnTakesWhatIsThere() {
    guard = new Guard(builder -> Guard.with(
        builder.owner("dana").maxWait(LONG).fit(Fit.ALL), Budget.total("all", Usd.of("0.10"))));
    guard.hold(call(8_000));

    Admission nested = guard.admit(call(9_000).capAdjustable(true));

    assertThat(((Admission.Admitted) nested).outputCap()).hasValue(2_000);
  }

  @Test
  void aNestedCallDoesNotStandBehindOneThatWaitsForItsOwnStream() throws Exception {
    start(LONG, Budget.total("all", Usd.of("0.10")));
    Reservation stream = guard.hold(call(8_000));
    FutureTask<Admission> waiter = admitElsewhere(call(5_000));

    // There is room for it, and the waiter waits for what only comes back after it.
    guard.hold(call(1_000)).settle(Usage.ofTokens(0, 1_000));

    assertThat(waiter.isDone()).isFalse();
    stream.release();
    admitted(waiter).release();
  }

  @Test
  void aNestedCallThatHasToWaitForOthersGoesBeforeThoseWhoWaitForIt() throws Exception {
    start(LONG, Budget.total("all", Usd.of("0.10")));
    Reservation other = guard.hold(call(8_500));
    other.carriedBy(null);
    Reservation stream = guard.hold(call(1_000));
    FutureTask<Admission> waiter = admitElsewhere(call(9_500));
    Thread main = Thread.currentThread();
    Thread helper = new Thread(() -> {
      await().until(() -> main.getState() == Thread.State.TIMED_WAITING);
      other.release();
    });
    helper.start();

    guard.hold(call(1_000)).release();

    helper.join();
    assertThat(waiter.isDone()).isFalse();
    stream.release();
    admitted(waiter).release();
  }

  @Test
  void whoseMoneyIsSpentDoesNotStandInALineToBeToldSo() throws Exception {
    start(
        LONG,
        Budget.total("wide", Usd.of("0.10")),
        Budget.total("narrow", Usd.of("0.02")).only(Dimension.KEY, "x"));
    Attribution spender = Attribution.key("x");
    guard.spend(2_000, spender);
    guard.hold(call(8_000)).carriedBy(null);
    FutureTask<Admission> waiter = admitElsewhere(call(5_000));

    assertThat(guard.refusal(call(100, spender)).reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
    assertThat(waiter.isDone()).isFalse();
  }

  @Test
  void aCallWaitsForOneThatAnotherThreadCarriesOn() throws Exception {
    start(LONG, Budget.total("all", Usd.of("0.10")));
    Reservation stream = guard.hold(call(10_000));
    stream.carriedBy(null);
    FutureTask<Boolean> settled = new FutureTask<>(() -> {
      Thread waiting = threads.get(0);
      await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
      return stream.settle(Usage.ofTokens(0, 1_000));
    });
    threads.add(Thread.currentThread());
    Thread reader = new Thread(settled);
    reader.start();

    guard.hold(call(9_000)).release();

    assertThat(settled.get(1, TimeUnit.MINUTES)).isTrue();
    threads.remove(0);
  }

  @Test
  void moneyThatIsOnlyHeldDoesNotTruncateTheAnswerOfACallThatWaits() throws Exception {
    guard = new Guard(builder -> Guard.with(
        builder.owner("dana").maxWait(LONG).fit(Fit.ALL), Budget.total("all", Usd.of("0.20"))));
    Reservation first = guard.hold(call(15_000));
    FutureTask<Admission> second = admitElsewhere(call(12_000).capAdjustable(true));
    assertThat(second.isDone()).isFalse();

    first.settle(Usage.ofTokens(0, 10_000));

    // $0.10 is spent now, so that is what the answer is fitted to, not the $0.05 that was free.
    Admission.Admitted admitted = (Admission.Admitted) second.get(1, TimeUnit.MINUTES);
    assertThat(admitted.outputCap()).hasValue(10_000);
  }

  @Test
  void aWaiterMovesToTheLineOfTheAccountThatIsFullNow() throws Exception {
    start(
        LONG,
        Budget.total("money", Usd.of("0.10")),
        Budget.concurrent("slots", 1).per(Dimension.KEY));
    Attribution alice = Attribution.key("alice");
    Reservation slot = guard.hold(call(1_000, alice));
    FutureTask<Admission> waiter = admitElsewhere(call(8_950, alice));
    // Whoever does not wait may overtake.
    Reservation money = guard.hold(call(1_000, Attribution.key("bob")).maxWait(Duration.ZERO));

    slot.settle(Usage.ofTokens(0, 100));
    assertThat(waiter.isDone()).isFalse();
    money.release();

    admitted(waiter).release();
  }

  @Test
  void roomForTwoThatComesAtOnceIsPassedOnToTheSecond() throws Exception {
    start(LONG, Budget.total("all", Usd.of("0.10")));
    Reservation open = guard.hold(call(9_000));
    FutureTask<Admission> first = admitElsewhere(call(4_000));
    FutureTask<Admission> second = admitElsewhere(call(5_000));

    open.release();

    // Neither gives anything back: whoever leaves the line has to call the next one.
    assertThat(admitted(first).reserved()).isEqualTo(Usd.of("0.04"));
    assertThat(admitted(second).reserved()).isEqualTo(Usd.of("0.05"));
  }

  @Test
  void aRaisedLimitWakesTheWaiter() throws Exception {
    start(LONG, Budget.total("all", Usd.of("0.10")));
    guard.hold(call(10_000));
    FutureTask<Admission> waiter = admitElsewhere(call(9_000));

    guard.purser.revise(List.of(Budget.total("all", Usd.of("0.20"))));

    admitted(waiter).release();
  }

  @Test
  void aSlotWhoseLeaseEndsWakesTheWaiter() throws Exception {
    guard = new Guard(builder -> Guard.with(
        builder.owner("dana").maxWait(LONG).lease(Duration.ofSeconds(1)),
        Budget.concurrent("slot", 1)));
    guard.hold(call(10));
    FutureTask<Admission> waiter = admitElsewhere(call(10));

    guard.clock.forward(Duration.ofSeconds(2));

    admitted(waiter).release();
  }

  @Test
  void aWindowThatEndsLetsTheWaiterOn() throws Exception {
    start(LONG, Budget.hourly("hour", Usd.of("0.10")));
    guard.clock.set(java.time.Instant.parse("2026-11-23T12:59:59.950Z"));
    guard.hold(call(10_000));
    FutureTask<Admission> waiter = admitElsewhere(call(9_000));

    guard.clock.forward(Duration.ofSeconds(1));

    admitted(waiter).release();
    assertThat(guard.balance("hour", "").settled()).isZero();
  }

  @Test
  void whatWaitsIsNoRefusalInTheRecords() throws Exception {
    start(LONG, Budget.total("all", Usd.of("0.10")));
    Reservation first = guard.hold(call(10_000));
    FutureTask<Admission> second = admitElsewhere(call(9_000));
    first.release();
    admitted(second).release();
    guard.close();

    assertThat(guard.records)
        .extracting(SpendRecord::outcome)
        .containsOnly(SpendRecord.Outcome.RELEASED);
  }
}
