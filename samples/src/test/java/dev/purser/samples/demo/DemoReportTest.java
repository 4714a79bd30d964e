package dev.purser.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Measure;
import dev.purser.api.Refusal;
import dev.purser.api.Usd;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoReportTest {

  private static final Refusal REFUSAL = new Refusal(
      Refusal.Reason.EXHAUSTED,
      "demo",
      "",
      "dana@acme.dev",
      Measure.USD,
      1_000_000_000,
      900_000_000,
      0,
      180_000_000,
      null);

  @Test
  void theLineForProgramsHasAFixedForm() {
    assertThat(report(900_000_000_000L, "0.90").json())
        .isEqualTo("{\"sdk\":\"openai\",\"cap_usd\":\"1.00\",\"threads\":8,\"attempted\":100,"
            + "\"served\":5,\"refused\":95,\"provider_billed_usd\":\"0.90\","
            + "\"purser_settled_usd\":\"0.90\",\"overshoot_usd\":\"0.00\"}");
  }

  @Test
  void aBillAboveTheCapIsReportedToTheLastDigit() {
    assertThat(report(1_080_000_000_001L, "1.08").json())
        .contains(
            "\"provider_billed_usd\":\"1.080000000001\"", "\"overshoot_usd\":\"0.080000000001\"");
  }

  @Test
  void aPersonReadsTheNumbersAndWhyCallsWereRefused() {
    assertThat(report(900_000_000_000L, "0.90").text())
        .contains("5 calls", "95 calls", "$0.90", "$1.00", REFUSAL.message());
  }

  private static DemoReport report(long billedPicoUsd, String settled) {
    var outcome = new RunawayLoop.Outcome(5, 95, 3, Optional.of(REFUSAL));
    return new DemoReport(
        DemoOptions.parse(List.of()), outcome, 5, new PicoUsd(billedPicoUsd), Usd.of(settled));
  }
}
