package dev.purser.core;

import static dev.purser.api.Dimension.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Alert;
import dev.purser.api.Alert.Kind;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.JournalOptions;
import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.spi.AlertSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trap 39: the same alert on every call past a threshold, or once a process; one that a restart loses, and
 * one that a restart fires again.
 */
class SameAlertOnEveryCallTrap39Test {

  @TempDir
  private Path folder;

  private final TestClock clock = new TestClock("2026-11-24T12:00:00Z");
  private final List<Alert> alerts = new CopyOnWriteArrayList<>();

  private Purser guard(AlertSink sink) {
    return guard("1", sink);
  }

  private Purser guard(String usd, AlertSink sink) {
    return Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.daily("tripwire", Usd.of(usd)).per(KEY))
        .clock(clock)
        .alertSink(sink)
        .journal(JournalOptions.in(folder).fsync(JournalOptions.Fsync.NEVER))
        .build();
  }

  private static void spend(Purser purser, int cents) {
    CallIntent intent = CallIntent.builder(ModelId.of("openai", "gpt-4o"))
        .attribution(Attribution.key("alice"))
        .outputCap(1_000L * cents)
        .build();
    assertThat(purser.admit(intent).orThrow().settle(Usage.ofTokens(0, 1_000L * cents)))
        .isTrue();
  }

  private List<String> shares() {
    return alerts.stream()
        .filter(alert -> alert.kind() == Kind.CAP)
        .map(alert -> alert.facts().get("percent"))
        .toList();
  }

  @Test
  void whatHasArrivedIsNotToldAgainByTheCallsOrAfterARestart() {
    try (Purser purser = guard(alerts::add)) {
      spend(purser, 82);
      for (int i = 0; i < 10; i++) {
        spend(purser, 1);
      }
      assertThat(purser.flush(Duration.ofSeconds(30))).isTrue();
      assertThat(shares()).containsExactly("80");
    }
    try (Purser purser = guard(alerts::add)) {
      spend(purser, 1);
      assertThat(purser.flush(Duration.ofSeconds(30))).isTrue();
      assertThat(shares()).containsExactly("80");
      assertThat(purser.openAlerts()).extracting(Alert::kind).contains(Kind.CAP);

      spend(purser, 7);
      assertThat(purser.flush(Duration.ofSeconds(30))).isTrue();
      assertThat(shares()).containsExactly("80", "100");
    }
    clock.forward(Duration.ofDays(1));
    try (Purser purser = guard(alerts::add)) {
      spend(purser, 50);
      assertThat(purser.flush(Duration.ofSeconds(30))).isTrue();
      assertThat(shares()).containsExactly("80", "100", "50");
    }
  }

  /** Eighty percent of a dollar were told; they are more than half of $1.20, which nobody crossed since. */
  @Test
  void aLimitThatIsRaisedBeforeARestartTellsNothingAgain() {
    try (Purser purser = guard(alerts::add)) {
      spend(purser, 85);
      assertThat(purser.flush(Duration.ofSeconds(30))).isTrue();
    }
    for (int i = 0; i < 2; i++) {
      try (Purser purser = guard("1.20", alerts::add)) {
        assertThat(purser.flush(Duration.ofSeconds(30))).isTrue();
        assertThat(shares()).containsExactly("80");
      }
    }
    try (Purser purser = guard("1.20", alerts::add)) {
      spend(purser, 12);
      assertThat(purser.flush(Duration.ofSeconds(30))).isTrue();
      assertThat(shares()).containsExactly("80", "80");
    }
  }

  /** The sink hangs until it is interrupted, so that the alert was told and has not arrived. */
  @Test
  void whatHadNotArrivedIsToldAfterTheRestart() {
    try (Purser purser = guard(alert -> {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    })) {
      spend(purser, 82);
    }
    try (Purser purser = guard(alerts::add)) {
      assertThat(purser.flush(Duration.ofSeconds(30))).isTrue();
      assertThat(shares()).containsExactly("80");
    }
  }

  /** Nobody watched when the limit was crossed, as if the process had ended in that instant. */
  @Test
  void aCrossingThatNobodySawIsSeenByTheStart() {
    try (Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.daily("tripwire", Usd.of("1")).per(KEY).noAlerts())
        .clock(clock)
        .alertSink(alerts::add)
        .journal(JournalOptions.in(folder).fsync(JournalOptions.Fsync.NEVER))
        .build()) {
      spend(purser, 100);
    }
    assertThat(shares()).isEmpty();
    try (Purser purser = guard(alerts::add)) {
      assertThat(purser.flush(Duration.ofSeconds(30))).isTrue();
      assertThat(shares()).containsExactly("100");
    }
  }
}
