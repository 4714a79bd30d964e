package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoopGuardTest {

  @Test
  void admitsEverythingAsAskedAndChargesNothing() {
    CallIntent intent = CallIntent.builder(ModelId.of("openai", "gpt-4o")).build();

    Admission admission = BudgetGuard.noop().admit(intent);

    assertThat(admission).isInstanceOf(Admission.Admitted.class);
    try (Reservation held = admission.orThrow()) {
      assertThat(held.reserved()).isEqualTo(Usd.ZERO);
      assertThat(held.settle(Usage.ofTokens(1, 1))).isFalse();
    }
  }
}
