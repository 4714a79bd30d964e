package dev.purser.core;

import static dev.purser.core.Guard.GPT_4O;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Fit;
import dev.purser.api.Measure;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import org.junit.jupiter.api.Test;

/**
 * Trap 15: a missing {@code max_tokens} reserves everything and is refused with the money unspent.
 * Trap 6: the reservation is shrunk to the headroom and the call admitted as it was. The hold shrinks
 * only together with the request's cap.
 */
class MissingMaxTokensTest {

  private static CallIntent.Builder uncapped() {
    return CallIntent.builder(GPT_4O).capAdjustable(true);
  }

  private static Admission.Admitted admitted(Admission admission) {
    assertThat(admission).isInstanceOf(Admission.Admitted.class);
    return (Admission.Admitted) admission;
  }

  @Test
  void aCallWithoutACapIsFittedToTheMoneyInsteadOfRefused() {
    Guard guard = Guard.on(Budget.daily("day", Usd.of("0.05")));

    Admission.Admitted fitted = admitted(guard.admit(uncapped()));

    // gpt-4o can write 16,384 tokens for $0.16384; five cents pay for 5,000.
    assertThat(fitted.outputCap()).hasValue(5_000);
    assertThat(fitted.reservation().reserved()).isEqualTo(Usd.of("0.05"));
  }

  @Test
  void whoCannotSendTheLoweredCapIsRefusedNotShrunk() {
    Guard guard = Guard.on(Budget.daily("day", Usd.of("0.05")));

    Refusal refusal = guard.refusal(uncapped().capAdjustable(false));

    assertThat(refusal.requested()).isEqualTo(163_840_000);
    assertThat(guard.balance("day", "").held()).isZero();
  }

  @Test
  void aCapThatTheCallerSetIsLoweredOnlyByOption() {
    Guard strict = Guard.on(Budget.daily("day", Usd.of("0.05")));
    Guard fitting = new Guard(builder ->
        Guard.with(builder.owner("dana").fit(Fit.ALL), Budget.daily("day", Usd.of("0.05"))));

    assertThat(strict.refusal(uncapped().outputCap(9_000)).reason())
        .isEqualTo(Refusal.Reason.EXHAUSTED);
    assertThat(admitted(fitting.admit(uncapped().outputCap(9_000))).outputCap()).hasValue(5_000);
  }

  @Test
  void theBudgetIsUsedToTheLastUsefulAnswer() {
    Guard guard = new Guard(builder -> Guard.with(
        builder.owner("dana").fit(Fit.ALL).leastUsefulOutput(500),
        Budget.total("all", Usd.of("1"))));
    long spent = 0;
    while (guard.admit(uncapped().outputCap(16_000)) instanceof Admission.Admitted admitted) {
      long cap = admitted.outputCap().orElse(16_000);
      assertThat(cap).isBetween(500L, 16_000L);
      admitted.reservation().settle(Usage.ofTokens(0, cap * 3 / 4));
      spent += cap * 3 / 4 * 10_000;
    }

    assertThat(guard.balance("all", "").settled()).isEqualTo(spent);
    assertThat(spent).isBetween(995_000_000L, 1_000_000_000L);
    assertThat(guard.refusal(uncapped()).reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
  }

  @Test
  void severalChoicesShareTheMoney() {
    Guard guard = Guard.on(Budget.daily("day", Usd.of("0.05")));

    Admission.Admitted fitted = admitted(guard.admit(uncapped().choices(4)));

    assertThat(fitted.outputCap()).hasValue(1_250);
    assertThat(fitted.reservation().reserved()).isEqualTo(Usd.of("0.05"));
  }

  @Test
  void theTightestMeasureDecides() {
    Guard guard = Guard.on(
        Budget.daily("day", Usd.of("0.05")),
        Budget.of("written", Measure.OUTPUT_TOKENS, 700, Window.HOUR));

    assertThat(admitted(guard.admit(uncapped())).outputCap()).hasValue(700);
  }

  @Test
  void aModelThatThinksIsNotCutToLessThanItsThoughts() {
    Guard guard = Guard.on(Budget.of("written", Measure.OUTPUT_TOKENS, 900, Window.HOUR));
    CallIntent.Builder thinking =
        CallIntent.builder(ModelId.of("openai", "o3-mini")).capAdjustable(true);

    Refusal refusal = guard.refusal(thinking);

    assertThat(refusal.requested()).isEqualTo(1_024);
    assertThat(admitted(guard.admit(uncapped())).outputCap()).hasValue(900);
  }

  @Test
  void attributionHasNoSayInIt() {
    Guard guard = Guard.on(Budget.daily("day", Usd.of("0.001")));

    assertThat(guard.refusal(uncapped().attribution(Attribution.key("k"))).requested())
        .isEqualTo(1_280_000);
  }
}
