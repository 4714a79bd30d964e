package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Candidate;
import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import org.junit.jupiter.api.Test;

/** Trap 41: a downgrade triggered at 4 % of the budget. */
class DowngradeAtFourPercentTrap41Test {

  private static final ModelId OPUS = ModelId.of("anthropic", "claude-opus-4-6");

  private static Guard guard(Budget budget) {
    return new Guard(builder -> builder
        .owner("dana")
        .budget(budget)
        .task("routine", Candidate.of("claude-haiku-4-5"))
        .task("complex", Candidate.of("claude-opus-4-6")));
  }

  private static CallIntent.Builder call(long output) {
    return CallIntent.builder(OPUS)
        .outputCap(output)
        .modelAdjustable(true)
        .attribution(Attribution.NONE.taskClass("complex"));
  }

  @Test
  void fourPercentSpentAndNinetyHeldIsFourPercent() {
    Budget budget = Budget.quarterly("AI coding", Usd.of("10")).downgradeAt(80, "routine");
    try (Guard guard = guard(budget)) {
      guard.hold(call(16_000)).settle(Usage.ofTokens(0, 16_000)); // $0.40
      for (int i = 0; i < 3; i++) {
        guard.hold(call(120_000)); // $3 each, worst case
      }
      Admission.Admitted next = (Admission.Admitted) guard.admit(call(1_000));

      assertThat(next.model()).isEqualTo(OPUS);
    }
  }

  @Test
  void slipOfTheDecimalPointIsRefusedWhenConfigured() {
    assertThatThrownBy(() -> Budget.quarterly("AI coding", Usd.of("10")).downgradeAt(4, "routine"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("between 20% and 100%");
  }
}
