package dev.purser.core;

import static dev.purser.api.Dimension.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Admission;
import dev.purser.api.Alert;
import dev.purser.api.Alert.Kind;
import dev.purser.api.Alert.Severity;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The loop that would have spent $8,000 from Friday 18:00 to Monday 08:00, and who hears of it when. */
class WeekendTest {

  private static final Instant FRIDAY = Instant.parse("2026-11-27T18:00:00Z");
  private static final Instant MONDAY = Instant.parse("2026-11-30T08:00:00Z");
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Usage CALL = Usage.ofTokens(50_000, 4_400);

  private final List<Alert> alerts = new CopyOnWriteArrayList<>();
  private volatile Instant now = FRIDAY;
  private final Purser purser = Purser.builder()
      .owner("dana@acme.dev")
      .budget(Budget.daily("tripwire", Usd.of("75")).per(KEY))
      .clock(() -> now)
      .sink(record -> {})
      .alertSink(alerts::add)
      .build();

  private Alert first(Kind kind) {
    return alerts.stream().filter(alert -> alert.kind() == kind).findFirst().orElseThrow();
  }

  @Test
  void theOwnerHearsOfItWithinMinutesAndTheCapHolds() {
    CallIntent intent = CallIntent.builder(ModelId.of("anthropic", "claude-opus-4-6"))
        .prompt(
            Prompt.builder().text("Fix the build.").tokens(50_000).userTurn().build())
        .outputCap(4_400)
        .attribution(Attribution.key("alice").session("night").team("platform"))
        .build();
    List<Instant> refused = new ArrayList<>();
    long wanted = 0;
    while (now.isBefore(MONDAY)) {
      wanted++;
      if (purser.admit(intent) instanceof Admission.Admitted admitted) {
        admitted.reservation().settle(CALL);
      } else {
        refused.add(now);
      }
      now = now.plus(EVERY);
    }
    assertThat(purser.flush(Duration.ofSeconds(30))).isTrue();

    Usd each = Usd.of("0.36");
    assertThat(wanted * each.nanos())
        .as("what it would have cost")
        .isGreaterThan(8_000_000_000_000L);
    assertThat(refused.get(0)).isBefore(FRIDAY.plus(Duration.ofMinutes(36)));
    long spent = purser.topSpenders(KEY, FRIDAY, 5).get(0).spent().nanos();
    assertThat(spent)
        .as("four days of UTC")
        .isLessThanOrEqualTo(4 * Usd.of("75").nanos());
    assertThat(purser.sessions().get(0).session()).isEqualTo("night");
    assertThat(purser.sessions().get(0).spent().nanos()).isEqualTo(spent);

    assertThat(first(Kind.LOOP).at()).isBefore(FRIDAY.plus(Duration.ofMinutes(2)));
    Alert burn = first(Kind.SESSION_BURN);
    assertThat(burn.at()).isBefore(FRIDAY.plus(Duration.ofMinutes(10)));
    assertThat(burn.severity()).isEqualTo(Severity.PAGE);
    assertThat(burn.owner()).isEqualTo("dana@acme.dev");
    assertThat(burn.sessions()).singleElement().asString().startsWith("night $");
    assertThat(burn.models()).singleElement().asString().startsWith("anthropic/claude-opus-4-6 $");
    assertThat(burn.next()).isNotEmpty();
    assertThat(alerts)
        .filteredOn(alert -> alert.kind() == Kind.CAP && alert.at().isBefore(refused.get(0)))
        .extracting(alert -> alert.facts().get("percent"))
        .containsExactly("50", "80");
  }
}
