package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Alert;
import dev.purser.api.Alert.Kind;
import dev.purser.api.Alert.Severity;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is seen when somebody looks, and not when a call ends. */
class AlertsByTimeTest {

  private static final ModelId HAIKU = ModelId.of("anthropic", "claude-haiku-4-5");
  private static final ModelId OPUS = ModelId.of("anthropic", "claude-opus-4-6");

  private final TestClock clock = new TestClock("2026-10-05T12:00:00Z");
  private final List<Alert> alerts = new CopyOnWriteArrayList<>();
  private final Purser purser = Purser.builder()
      .owner("dana@acme.dev")
      .budget(Budget.quarterly("AI coding", Usd.of("100")).owner("cto@acme.dev").noAlerts())
      .clock(clock)
      .sink(record -> {})
      .alertSink(alerts::add)
      .build();

  @AfterEach
  void close() {
    purser.close();
  }

  private void calls(int count, ModelId model) {
    for (int i = 0; i < count; i++) {
      CallIntent intent = CallIntent.builder(model)
          .attribution(Attribution.key("alice").session("run"))
          .outputCap(100)
          .build();
      assertThat(purser.admit(intent).orThrow().settle(Usage.ofTokens(0, 100))).isTrue();
    }
  }

  private List<Alert> seen(Kind kind) {
    assertThat(purser.flush(Duration.ofSeconds(30))).isTrue();
    purser.lookAtAlerts();
    assertThat(purser.flush(Duration.ofSeconds(30))).isTrue();
    return alerts.stream().filter(alert -> alert.kind() == kind).toList();
  }

  @Test
  void aKeyThatMovesToFrontierModelsIsToldOnceADay() {
    for (int day = 0; day < 14; day++) {
      calls(10, HAIKU);
      assertThat(seen(Kind.MODEL_MIX)).isEmpty();
      clock.forward(Duration.ofDays(1));
    }
    clock.forward(Duration.ofHours(2)); // yesterday's calls are 24 hours old
    calls(40, OPUS);

    assertThat(seen(Kind.MODEL_MIX)).singleElement().satisfies(alert -> {
      assertThat(alert.severity()).isEqualTo(Severity.PAGE);
      assertThat(alert.message())
          .isEqualTo("key alice asks frontier models: 40 of 40 in 24 hours, 0 of 140 before");
      assertThat(alert.models()).first().asString().startsWith("anthropic/claude-opus-4-6 $");
    });
    calls(10, OPUS);
    assertThat(seen(Kind.MODEL_MIX)).hasSize(1);
  }

  @Test
  void aKeyThatNeverAskedOthersIsToldOnceAsANotice() {
    calls(40, OPUS);
    assertThat(seen(Kind.MODEL_MIX))
        .singleElement()
        .extracting(Alert::severity)
        .isEqualTo(Severity.NOTICE);
    clock.forward(Duration.ofDays(2));
    calls(40, OPUS);
    assertThat(seen(Kind.MODEL_MIX)).hasSize(1);
  }

  @Test
  void aQuarterThatIsSpentTooFastIsToldItsOwner() {
    CallIntent half = CallIntent.builder(OPUS).outputCap(2_400_000).build();
    assertThat(purser.admit(half).orThrow().settle(Usage.ofTokens(0, 2_400_000)))
        .isTrue();

    assertThat(seen(Kind.QUARTER_PACE)).singleElement().satisfies(alert -> {
      assertThat(alert.owner()).isEqualTo("cto@acme.dev");
      assertThat(alert.message()).contains("has spent $60.00 of $100.00 before 2026-11-12");
    });
    assertThat(seen(Kind.QUARTER_PACE)).hasSize(1);
  }

  @Test
  void costsThatAnswersStateOtherwiseThanTheTableAreTold() {
    CallIntent intent = CallIntent.builder(ModelId.of("openrouter", "openai/gpt-4o"))
        .outputCap(100_000)
        .build();
    Settlement stated = Settlement.of(Usage.ofTokens(0, 100_000)).costing(Usd.of("1.20"));
    assertThat(purser.admit(intent).orThrow().settle(stated)).isTrue();

    assertThat(seen(Kind.COSTS_DIFFER))
        .singleElement()
        .satisfies(alert -> assertThat(alert.message())
            .isEqualTo("answers of openrouter say that they cost $1.20 today,"
                + " the price table says $1.00"));
  }
}
