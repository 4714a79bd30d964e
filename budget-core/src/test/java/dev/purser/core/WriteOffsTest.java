package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.AbandonedCall;
import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Budget;
import dev.purser.api.ControlRecord;
import dev.purser.api.Dimension;
import dev.purser.api.Measure;
import dev.purser.api.Refusal;
import dev.purser.api.Reservation;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Charges of which nobody knows whether they were billed, and that somebody takes back. */
class WriteOffsTest {

  private static final Attribution ALICE = Attribution.key("alice").team("platform");
  private static final Budget KEY = Budget.daily("key", Usd.of("0.10")).per(Dimension.KEY);
  private static final String ALICES = "key=alice";

  private final Guard guard = Guard.on(
      KEY, Budget.of("calls", Measure.REQUESTS, 3, Window.DAY), Budget.concurrent("slots", 2));

  private Reservation cut(long output) {
    Reservation call = guard.hold(call(output, ALICE));
    call.abandon(AbandonReason.CLOSED_EARLY);
    return call;
  }

  private boolean writeOff(Reservation call) {
    return guard.purser.grants().writeOff(call.id(), "mo", "the provider billed nothing");
  }

  private long settled(String budget, String scope) {
    return guard.balance(budget, scope).settled();
  }

  @Test
  void whatNobodySettledIsListedAndWhatSomebodyDidIsNot() {
    Reservation cut = cut(3_000);
    Reservation leased = guard.hold(call(1_000, ALICE).api("openai.chat"));
    guard.clock.forward(Duration.ofHours(1));
    guard.reap();
    Reservation settledLate = cut(2_000);
    settledLate.settle(Usage.ofTokens(0, 5));

    List<AbandonedCall> abandoned = guard.purser.grants().abandoned();

    assertThat(abandoned).extracting(AbandonedCall::id).containsExactly(cut.id(), leased.id());
    AbandonedCall last = abandoned.get(1);
    assertThat(last.at()).isEqualTo(guard.clock.instant().minus(Duration.ofHours(1)));
    assertThat(last.api()).isEqualTo("openai.chat");
    assertThat(last.attribution().key()).isEqualTo("alice");
    assertThat(last.model()).isEqualTo(Guard.GPT_4O);
    assertThat(last.reservedNanoUsd()).isEqualTo(10_000_000);
    assertThat(last.reason()).isEqualTo(AbandonReason.LEASE_ENDED);
  }

  @Test
  void aWriteOffGivesEverythingBackOnce() {
    Reservation cut = cut(8_000);
    cut(1_000);
    assertThat(guard.refusal(call(2_000, ALICE)).reason()).isEqualTo(Refusal.Reason.EXHAUSTED);

    assertThat(writeOff(cut)).isTrue();
    assertThat(writeOff(cut)).isFalse();

    assertThat(settled("key", ALICES)).isEqualTo(10_000_000);
    assertThat(settled("calls", "")).isEqualTo(1);
    assertThat(guard.balance("slots", "").held()).isZero();
    assertThat(guard.purser.grants().abandoned()).hasSize(1);
    guard.spend(9_000, ALICE);
  }

  @Test
  void onlyWhatIsChargedAtItsReservedAmountCanBeWrittenOff() {
    Reservation open = guard.hold(call(1_000, ALICE));
    Reservation settled = guard.hold(call(1_000, ALICE));
    settled.settle(Usage.ofTokens(0, 500));

    assertThat(writeOff(open)).isFalse();
    assertThat(writeOff(settled)).isFalse();
    assertThat(guard.purser.grants().writeOff("nobody's", "mo", "why")).isFalse();

    assertThat(settled("key", ALICES)).isEqualTo(5_000_000);
    assertThat(guard.balance("key", ALICES).held()).isEqualTo(10_000_000);
    guard.close();
    assertThat(guard.controls).isEmpty();
  }

  @Test
  void aSettlementThatComesAllTheSameIsCharged() {
    Reservation cut = cut(8_000);
    writeOff(cut);

    assertThat(cut.settle(Usage.ofTokens(0, 3_000))).isTrue();
    assertThat(cut.settle(Usage.ofTokens(0, 4_000))).isFalse();
    assertThat(writeOff(cut)).isFalse();

    assertThat(settled("key", ALICES)).isEqualTo(30_000_000);
    assertThat(settled("calls", "")).isEqualTo(1);
    // What is known is right, too.
    guard.purser.revise(List.of(Budget.daily("team", Usd.of("1")).per(Dimension.TEAM)));
    assertThat(settled("team", "team=platform")).isEqualTo(30_000_000);
  }

  @Test
  void aReleaseAfterwardsChangesNothing() {
    Reservation cut = cut(8_000);
    writeOff(cut);

    assertThat(cut.release()).isTrue();

    assertThat(settled("key", ALICES)).isZero();
    guard.purser.revise(List.of(Budget.daily("team", Usd.of("1")).per(Dimension.TEAM)));
    assertThat(settled("team", "team=platform")).isZero();
  }

