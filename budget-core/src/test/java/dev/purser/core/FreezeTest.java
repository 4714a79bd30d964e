package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Budget;
import dev.purser.api.CallDeniedException;
import dev.purser.api.ControlRecord;
import dev.purser.api.Denial;
import dev.purser.api.Dimension;
import dev.purser.api.FreezeTarget;
import dev.purser.api.PassingCall;
import dev.purser.api.Reservation;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.spi.RecordSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is stopped by a freeze, and what becomes of calls that are open or wait. */
class FreezeTest {

  private static final Attribution ALICE =
      Attribution.key("alice").team("platform").session("fix-1");
  private static final Attribution BOB = Attribution.key("bob").team("research").session("fix-2");

  static List<FreezeTarget> alices() {
    return List.of(
        FreezeTarget.key("alice"),
        FreezeTarget.team("platform"),
        FreezeTarget.session("fix-1"),
        FreezeTarget.everything());
  }

  private static Denial denial(Admission admission) {
    assertThat(admission).isInstanceOf(Admission.Denied.class);
    return ((Admission.Denied) admission).denial();
  }

  private static Guard guard() {
    return Guard.on(Budget.daily("tripwire", Usd.of("1")).per(Dimension.KEY));
  }

  @ParameterizedTest
  @MethodSource("alices")
  void whatIsNamedIsStoppedAndNothingElse(FreezeTarget target) {
    try (Guard guard = guard()) {
      assertThat(guard.purser.freeze(target, "dana@acme.dev", "runaway loop")).isTrue();

      Denial denial = denial(guard.admit(call(100, ALICE)));
      assertThat(denial.reason()).isEqualTo(Denial.Reason.FROZEN);
      assertThat(denial.key()).isEqualTo("alice");
      assertThat(denial.message())
          .contains(target.toString())
          .contains("dana@acme.dev")
          .contains("runaway loop");
      if (target.equals(FreezeTarget.everything())) {
        assertThat(guard.admit(call(100, BOB))).isInstanceOf(Admission.Denied.class);
      } else {
        guard.spend(100, BOB);
      }
      assertThat(guard.balance("tripwire", "key=alice").held()).isZero();

      assertThat(guard.purser.unfreeze(target, "dana@acme.dev", "fixed")).isTrue();
      guard.spend(100, ALICE);
    }
  }

  @Test
  void aDenialIsThrownByOrThrowAndCanBeReadFromItsMessageByTheToken() {
    try (Guard guard = guard()) {
      guard.purser.freeze(FreezeTarget.key("alice"), "dana", "loop & <more>");
      assertThatExceptionOfType(CallDeniedException.class)
          .isThrownBy(() -> guard.hold(call(100, ALICE)))
          .satisfies(e ->
              assertThat(Denial.parse("x " + e.denial().token() + "\" y")).contains(e.denial()));
    }
  }

  @Test
  void theSubAgentsOfAFrozenSessionAreStoppedTooAndItsParentIsNot() {
    try (Guard guard = guard()) {
      try (AttributionScope run = ALICE.open();
          AttributionScope sub = Attribution.NONE.session("fix-1/tests").open()) {
        assertThat(run.attribution().session()).isEqualTo("fix-1");
        assertThat(sub.attribution().ancestors()).containsExactly("fix-1");
        guard.hold(call(100)).release();

        guard.purser.freeze(FreezeTarget.session("fix-1/tests"), "dana", "loop");
        denial(guard.admit(call(100)));
      }
      guard.hold(call(100, ALICE)).release();

      guard.purser.unfreeze(FreezeTarget.session("fix-1/tests"), "dana", "fixed");
      guard.purser.freeze(FreezeTarget.session("fix-1"), "dana", "loop");
      denial(guard.admit(call(100, ALICE)));
      // The link was learnt from an earlier call; this one does not name its parent.
      denial(guard.admit(call(100, Attribution.key("alice").session("fix-1/tests"))));
    }
  }

