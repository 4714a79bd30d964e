package dev.purser.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Measure;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal;
import dev.purser.api.Usd;
import java.time.Instant;
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

  @Test
  void amongSeveralBudgetsTheWorstThatRefusesCounts() {
    DemoReport report = report(
        900_000_000_000L,
        "0.90",
        List.of(
            Budget.daily("wide", Usd.of("5")),
            Budget.daily("narrow", Usd.of("0.80")),
            Budget.daily("narrower, watching", Usd.of("0.10")).observe()),
        "--config",
        "a file.yaml");

    assertThat(report.overshoot()).isEqualTo(new PicoUsd(100_000_000_000L));
    assertThat(report.text())
        .contains(
            "its budgets are those of a file.yaml",
            "wide, $5.00 per day: overshoot $0.00\n",
            "narrow, $0.80 per day: overshoot $0.10\n",
            "narrower, watching, $0.10 per day: overshoot $0.80 (only observes)\n")
        .doesNotContain("  cap");
    assertThat(report.json())
        .isEqualTo("{\"sdk\":\"openai\",\"threads\":8,\"attempted\":100,"
            + "\"served\":5,\"refused\":95,\"provider_billed_usd\":\"0.90\","
            + "\"purser_settled_usd\":\"0.90\",\"overshoot_usd\":\"0.10\",\"budgets\":["
            + "{\"name\":\"wide\",\"limit\":\"$5.00\",\"enforcement\":\"block\","
            + "\"overshoot_usd\":\"0.00\"},"
            + "{\"name\":\"narrow\",\"limit\":\"$0.80\",\"enforcement\":\"block\","
            + "\"overshoot_usd\":\"0.10\"},"
            + "{\"name\":\"narrower, watching\",\"limit\":\"$0.10\","
            + "\"enforcement\":\"observe\",\"overshoot_usd\":\"0.80\","
            + "\"note\":\"only observes\"}]}");
  }

  private static DemoReport report(long billedPicoUsd, String settled) {
    return report(billedPicoUsd, settled, List.of(Budget.total("demo", Usd.of("1.00"))));
  }

  private static DemoReport report(
      long billedPicoUsd, String settled, List<Budget> budgets, String... options) {
    var outcome = new RunawayLoop.Outcome(5, 95, 3, Optional.of(REFUSAL));
    PicoUsd billed = new PicoUsd(billedPicoUsd);
    RunEvidence run = new RunEvidence(
        Instant.EPOCH, Instant.EPOCH, Attribution.NONE, ModelId.of("openai", "gpt-4o"), billed);
    return new DemoReport(
        DemoOptions.parse(List.of(options)),
        outcome,
        5,
        billed,
        Usd.of(settled),
        budgets.stream().map(budget -> Verdict.of(budget, run)).toList());
  }
}
