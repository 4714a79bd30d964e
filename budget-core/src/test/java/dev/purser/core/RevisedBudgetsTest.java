package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.purser.api.AbandonReason;
import dev.purser.api.Admission;
import dev.purser.api.Alert;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.Measure;
import dev.purser.api.Refusal;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Budgets that change while calls run: no counter is lost, none is silently refilled. */
class RevisedBudgetsTest {

  private static final Attribution ALICE = Attribution.key("alice").team("platform");
  private static final Attribution BOB = Attribution.key("bob").team("platform");

  private static final Budget KEY = Budget.daily("key", Usd.of("0.10")).per(Dimension.KEY);

  @Test
  void aRaisedLimitTakesEffectAtOnceAndALoweredOneToo() {
    Guard guard = Guard.on(KEY);
    guard.spend(8_000, ALICE);
    assertThat(guard.refusal(call(5_000, ALICE)).reason()).isEqualTo(Refusal.Reason.EXHAUSTED);

    guard.purser.revise(List.of(KEY.limit(200_000_000)));
    guard.spend(5_000, ALICE);
    guard.purser.revise(List.of(KEY.limit(50_000_000)));

    Refusal refusal = guard.refusal(call(1, ALICE));
    assertThat(refusal.reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
    assertThat(refusal.limit()).isEqualTo(50_000_000);
    assertThat(refusal.settled()).isEqualTo(130_000_000);
    guard.hold(call(0, ALICE)).release();
  }

  @Test
  void aRenamedBudgetIsNotRefilled() {
    Guard guard = Guard.on(KEY);
    guard.spend(8_000, ALICE);
    Reservation open = guard.hold(call(1_000, ALICE));

    guard.purser.revise(List.of(KEY.named("tripwire")));

    Refusal refusal = guard.refusal(call(2_000, ALICE));
    assertThat(refusal.budget()).isEqualTo("tripwire");
    assertThat(refusal.settled()).isEqualTo(80_000_000);
    assertThat(refusal.held()).isEqualTo(10_000_000);
    open.settle(Usage.ofTokens(0, 500));
    assertThat(guard.balance("tripwire", "key=alice").settled()).isEqualTo(85_000_000);
  }

  @Test
  void aRedimensionedBudgetStartsWithWhatIsKnown() {
    Guard guard = Guard.on(KEY);
    guard.spend(4_000, ALICE);
    guard.spend(3_000, BOB);

    guard.purser.revise(List.of(
        Budget.daily("key", Usd.of("0.10")).per(Dimension.TEAM),
        Budget.of("written", Measure.OUTPUT_TOKENS, 8_000, Window.MONTH),
        Budget.rolling("hour", Usd.of("0.08"), Duration.ofHours(1))));

    assertThat(guard.balance("key", "team=platform").settled()).isEqualTo(70_000_000);
    assertThat(guard.balance("written", "").settled()).isEqualTo(7_000);
    assertThat(guard.balance("hour", "").settled()).isEqualTo(70_000_000);
    assertThat(guard.refusal(call(2_000, ALICE)).reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
    // What rolls is on the safe side: known by the quarter of an hour, and then by the bucket.
    guard.clock.forward(Duration.ofMinutes(60));
    assertThat(guard.balance("hour", "").settled()).isEqualTo(70_000_000);
    guard.clock.forward(Duration.ofMinutes(17));
    assertThat(guard.balance("hour", "").settled()).isZero();
  }

  @Test
  void whatWasSpentBeforeTheWindowIsNotCounted() {
    Guard guard = Guard.on(KEY);
    guard.spend(4_000, ALICE);
    guard.clock.forward(Duration.ofDays(1));
    guard.spend(1_000, ALICE);

    guard.purser.revise(List.of(
        Budget.daily("team", Usd.of("1")).per(Dimension.TEAM), Budget.weekly("week", Usd.of("1"))));

    assertThat(guard.balance("team", "team=platform").settled()).isEqualTo(10_000_000);
    assertThat(guard.balance("week", "").settled()).isEqualTo(50_000_000);
  }

  @Test
  void openCallsHoldOnTheNewBudgetTooAndAreChargedThere() {
    Guard guard = Guard.on(KEY);
    Reservation settled = guard.hold(call(4_000, ALICE));
    Reservation released = guard.hold(call(4_000, BOB));
    Reservation leased = guard.hold(call(500, BOB));

    Budget team = Budget.daily("team", Usd.of("0.10")).per(Dimension.TEAM);
    guard.purser.revise(List.of(team, Budget.concurrent("slots", 3)));

    assertThat(guard.balance("team", "team=platform").held()).isEqualTo(85_000_000);
    assertThat(guard.refusal(call(2_000, ALICE)).reason()).isEqualTo(Refusal.Reason.HELD);
    assertThat(guard.balance("slots", "").held()).isEqualTo(3);
    settled.settle(Usage.ofTokens(0, 1_000));
    released.release();
    assertThat(guard.balance("team", "team=platform").settled()).isEqualTo(10_000_000);
    assertThat(guard.balance("team", "team=platform").held()).isEqualTo(5_000_000);
    assertThat(guard.balance("slots", "").held()).isEqualTo(1);
    leased.close();
    assertThat(guard.balance("team", "team=platform").settled()).isEqualTo(15_000_000);
  }

  @Test
  void aChargeThatIsCorrectedAfterTheChangeIsCorrectedOnTheNewBudgetToo() {
    Guard guard = Guard.on(KEY);
    Reservation cut = guard.hold(call(8_000, ALICE));
    cut.abandon(AbandonReason.CLOSED_EARLY);

    guard.purser.revise(List.of(Budget.daily("all", Usd.of("0.10"))));
    assertThat(guard.balance("all", "").settled()).isEqualTo(80_000_000);
    assertThat(cut.settle(Usage.ofTokens(0, 3_000))).isTrue();

    assertThat(guard.balance("all", "").settled()).isEqualTo(30_000_000);
    // And once more, now that what is known has been corrected as well.
    guard.purser.revise(List.of(Budget.daily("all", Usd.of("0.10")).per(Dimension.TEAM)));
    assertThat(guard.balance("all", "team=platform").settled()).isEqualTo(30_000_000);
  }

  @Test
  void whatALaterKnownAncestorWasNeverChargedIsNotGivenBackToIt() {
    Budget session = Budget.daily("session", Usd.of("1")).per(Dimension.SESSION);
    Guard guard = Guard.on(session, Budget.total("all", Usd.of("100")));
    Reservation cut = guard.hold(call(90_000, ALICE.session("child")));
    cut.abandon(AbandonReason.CLOSED_EARLY);
    guard.spend(0, ALICE.session("child").parent("root"));
    guard.purser.revise(List.of(session, Budget.total("all", Usd.of("200"))));

    cut.settle(Usage.ofTokens(0, 100));

    assertThat(guard.balance("session", "session=root").settled()).isZero();
    assertThat(guard.balance("session", "session=root").remaining()).isEqualTo(1_000_000_000);
    assertThat(guard.balance("session", "session=child").settled()).isEqualTo(1_000_000);
  }

  @Test
  void aRollingBudgetThatWasAddedLaterGivesNothingBackThatItWasNotCharged() {
    Guard guard = Guard.on(KEY.limit(10_000_000_000L));
    Reservation cut = guard.hold(call(90_000, ALICE));
    cut.abandon(AbandonReason.CLOSED_EARLY);
    guard.clock.forward(Duration.ofMinutes(5));
    Budget rolling = Budget.rolling("minute", Usd.of("1"), Duration.ofMinutes(1));
    guard.purser.revise(List.of(KEY.limit(10_000_000_000L), rolling));
    guard.clock.forward(Duration.ofMinutes(5));

    cut.settle(Usage.ofTokens(0, 100));

    int admitted = 0;
    while (guard.admit(call(10_000, ALICE)) instanceof Admission.Admitted) {
      admitted++;
    }
    assertThat(admitted).isEqualTo(10);
  }

  @Test
  void aSpanThatHasNotBegunIsGivenNothingBackEither() {
    Guard guard = Guard.on(KEY.limit(10_000_000_000L));
    Reservation cut = guard.hold(call(90_000, ALICE));
    cut.abandon(AbandonReason.CLOSED_EARLY);
    Budget sprint = Budget.of(
        "sprint",
        Measure.USD,
        1_000_000_000,
        Window.days(java.time.LocalDate.of(2026, 12, 1), java.time.LocalDate.of(2026, 12, 2)));
    guard.purser.revise(List.of(KEY.limit(10_000_000_000L), sprint));

    cut.settle(Usage.ofTokens(0, 100));

    assertThat(guard.refusal(call(1, ALICE)).budget()).isEqualTo("sprint");
  }

  @Test
  void changingBackAndForthForgetsNothing() {
    Guard guard = Guard.on(KEY);
    for (int i = 0; i < 6; i++) {
      guard.spend(1_000, i % 2 == 0 ? ALICE : BOB);
      guard.purser.revise(List.of(
          i % 2 == 0 ? KEY.per(Dimension.TEAM) : KEY, Budget.monthly("m" + i, Usd.of("1"))));
    }

    assertThat(guard.balance("key", "key=alice").settled()).isEqualTo(30_000_000);
    assertThat(guard.balance("key", "key=bob").settled()).isEqualTo(30_000_000);
    assertThat(guard.balance("m5", "").settled()).isEqualTo(60_000_000);
  }

  @Test
  void wrongBudgetsChangeNothing() {
    Guard guard = Guard.on(KEY);
    guard.spend(8_000, ALICE);

    assertThatThrownBy(() -> guard.purser.revise(
            List.of(Budget.daily("a", Usd.ZERO), Budget.daily("b", Usd.of("-1")))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("\"a\"", "\"b\"", "limit");

    assertThat(guard.refusal(call(5_000, ALICE)).settled()).isEqualTo(80_000_000);
  }

  @Test
  void aFileIsReadAgainOnRequest(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("purser.yaml");
    Files.writeString(file, """
        owner: dana@acme.dev
        budgets:
          - {name: key, limit: $0.10, window: day, per: [key]}
        """);
    Guard guard = new Guard(builder -> builder.configuration(file));
    guard.spend(8_000, ALICE);

    Files.writeString(file, """
        owner: dana@acme.dev
        budgets:
          - {name: key, limit: $0.20, window: day, per: [key]}
          - {name: team, limit: nothing, window: day, per: [team]}
        """);
    assertThatThrownBy(guard.purser::reload)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("purser.yaml:4: budgets[1].limit");
    assertThat(guard.admit(call(5_000, ALICE))).isInstanceOf(Admission.Refused.class);

    Files.writeString(file, """
        owner: dana@acme.dev
        max-wait: 5s
        budgets:
          - {name: key, limit: $0.20, window: day, per: [key]}
        """);
    guard.purser.reload();
    guard.spend(5_000, ALICE);
    assertThat(guard.balance("key", "key=alice").settled()).isEqualTo(130_000_000);
  }

  @Test
  void aWatchedFileIsTakenOverAndAWrongOneIsToldOnce(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("purser.yaml");
    Files.writeString(file, "owner: dana\nbudgets:\n  - {name: a, limit: $1, window: day}\n");
    Guard guard = new Guard(builder -> builder.configuration(file).watch(Duration.ofMillis(10)));
    guard.spend(8_000, ALICE);

    Files.writeString(file, "owner: dana\nbudgets:\n  - {name: a, limit: $1, windw: day}\n");
    await().until(() -> !guard.alerts.isEmpty());
    assertThat(guard.alerts).singleElement().satisfies(alert -> {
      assertThat(alert.kind()).isEqualTo(Alert.Kind.CONFIGURATION);
      assertThat(alert.message()).contains("purser.yaml:3").contains("window");
    });
    Files.writeString(file, "owner: dana\nbudgets:\n  - {name: b, limit: $2, window: day}\n");
    await().until(() -> guard.purser.budgets().get(0).name().equals("b"));

    assertThat(guard.balance("b", "").settled()).isEqualTo(80_000_000);
    assertThat(guard.balance("b", "").limit()).isEqualTo(2_000_000_000);
    guard.close();
  }

  @Test
  void fileAndCodeAreNotMixed(@TempDir Path folder) {
    assertThatThrownBy(() -> Purser.builder()
            .configuration(folder.resolve("purser.yaml"))
            .budget(KEY)
            .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("purser.yaml");
    assertThatThrownBy(() -> Purser.builder()
            .owner("dana")
            .budget(KEY)
            .watch(Duration.ofSeconds(1))
            .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("watch");
  }
}