  @Test
  void whoFrozeAndWhyIsRecordedAndASecondFreezeChangesNothing() {
    List<ControlRecord> done = new CopyOnWriteArrayList<>();
    RecordSink sink = new RecordSink() {
      @Override
      public void accept(SpendRecord record) {}

      @Override
      public void control(ControlRecord record) {
        done.add(record);
      }
    };
    Guard guard = new Guard(builder ->
        Guard.with(builder.owner("dana").sink(sink), Budget.daily("tripwire", Usd.of("1"))));
    FreezeTarget alice = FreezeTarget.key("alice");
    assertThat(guard.purser.freeze(alice, "dana", "loop")).isTrue();
    assertThat(guard.purser.freeze(alice, "mo", "me too")).isFalse();
    assertThat(guard.purser.freezes()).singleElement().satisfies(freeze -> {
      assertThat(freeze.by()).isEqualTo("dana");
      assertThat(freeze.at()).isEqualTo(guard.clock.instant());
    });
    denial(guard.admit(call(100, ALICE)));
    assertThat(guard.purser.unfreeze(alice, "mo", "fixed")).isTrue();
    assertThat(guard.purser.unfreeze(alice, "mo", "fixed")).isFalse();
    assertThat(guard.purser.freezes()).isEmpty();
    assertThat(guard.purser.counters())
        .containsEntry("calls.denied.frozen", 1L)
        .containsEntry("control.frozen", 1L)
        .containsEntry("control.unfrozen", 1L);
    guard.close();

    assertThat(done)
        .extracting(
            ControlRecord::kind, ControlRecord::subject, ControlRecord::by, ControlRecord::why)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                ControlRecord.Kind.FROZEN, "key alice", "dana", "loop"),
            org.assertj.core.groups.Tuple.tuple(
                ControlRecord.Kind.UNFROZEN, "key alice", "mo", "fixed"));
    assertThat(guard.records).singleElement().satisfies(record -> {
      assertThat(record.outcome()).isEqualTo(SpendRecord.Outcome.DENIED);
      assertThat(record.costNanoUsd()).isZero();
      assertThat(record.attribution()).isEqualTo(ALICE);
      assertThat(record.denial()).isNotNull();
    });
  }

  @Test
  void anOpenCallIsCutOnceAndStillSettlesWhatItHad() {
    try (Guard guard = guard()) {
      Reservation held = guard.hold(call(1_000, ALICE));
      List<Denial> cuts = new ArrayList<>();
      assertThat(held.onCut(cuts::add)).isEmpty();
      Reservation others = guard.hold(call(1_000, BOB));
      assertThat(others.onCut(denial -> {
            throw new AssertionError("bob is not frozen");
          }))
          .isEmpty();

      guard.purser.freeze(FreezeTarget.key("alice"), "dana", "loop");
      guard.purser.freeze(FreezeTarget.key("alice"), "dana", "again");
      assertThat(cuts)
          .singleElement()
          .satisfies(denial -> assertThat(denial.message()).contains("loop"));
      assertThat(guard.purser.counters()).doesNotContainKey("fault.cut");

      held.settle(Usage.ofTokens(0, 10));
      assertThat(guard.balance("tripwire", "key=alice").settled()).isEqualTo(100_000);
      assertThat(guard.balance("tripwire", "key=alice").held()).isZero();
    }
  }

  @Test
  void aCallThatWasAdmittedBeforeTheFreezeAndIsNotSentYetLearnsOfItWhenItSaysHowToCutIt() {
    try (Guard guard = guard()) {
      Reservation held = guard.hold(call(1_000, ALICE));
      guard.purser.freeze(FreezeTarget.key("alice"), "dana", "loop");
      assertThat(held.onCut(denial -> {
            throw new AssertionError("not to be run");
          }))
          .hasValueSatisfying(
              denial -> assertThat(denial.reason()).isEqualTo(Denial.Reason.FROZEN));
      assertThat(held.release()).isTrue();
    }
  }

  @Test
  void aCallWhoseLeaseIsOverIsCutTooAndOneThatIsOverIsNot() {
    try (Guard guard = guard()) {
      List<Denial> cuts = new ArrayList<>();
      Reservation longer = guard.hold(call(1_000, ALICE));
      assertThat(longer.onCut(cuts::add)).isEmpty();
      for (int i = 0; i < 3; i++) {
        Reservation over = guard.hold(call(1_000, ALICE));
        assertThat(over.onCut(denial -> {
              throw new AssertionError("it is over");
            }))
            .isEmpty();
        switch (i) {
          case 0 -> over.close();
          case 1 -> over.release();
          default -> over.settle(Usage.ofTokens(0, 10));
        }
      }
      guard.clock.forward(Duration.ofMinutes(16));
      assertThat(guard.purser.reap()).isEqualTo(1);

      guard.purser.freeze(FreezeTarget.key("alice"), "dana", "loop");
      assertThat(cuts).hasSize(1);
      assertThat(guard.purser.counters()).doesNotContainKey("fault.cut");
    }
  }

  @Test
  void aCutThatFailsKeepsNoOtherCallFromBeingCut() {
    try (Guard guard = guard()) {
      List<Denial> cuts = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        guard.hold(call(1_000, ALICE)).onCut(denial -> {
          cuts.add(denial);
          throw new OutOfMemoryError("not really");
        });
      }
      guard.purser.freeze(FreezeTarget.team("platform"), "dana", "loop");
      assertThat(cuts).hasSize(10);
      assertThat(guard.purser.counters()).containsEntry("fault.cut", 10L);
    }
  }

  @Test
  void aCallThatWaitsIsDeniedAtOnceAndAnotherThatWaitsBehindItGoesOn() throws Exception {
    Guard guard = new Guard(builder -> Guard.with(
        builder.owner("dana").maxWait(Duration.ofMinutes(1)), Budget.daily("all", Usd.of("0.01"))));
    try (guard) {
      Reservation all =
          OwnThread.supply(() -> guard.hold(call(1_000, BOB))).get(10, TimeUnit.SECONDS);
      CompletableFuture<Admission> first = OwnThread.supply(() -> guard.admit(call(1_000, ALICE)));
      Awaitility.await().until(() -> waiting(guard) == 1);
      CompletableFuture<Admission> second = OwnThread.supply(() -> guard.admit(call(1_000, BOB)));
      Awaitility.await().until(() -> waiting(guard) == 2);

      guard.purser.freeze(FreezeTarget.key("alice"), "dana", "loop");
      denial(first.get(10, TimeUnit.SECONDS));
      assertThat(second).isNotDone();
      all.release();
      assertThat(second.get(10, TimeUnit.SECONDS)).isInstanceOf(Admission.Admitted.class);
    }
  }

  @Test
  void aCallThatIsFrozenBehindAnotherThatWaitsIsDeniedAtOnceToo() throws Exception {
    Guard guard = new Guard(builder -> Guard.with(
        builder.owner("dana").maxWait(Duration.ofMinutes(1)), Budget.daily("all", Usd.of("0.01"))));
    try (guard) {
      Reservation all =
          OwnThread.supply(() -> guard.hold(call(1_000, BOB))).get(10, TimeUnit.SECONDS);
      CompletableFuture<Admission> first = OwnThread.supply(() -> guard.admit(call(1_000, BOB)));
      Awaitility.await().until(() -> waiting(guard) == 1);
      CompletableFuture<Admission> second = OwnThread.supply(() -> guard.admit(call(1_000, ALICE)));
      Awaitility.await().until(() -> waiting(guard) == 2);

      guard.purser.freeze(FreezeTarget.key("alice"), "dana", "loop");
      denial(second.get(10, TimeUnit.SECONDS));
      assertThat(first).isNotDone();
      all.release();
      assertThat(first.get(10, TimeUnit.SECONDS)).isInstanceOf(Admission.Admitted.class);
    }
  }

  @Test
  void nobodyFreezesForNoReason() {
    try (Guard guard = guard()) {
      for (String[] said : new String[][] {{" ", "loop"}, {"dana", ""}}) {
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
            .isThrownBy(() -> guard.purser.freeze(FreezeTarget.everything(), said[0], said[1]));
      }
      guard.spend(100, ALICE);
    }
  }

  private static int waiting(Guard guard) {
    return guard.purser.waiting();
  }

  @Test
  void requestsThatAreNotCountedAreStoppedTooAndLeaveARecord() {
    try (Guard guard = guard()) {
      PassingCall batch =
          new PassingCall("openai", "POST api.openai.com/v1/batches", ALICE, null, true);
      Reservation open = guard.purser.pass(batch).orThrow();
      Reservation over = guard.purser.pass(batch).orThrow();
      Reservation late = guard.purser.pass(batch).orThrow();
      List<Denial> cuts = new ArrayList<>();
      assertThat(open.onCut(cuts::add)).isEmpty();
      assertThat(over.onCut(cuts::add)).isEmpty();
      assertThat(over.release()).isTrue();

      guard.purser.freeze(FreezeTarget.everything(), "dana", "quarter is over");
      assertThat(cuts).hasSize(1);
      assertThat(late.onCut(cuts::add)).isPresent();
      assertThat(denial(guard.purser.pass(batch)).reason()).isEqualTo(Denial.Reason.FROZEN);
      assertThat(guard.purser.counters()).containsEntry("calls.denied.frozen", 1L);
    }
  }
}
