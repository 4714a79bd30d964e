package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Alert;
import dev.purser.api.Alert.Kind;
import dev.purser.api.Alert.Severity;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.JournalOptions;
import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keys did on days is known after restarts, of which each leaves files that are summed up. */
class HistorySurvivesARestartTest {

  @TempDir
  private Path folder;

  private final TestClock clock = new TestClock("2026-11-02T12:00:00Z");
  private final List<Alert> alerts = new CopyOnWriteArrayList<>();

  private void spend(int dollars) {
    try (Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .teamOwner("platform", "lead@acme.dev")
        .alerts(rules -> rules.sessionBurn(Usd.of("1000")))
        .budget(Budget.total("all", Usd.of("10000")).noAlerts())
        .clock(clock)
        .alertSink(alerts::add)
        .journal(JournalOptions.in(folder).fsync(JournalOptions.Fsync.NEVER))
        .build()) {
      CallIntent intent = CallIntent.builder(ModelId.of("anthropic", "claude-opus-4-6"))
          .attribution(Attribution.key("alice").team("platform").session("run"))
          .outputCap(40_000L * dollars)
          .build();
      assertThat(purser.admit(intent).orThrow().settle(Usage.ofTokens(0, 40_000L * dollars)))
          .isTrue();
      assertThat(purser.flush(Duration.ofSeconds(30))).isTrue();
    }
  }

  @Test
  void aSpikeIsSeenByAGuardThatWasStartedThatDay() {
    for (int day = 0; day < 10; day++) {
      spend(10);
      clock.forward(Duration.ofDays(1));
    }
    assertThat(alerts).isEmpty();

    spend(25);
    assertThat(alerts).isEmpty();
    spend(10); // of the same day, by another guard

    assertThat(alerts).singleElement().satisfies(alert -> {
      assertThat(alert.kind()).isEqualTo(Kind.SPIKE);
      assertThat(alert.severity()).isIn(Severity.NOTICE, Severity.PAGE);
      assertThat(alert.message()).startsWith("key alice has spent $35.00 today");
      assertThat(alert.owner()).isEqualTo("lead@acme.dev");
      assertThat(alert.sessions()).containsExactly("run $35.00");
    });
    spend(1);
    assertThat(alerts).hasSize(1);
  }
}
