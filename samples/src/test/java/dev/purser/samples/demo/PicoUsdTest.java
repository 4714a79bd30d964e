package dev.purser.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PicoUsdTest {

  @Test
  void everyDigitIsShownAndTwoDecimalsAtLeast() {
    assertThat(new PicoUsd(900_087_500_000L)).hasToString("0.9000875");
    assertThat(new PicoUsd(1)).hasToString("0.000000000001");
    assertThat(new PicoUsd(18_000_000_000_000L)).hasToString("18.00");
    assertThat(new PicoUsd(0)).hasToString("0.00");
  }

  @Test
  void overshootIsWhatExceedsTheLimitAndNeverNegative() {
    PicoUsd cap = PicoUsd.ofNanos(1_000_000_000);

    assertThat(new PicoUsd(1_000_000_000_001L).above(cap)).isEqualTo(new PicoUsd(1));
    assertThat(new PicoUsd(1_000_000_000_000L).above(cap)).isEqualTo(new PicoUsd(0));
    assertThat(new PicoUsd(1).above(cap)).isEqualTo(new PicoUsd(0));
  }
}
