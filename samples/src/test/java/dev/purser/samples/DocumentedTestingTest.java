package dev.purser.samples;

import static dev.purser.junit.SpendAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Ceiling;
import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.junit.SpendCeiling;
import dev.purser.junit.SpendRecorder;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines of {@code docs/testing.md}, run as they stand there. */
class DocumentedTestingTest {

  private static final Logger log = LoggerFactory.getLogger(DocumentedTestingTest.class);

  private final Purser guard = Purser.builder()
      .owner("dana@acme.dev")
      .budget(Budget.daily("tripwire", Usd.of("75")))
      .sink(record -> {})
      .build();
  private final Summaries summarizer = new Summaries();
  private final Summaries report = summarizer;

  private final class Summaries {
    void run() {
      guard
          .admit(CallIntent.builder(ModelId.of("openai", "gpt-4o"))
              .outputCap(1_000)
              .build())
          .orThrow()
          .settle(Usage.ofTokens(0, 1_000));
    }
  }

  @AfterEach
  void close() {
    guard.close();
  }

  @Nested
  @SpendCeiling("0.25") // USD, for this test class or method
  class SummarizerTest {

    @Test
    @SpendCeiling(value = "0.05", tokens = 20_000, requests = 3)
    void summarizesInOneCall(Ceiling spend) {
      summarizer.run();
      assertThat(spend).spentAtMost("0.02").madeCalls(1).calledOnly("gpt-4o*").refusedNothing();
    }
  }

  @Test
  void recorder() {
    SpendRecorder spend = new SpendRecorder();
    Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.daily("tripwire", Usd.of("75")))
        .sink(spend)
        .build();
    purser.flush(Duration.ofSeconds(10));
    assertThat(spend).spentAtMost("0.10").madeAtMostCalls(3).refusedNothing();
    purser.close();
  }

  @Test
  void withoutJUnit() {
    try (Ceiling ceiling = Ceiling.open(Budget.total("nightly report", Usd.of("2.50")))) {
      report.run();
      log.info("the report cost {}", ceiling.spent());
      assertThat(ceiling.spent()).isEqualTo(Usd.of("0.01"));
    }
  }
}
