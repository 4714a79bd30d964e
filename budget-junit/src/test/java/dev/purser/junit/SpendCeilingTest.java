package dev.purser.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.BudgetExceededException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Test classes under ceilings, run through the launcher. */
class SpendCeilingTest {

  private static Launching summaries;
  private static Launching reports;

  @BeforeAll
  static void run() {
    summaries = Launching.of(Map.of(), "Summaries");
    reports = Launching.of(Map.of(), "Reports");
  }

  private static String message(Launching run, String test) {
    assertThat(run.failed()).containsKey(test);
    assertThat(run.failed().get(test)).isInstanceOf(SpendCeilingExceededError.class);
    return run.failed().get(test).getMessage();
  }

  @Test
  void whatStaysUnderPasses() {
    assertThat(summaries.passed())
        .containsExactlyInAnyOrder(
            "staysUnder(Ceiling)",
            "repetition 1 of 2",
            "repetition 2 of 2",
            "first",
            "hasNoCeiling()");
  }

  @Test
  void theMessageSaysWhatWasSpentByWhichCallsOnWhichModel() {
    assertThat(message(summaries, "goesOver()")).isEqualTo("""
            The ceiling of Summaries.goesOver, $0.25, would have been exceeded: \
            $0.20 was spent by 2 calls, and openai/gpt-4o was refused: \
            it needs up to $0.10 where $0.05 is left
              openai/gpt-4o: 2 calls, 0 tokens in, 20000 out, $0.20
            calls:
              openai/gpt-4o $0.10, 0 tokens in, 10000 out
              openai/gpt-4o $0.10, 0 tokens in, 10000 out
            refused:
              openai/gpt-4o: Refused: budget "ceiling of Summaries.goesOver" is exhausted: \
            $0.20 spent and $0.00 held of $0.25, the call needs up to $0.10; \
            the budget does not reset; owner the test suite""");
    assertThat(summaries.failed().get("goesOver()"))
        .hasCauseInstanceOf(BudgetExceededException.class);
  }

  @Test
  void aRefusalThatIsSwallowedFailsTheTestAllTheSame() {
    assertThat(message(summaries, "swallowsTheRefusal()"))
        .startsWith(
            "The ceiling of Summaries.swallowsTheRefusal, $0.25, would have been exceeded: $0.0001 was"
                + " spent by 1 call, and openai/gpt-4o was refused: it needs up to $0.30");
  }

  @Test
  void aBillAboveItsHoldFailsTheTest() {
    assertThat(message(summaries, "isBilledMore()"))
        .startsWith("The ceiling of Summaries.isBilledMore, $0.25, was exceeded: $0.26 was spent by"
            + " 1 call");
  }

  @Test
  void tokensAndRequestsHaveCeilingsToo() {
    assertThat(message(summaries, "readsTooMuch()"))
        .contains("1000 tokens, would have been exceeded", "it needs up to 1001 tokens");
    assertThat(message(summaries, "callsTooOften()"))
        .contains("2 requests, would have been exceeded", "spent by 2 calls");
  }

  @Test
  void otherThreadsOfTheTestCount() {
    assertThat(message(summaries, "spendsElsewhere()")).contains("$0.03 was spent by 1 call");
  }

  @Test
  void theTestsOfAFactoryCountTogether() {
    assertThat(message(summaries, "second"))
        .startsWith("The ceiling of Summaries.countsTogether, $0.05, would have been exceeded");
    assertThat(summaries.failed()).doesNotContainKey("countsTogether()");
  }

  @Test
  void anAmountThatIsNoneFailsWithAClearMessage() {
    assertThat(summaries.failed().get("saysNoAmount()"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "@SpendCeiling of Summaries.saysNoAmount: needs an amount of dollars such as 0.25,"
                + " is a lot");
  }

  @Test
  void theTestsOfAClassShareItsCeiling() {
    assertThat(reports.passed()).contains("spendsTenCents()");
    assertThat(message(reports, "spendsTooMuch()"))
        .startsWith("The ceiling of Reports, $0.25, would have been exceeded: $0.15 was spent by 2"
            + " calls, and openai/gpt-4o was refused: it needs up to $0.11 where $0.10 is left");
    assertThat(message(reports, "isStillUnderThatOfTheClass()"))
        .startsWith("The ceiling of Reports,");
  }

  @Test
  void aNestedClassIsInsideTheOneAroundIt() {
    assertThat(reports.passed()).contains("staysUnder()");
    assertThat(message(reports, "isUnderTheOuterOne()")).startsWith("The ceiling of Reports,");
  }

  @Test
  void whatIsRefusedOutsideOfTestsFailsTheClass() {
    assertThat(message(reports, "Reports"))
        .startsWith("The ceiling of Reports, $0.25, would have been exceeded: $0.17 was spent by 3"
            + " calls, and openai/gpt-4o was refused: it needs up to $1.00");
  }

  @Test
  void reportEntriesSayWhatATestCost() {
    assertThat(summaries.entries().get("staysUnder(Ceiling)"))
        .containsEntry("purser.usd", "0.25")
        .containsEntry("purser.calls", "2")
        .containsEntry("purser.tokens", "25000")
        .containsEntry("purser.models", "openai/gpt-4o");
    assertThat(summaries.entries()).doesNotContainKey("hasNoCeiling()");
  }

  @Test
  void testsThatRunAtTheSameTimeDoNotSeeEachOther() {
    Launching parallel = Launching.of(
        Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"),
        "Parallel");

    assertThat(parallel.failed()).isEmpty();
    assertThat(parallel.passed()).hasSize(4);
  }
}
