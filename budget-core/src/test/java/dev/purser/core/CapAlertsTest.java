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
import dev.purser.api.Grant;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Accounts that cross shares of their limits. A thousand tokens that gpt-4o writes cost a cent. */
class CapAlertsTest {

  private static final Budget DAY = Budget.daily("tripwire", Usd.of("1")).per(KEY);

  private final TestClock clock = new TestClock("2026-11-24T12:00:00Z");
  private final List<Alert> alerts = new CopyOnWriteArrayList<>();
  private Purser purser = guard(DAY);

  private Purser guard(Budget... budgets) {
    PurserBuilder builder = Purser.builder()
        .owner("dana@acme.dev")
        .clock(clock)
        .sink(record -> {})
        .alertSink(alerts::add);
    for (Budget budget : budgets) {
      builder.budget(budget);
    }
    return builder.build();
  }

  @AfterEach
  void close() {
    purser.close();
  }

  private Reservation hold(int cents) {
    return purser.admit(call(cents)).orThrow();
  }

  private static CallIntent call(int cents) {
    return CallIntent.builder(ModelId.of("openai", "gpt-4o"))
        .attribution(Attribution.key("alice").session("run"))
        .outputCap(1_000L * cents)
        .build();
  }

  private void spend(int cents) {
    assertThat(hold(cents).settle(Usage.ofTokens(0, 1_000L * cents))).isTrue();
  }

  private List<Alert> caps() {
    assertThat(purser.flush(Duration.ofSeconds(30))).isTrue();
    return alerts.stream().filter(alert -> alert.kind() == Kind.CAP).toList();
  }

  private List<String> shares() {
    return caps().stream().map(alert -> alert.facts().get("percent")).toList();
  }

  @Test
  void eachShareIsToldOnceAndTheWholeIsAPage() {
    for (int i = 0; i < 100; i++) {
      spend(1);
    }
    assertThat(shares()).containsExactly("50", "80", "100");
    assertThat(caps())
        .extracting(Alert::severity)
        .containsExactly(Severity.NOTICE, Severity.NOTICE, Severity.PAGE);
    assertThat(caps().get(0)).satisfies(alert -> {
      assertThat(alert.message())
          .isEqualTo("budget \"tripwire\" (key=alice) has spent $0.50 of $1.00, 50 % and more;"
              + " it resets at 2026-11-25T00:00:00Z");
      assertThat(alert.owner()).isEqualTo("dana@acme.dev");
      assertThat(alert.sessions()).singleElement().asString().startsWith("run $");
      assertThat(alert.next()).isNotEmpty();
    });
  }

  @Test
  void aJumpOverSeveralTellsTheHighest() {
    spend(85);
    assertThat(shares()).containsExactly("80");
    spend(15);
    assertThat(shares()).containsExactly("80", "100");
  }

  @Test
  void whatIsOnlyHeldCrossesNothing() {
    Reservation held = hold(90);
    assertThat(shares()).isEmpty();
    assertThat(held.settle(Usage.ofTokens(0, 10_000))).isTrue();
    assertThat(shares()).isEmpty();
  }

  @Test
  void theNextWindowBeginsAnew() {
    spend(60);
    clock.forward(Duration.ofDays(1));
    spend(60);
    assertThat(shares()).containsExactly("50", "50");
  }

  @Test
  void aRaisedLimitIsYetToBeCrossed() {
    spend(85);
    purser.revise(List.of(Budget.daily("tripwire", Usd.of("2")).per(KEY)));
    spend(10);
    assertThat(shares()).containsExactly("80");
    spend(10);
    assertThat(shares()).containsExactly("80", "50");
    spend(60);
    assertThat(shares()).containsExactly("80", "50", "80");
  }

  @Test
  void aLimitThatIsRaisedALittleTellsNothingAgain() {
    spend(85);
    purser.revise(List.of(Budget.daily("tripwire", Usd.of("1.05")).per(KEY)));
    spend(1);
    assertThat(shares()).containsExactly("80");
  }

  /** What was charged since the last share was crossed counts for what is crossed by now. */
  @Test
  void aLimitThatIsRaisedLaterTellsNothingAgainEither() {
    spend(80);
    spend(14);
    purser.revise(List.of(Budget.daily("tripwire", Usd.of("1.10")).per(KEY)));
    spend(1);
    assertThat(shares()).containsExactly("80");
  }

  @Test
  void aLoweredLimitTellsWhatIsCrossedByIt() {
    spend(45);
    assertThat(shares()).isEmpty();
    purser.revise(List.of(Budget.daily("tripwire", Usd.of("0.50")).per(KEY)));
    assertThat(shares()).containsExactly("80");
  }

  @Test
  void aGrantRaisesTheLimit() {
    spend(100);
    purser
        .grants()
        .grant(Grant.of("tripwire", Usd.of("1")).to("key=alice").by("dana").because("x"));
    spend(60);
    assertThat(shares()).containsExactly("100", "80");
  }

  @Test
  void aBudgetMaySayItsOwnSharesOrNone() {
    purser.close();
    purser = guard(DAY.alertAt(10, 30), Budget.total("all", Usd.of("1")).noAlerts());
    spend(60);
    assertThat(shares()).containsExactly("30");
  }

