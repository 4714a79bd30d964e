package dev.purser.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same classes, on the oldest and on the newest JUnit that this library works with. */
class OtherJUnitsTest {

  @ParameterizedTest
  @CsvSource({"junit-oldest, 5.10.", "junit-newest, 6."})
  void ceilingsHoldAndMessagesAreTheSame(String junit, String version) throws Exception {
    OtherJvm run = OtherJvm.runOn(junit, "Summaries", "Reports");

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(run.output())
        .contains(
            "JUnit " + version,
            "passed staysUnder(Ceiling)",
            "passed first",
            "passed hasNoCeiling()",
            "passed spendsTenCents()",
            "failed goesOver(): SpendCeilingExceededError: The ceiling of Summaries.goesOver, $0.25,"
                + " would have been exceeded: $0.20 was spent by 2 calls",
            "failed swallowsTheRefusal(): SpendCeilingExceededError",
            "failed second: SpendCeilingExceededError",
            "failed spendsElsewhere(): SpendCeilingExceededError",
            "failed spendsTooMuch(): SpendCeilingExceededError: The ceiling of Reports",
            "failed Reports: SpendCeilingExceededError",
            "Purser: tests spent $1.98012 in 15 calls")
        .doesNotContain("failed countsTogether");
  }
}
