package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Candidate;
import dev.purser.api.Denial;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Reservation;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A model that fails is followed by the next, admitted anew; one that goes on failing is not asked for a while. */
class FallbackTest {

  private static final ModelId HAIKU = ModelId.of("anthropic", "claude-haiku-4-5");
  private static final ModelId MINI = ModelId.of("openai", "gpt-5-mini");
  private static final Duration PAUSE = Duration.ofSeconds(31);

  private Guard guard;

  @BeforeEach
  void start() {
    guard = new Guard(builder -> builder
        .owner("dana")
        .budget(Budget.total("all", Usd.of("1")))
        .task("work", Candidate.of("claude-haiku-4-5"), Candidate.of("gpt-5-mini")));
  }

  @AfterEach
  void close() {
    guard.close();
  }

  private static CallIntent.Builder call(ModelId... tried) {
    return CallIntent.builder(HAIKU)
        .prompt(Prompt.ofTokens(1_000))
        .outputCap(1_000)
        .modelAdjustable(true)
        .reach(model -> true)
        .tried(List.of(tried))
        .attribution(Attribution.NONE.taskClass("work"));
  }

  private ModelId sentTo(CallIntent.Builder call) {
    Admission.Admitted admitted = (Admission.Admitted) guard.admit(call);
    admitted.reservation().settle(Usage.ofTokens(10, 10));
    return admitted.model();
  }

  private void fails(int status) {
    Admission.Admitted admitted = (Admission.Admitted) guard.admit(call());
    assertThat(admitted.model()).isEqualTo(HAIKU);
    admitted.reservation().trace().status(status);
    admitted.reservation().trace().failed("http_" + status);
    admitted.reservation().release();
  }

  @Test
  void eachAttemptHasAReservationAPriceAndARecordOfItsOwn() {
    Reservation first = guard.hold(call());
    first.trace().failed("java.net.ConnectException");
    first.release();
    Admission.Admitted second = (Admission.Admitted) guard.admit(call(HAIKU));
    second.reservation().settle(Usage.ofTokens(1_000, 1_000));
    guard.close();

    assertThat(second.model()).isEqualTo(MINI);
    assertThat(guard.records).extracting(SpendRecord::model).containsExactly(HAIKU, MINI);
    assertThat(guard.records).extracting(r -> r.exchange().attempt()).containsExactly(1, 2);
    assertThat(guard.records)
        .extracting(SpendRecord::routing)
        .containsExactly("task work", "task work; anthropic/claude-haiku-4-5 failed");
    // $0.25 and $2 a million.
    assertThat(guard.records).extracting(SpendRecord::costNanoUsd).containsExactly(0L, 2_250_000L);
  }

  @Test
  void whatWasPossiblyBilledStaysCharged() {
    Reservation first = guard.hold(call());
    first.abandon(AbandonReason.CALL_FAILED);
    long charged = guard.purser.balances().all().get(0).spent();
    assertThat(sentTo(call(HAIKU))).isEqualTo(MINI);

    assertThat(guard.purser.balances().all().get(0).spent()).isGreaterThan(charged);
    assertThat(charged).isPositive();
  }

  @Test
  void whenAllWereTriedThereIsNoOtherAndNothingIsRecorded() {
    Admission admission = guard.admit(call(HAIKU, MINI));

    assertThat(admission)
        .isInstanceOfSatisfying(
            Admission.Denied.class,
            denied -> assertThat(denied.denial().reason()).isEqualTo(Denial.Reason.NO_CANDIDATE));
    guard.close();
    assertThat(guard.records).isEmpty();
  }

  @Test
  void callWithoutATaskClassHasNoOtherModel() {
    Admission admission =
        guard.admit(CallIntent.builder(HAIKU).modelAdjustable(true).tried(List.of(HAIKU)));

    assertThat(admission).isInstanceOf(Admission.Denied.class);
  }

  @Test
  void modelThatGoesOnFailingIsNotAskedUntilItIsTriedAgain() {
    for (int i = 0; i < 5; i++) {
      fails(i % 2 == 0 ? 503 : 429);
    }
    assertThat(sentTo(call())).isEqualTo(MINI);

    guard.clock.forward(PAUSE);
    Reservation trial = guard.hold(call());
    Reservation other = guard.hold(call());
    assertThat(sentTo(call())).as("two calls try it, not more").isEqualTo(MINI);
    for (Reservation each : List.of(trial, other)) {
      each.trace().status(200);
      each.settle(Usage.ofTokens(1, 1));
    }
    assertThat(sentTo(call())).isEqualTo(HAIKU);
  }

  @Test
  void trialThatFailsKeepsItAway() {
    for (int i = 0; i < 5; i++) {
      fails(500);
    }
    guard.clock.forward(PAUSE);
    fails(500);
    fails(500);

    assertThat(sentTo(call())).isEqualTo(MINI);
  }

  @Test
  void requestThatIsWrongInItselfIsNoFaultOfTheModel() {
    for (int i = 0; i < 20; i++) {
      fails(400);
    }
    assertThat(sentTo(call())).isEqualTo(HAIKU);
  }

  @Test
  void trialThatTheBudgetRefusesIsGivenBack() {
    for (int i = 0; i < 5; i++) {
      fails(500);
    }
    guard.clock.forward(PAUSE);
    for (int i = 0; i < 5; i++) {
      assertThat(guard.admit(call().outputCap(60_000).choices(100)))
          .isInstanceOf(Admission.Refused.class);
    }
    assertThat(sentTo(call())).isEqualTo(HAIKU);
  }

  @Test
  void whereAllAreOutOfOrderTheFirstIsTriedAllTheSame() {
    guard.close();
    guard = new Guard(builder -> builder
        .owner("dana")
        .budget(Budget.total("all", Usd.of("1")))
        .task("work", Candidate.of("claude-haiku-4-5")));
    for (int i = 0; i < 6; i++) {
      fails(500);
    }
    assertThat(sentTo(call())).isEqualTo(HAIKU);
  }
}