  @Test
  void ofThreadsThatCrossAtOnceOneTellsIt() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> done = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      done.add(threads.submit(() -> {
        for (int i = 0; i < 12; i++) {
          spend(1);
        }
      }));
    }
    for (Future<?> each : done) {
      each.get(1, TimeUnit.MINUTES);
    }
    threads.shutdown();
    assertThat(shares()).containsExactlyInAnyOrder("50", "80");
  }

  /** What is left of a dollar after 96 cents carries no call of five. */
  @Test
  void aLimitWhoseRestCarriesNoCallIsAPageAsOneThatIsSpent() {
    spend(96);
    assertThat(shares()).containsExactly("80");
    for (int i = 0; i < 3; i++) {
      assertThat(purser.admit(call(5))).isInstanceOf(Admission.Refused.class);
    }
    spend(4);
    assertThat(shares()).containsExactly("80", "96");
    assertThat(caps().get(1)).satisfies(alert -> {
      assertThat(alert.severity()).isEqualTo(Severity.PAGE);
      assertThat(alert.message())
          .contains("has spent $0.96 of $1.00, and calls are refused; it resets at");
    });
  }

  @Test
  void aCallThatIsTooLargeForAFreshBudgetPagesNobody() {
    spend(60);
    assertThat(purser.admit(call(50))).isInstanceOf(Admission.Refused.class);
    assertThat(shares()).containsExactly("50");
  }

  /** Sixty cents within an hour, and again at the end of each stretch for as long as they are in it. */
  @Test
  void whatRollsTellsAgainOnlyWhatIsCrossedAgain() {
    purser.close();
    purser = guard(Budget.rolling("hour", Usd.of("1"), Duration.ofHours(1)));
    clock.forward(Duration.ofMinutes(50));
    spend(60);
    assertThat(shares()).containsExactly("50");
    clock.forward(Duration.ofMinutes(20));
    spend(1);
    purser.lookAtAlerts();
    assertThat(shares()).containsExactly("50");
    clock.forward(Duration.ofMinutes(50));
    purser.lookAtAlerts();
    spend(60);
    assertThat(shares()).containsExactly("50", "50");
  }

  /** A limit that says "off" with large numbers. */
  @Test
  void aLoopThatIsNeverOneSwitchesNoBudgetOff() {
    purser.close();
    purser = Purser.builder()
        .owner("dana@acme.dev")
        .clock(clock)
        .alerts(rules -> rules.loop(Integer.MAX_VALUE, Duration.ofDays(1), Integer.MAX_VALUE))
        .budget(DAY)
        .sink(record -> {})
        .alertSink(alerts::add)
        .build();
    CallIntent.Builder again = CallIntent.builder(ModelId.of("openai", "gpt-4o"))
        .attribution(Attribution.key("alice").session("run"))
        .prompt(Prompt.builder().text("Fix the build.").userTurn().build())
        .outputCap(90_000);
    assertThat(purser.admit(again.build()).orThrow().settle(Usage.ofTokens(0, 90_000)))
        .isTrue();
    assertThat(purser.admit(again.build())).isInstanceOf(Admission.Refused.class);
    assertThat(shares()).containsExactly("80", "90");
    assertThat(alerts).noneMatch(alert -> alert.kind() == Kind.FAULT);
  }

  /** Three models are asked for each of twelve calls, since the first two are down. */
  @Test
  void thatAProviderIsDownIsNoLoop() {
    ModelId model = ModelId.of("openai", "gpt-4o");
    CallIntent.Builder call = CallIntent.builder(model)
        .attribution(Attribution.key("alice").session("run"))
        .prompt(Prompt.builder().text("Fix the build.").userTurn().build())
        .outputCap(100);
    for (int attempt = 1; attempt <= 30; attempt++) {
      purser.admit(call.attempt(attempt).build()).orThrow().release();
    }
    assertThat(caps()).isEmpty();
    assertThat(alerts).noneMatch(alert -> alert.kind() == Kind.LOOP);
    for (int i = 0; i < 9; i++) {
      purser.admit(call.attempt(1).build()).orThrow().release();
    }
    assertThat(purser.flush(Duration.ofSeconds(30))).isTrue();
    assertThat(alerts).anyMatch(alert -> alert.kind() == Kind.LOOP);
  }

  @Test
  void openAlertsAreOverWithTheirWindowOrWhenSomebodyAcknowledgesThem() {
    spend(85);
    Alert open = caps().get(0);
    assertThat(purser.openAlerts()).extracting(Alert::key).contains(open.key());

    assertThat(purser.acknowledge(open.key(), "dana", "seen")).isTrue();
    assertThat(purser.acknowledge(open.key(), "dana", "seen")).isFalse();
    assertThat(purser.openAlerts()).extracting(Alert::key).doesNotContain(open.key());

    spend(15);
    assertThat(shares()).containsExactly("80", "100");
    clock.forward(Duration.ofDays(1));
    purser.lookAtAlerts();
    assertThat(purser.openAlerts())
        .filteredOn(alert -> alert.kind() == Kind.CAP)
        .isEmpty();
  }
}
