package dev.purser.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The ceiling of a whole suite and the report at its end, in a JVM of its own each. */
class SuiteCeilingTest {

  private static final String PROPERTY = "-D" + SuiteListener.PROPERTY + "=";

  @Test
  void aSuiteThatStaysUnderItsCeilingPassesAndSaysWhatItCost() throws Exception {
    OtherJvm suite = OtherJvm.run(List.of(PROPERTY + "$0.60"), "Swallowing");

    // The test itself expects a refusal that this ceiling has no reason for.
    assertThat(suite.output())
        .contains("failed goesOnWithoutAnAnswer()", "passed spendsOnAThreadThatNobodyKnows()")
        .contains("Purser: tests spent $0.60 in 3 calls; the whole suite $0.60 of $0.60")
        .contains("  $0.50  Swallowing.goesOnWithoutAnAnswer: 2 calls, 50000 tokens")
        .contains("  $0.10  Swallowing.spendsOnAThreadThatNobodyKnows: 1 call, 10000 tokens");
    assertThat(suite.exit()).isZero();
  }

  @Test
  void aSuiteThatWouldExceedItsCeilingFailsAlsoIfEveryTestSwallowedTheRefusal() throws Exception {
    OtherJvm suite = OtherJvm.run(List.of(PROPERTY + "0.45"), "Swallowing");

    assertThat(suite.output())
        .contains("SpendCeilingExceededError")
        .contains(
            "The ceiling of the test suite, $0.45, would have been exceeded: $0.20 was spent by"
                + " 2 calls, and openai/gpt-4o was refused: it needs up to $0.40 where")
        .contains("  $0.10  Swallowing.goesOnWithoutAnAnswer: 1 call, 10000 tokens, 1 refused");
    assertThat(suite.exit()).isNotZero();
  }

  @Test
  void anAmountThatIsNoneEndsTheRunBeforeItsFirstTest() throws Exception {
    OtherJvm suite = OtherJvm.run(List.of(PROPERTY + "lots"), "Swallowing");

    assertThat(suite.output())
        .contains("purser.ceiling.suite: needs an amount of dollars such as 0.25, is lots")
        .doesNotContain("passed");
    assertThat(suite.exit()).isNotZero();
  }

  @Test
  void theReportCanBeSwitchedOff() throws Exception {
    OtherJvm suite = OtherJvm.run(List.of("-D" + SuiteListener.REPORT + "=false"), "Swallowing");

    assertThat(suite.output()).contains("passed spendsOn").doesNotContain("Purser:");
  }
}