  @Test
  void itIsRecordedAndTakenOffWhatTheScopeHasSpent() {
    try (AttributionScope run = ALICE.open()) {
      Reservation cut = guard.hold(call(8_000));
      cut.abandon(AbandonReason.STREAM_CUT);
      assertThat(run.spent()).isEqualTo(Usd.of("0.08"));
      writeOff(cut);
      assertThat(run.spent()).isEqualTo(Usd.ZERO);
      cut.settle(Usage.ofTokens(0, 1_000));
      assertThat(run.spent()).isEqualTo(Usd.of("0.01"));
      guard.close();

      assertThat(guard.records)
          .extracting(SpendRecord::id, SpendRecord::outcome, SpendRecord::costNanoUsd)
          .containsExactly(
              tuple(cut.id(), Outcome.ABANDONED, 80_000_000L),
              tuple(cut.id(), Outcome.WRITTEN_OFF, 0L),
              tuple(cut.id(), Outcome.CORRECTED, 10_000_000L));
      assertThat(guard.controls).singleElement().satisfies(record -> {
        assertThat(record.kind()).isEqualTo(ControlRecord.Kind.WRITTEN_OFF);
        assertThat(record.subject()).isEqualTo("call " + cut.id());
        assertThat(record.by()).isEqualTo("mo");
        assertThat(record.why()).isEqualTo("the provider billed nothing");
        assertThat(record.facts())
            .containsEntry("call", cut.id())
            .containsEntry("nano_usd", "80000000")
            .containsEntry("key", "alice")
            .containsEntry("reason", "STREAM_CUT");
      });
      assertThat(guard.purser.counters())
          .containsEntry("calls.written_off", 1L)
          .containsEntry("calls.recharged", 1L)
          .containsEntry("control.written_off", 1L);
    }
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }

  @Test
  void oneOfAWindowThatIsOverTakesNothingFromThePresentOne() {
    Reservation cut = cut(8_000);
    guard.clock.forward(Duration.ofDays(1));
    guard.spend(2_000, ALICE);

    assertThat(writeOff(cut)).isTrue();

    assertThat(settled("key", ALICES)).isEqualTo(20_000_000);
  }

  @Test
  void aBudgetPutInForceAfterTheChargeIsGivenBackToAndAfterTheWriteOffIsNot() {
    Reservation first = cut(3_000);
    Reservation second = cut(2_000);
    Budget all = Budget.daily("all", Usd.of("1"));
    guard.purser.revise(List.of(KEY, all));
    assertThat(settled("all", "")).isEqualTo(50_000_000);

    assertThat(writeOff(first)).isTrue();
    assertThat(settled("all", "")).isEqualTo(20_000_000);
    guard.purser.revise(List.of(KEY, all, Budget.daily("team", Usd.of("1")).per(Dimension.TEAM)));
    assertThat(settled("team", "team=platform")).isEqualTo(20_000_000);
    assertThat(writeOff(second)).isTrue();

    assertThat(settled("key", ALICES)).isZero();
    assertThat(settled("all", "")).isZero();
    assertThat(settled("team", "team=platform")).isZero();
  }

  @Test
  void aBudgetThatKnewNothingOfTheCallIsChargedWhenItIsSettledAfterAll() {
    Reservation cut = cut(8_000);
    writeOff(cut);
    guard.purser.revise(List.of(
        KEY,
        Budget.daily("team", Usd.of("1")).per(Dimension.TEAM),
        Budget.rolling("hour", Usd.of("1"), Duration.ofHours(1)),
        Budget.rolling("minute", Usd.of("1"), Duration.ofMinutes(1))));
    guard.clock.forward(Duration.ofMinutes(30));

    cut.settle(Usage.ofTokens(0, 3_000));

    assertThat(settled("key", ALICES)).isEqualTo(30_000_000);
    assertThat(settled("team", "team=platform")).isEqualTo(30_000_000);
    assertThat(settled("hour", "")).isEqualTo(30_000_000);
    // It was made half an hour ago.
    assertThat(settled("minute", "")).isZero();
  }

  @Test
  void whatARollingBudgetCouldNotGiveBackIsNotChargedThereTwice() {
    Reservation cut = cut(8_000);
    Budget hour = Budget.rolling("hour", Usd.of("1"), Duration.ofHours(1));
    guard.purser.revise(List.of(KEY, hour));

    writeOff(cut);
    // Nobody knows whether that budget was charged, so it stays as it is: too much at most.
    assertThat(settled("hour", "")).isEqualTo(80_000_000);
    cut.settle(Usage.ofTokens(0, 3_000));

    assertThat(settled("hour", "")).isEqualTo(80_000_000);
    assertThat(settled("key", ALICES)).isEqualTo(30_000_000);
  }

  @Test
  void whoWaitsIsLetOn() throws Exception {
    try (Guard waiting = new Guard(
        builder -> Guard.with(builder.owner("dana").maxWait(Duration.ofMinutes(20)), KEY))) {
      Reservation open = waiting.hold(call(4_000, ALICE));
      open.carriedBy(null);
      Reservation cut = waiting.hold(call(6_000, ALICE));
      FutureTask<Admission> task = new FutureTask<>(() -> waiting.admit(call(3_000, ALICE)));
      Thread thread = new Thread(task);
      thread.start();
      Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
      cut.abandon(AbandonReason.STREAM_CUT);
      assertThat(task.isDone()).isFalse();

      waiting.purser.grants().writeOff(cut.id(), "mo", "not billed");

      assertThat(task.get(1, TimeUnit.MINUTES)).isInstanceOf(Admission.Admitted.class);
    }
  }

  @Test
  void ofTooManyTheEarliestAreForgottenAndStayCharged() {
    Guard many = Guard.on(Budget.total("all", Usd.of("100")));
    int calls = 10_100;
    for (int i = 0; i < calls; i++) {
      many.hold(call(1)).close();
    }

    List<AbandonedCall> abandoned = many.purser.grants().abandoned();
    assertThat(abandoned).hasSize(10_000);
    abandoned.forEach(
        call -> assertThat(many.purser.grants().writeOff(call.id(), "mo", "a broken proxy"))
            .isTrue());

    assertThat(many.balance("all", "").settled()).isEqualTo(100 * 10_000L);
    assertThat(many.purser.grants().abandoned()).isEmpty();
    many.close();
  }
}
