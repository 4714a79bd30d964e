package dev.purser.core;

import static dev.purser.core.Guard.call;
import static dev.purser.core.Restarts.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Admission;
import dev.purser.api.Alert;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Credential;
import dev.purser.api.Denial;
import dev.purser.api.Dimension;
import dev.purser.api.Enforcement;
import dev.purser.api.FreezeTarget;
import dev.purser.api.Grant;
import dev.purser.api.GrantInForce;
import dev.purser.api.Measure;
import dev.purser.api.MintedKey;
import dev.purser.api.ModelId;
import dev.purser.api.Secret;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.api.VirtualKey;
import dev.purser.api.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in force besides what the accounts hold: it is the same after a kill as before. */
class StateSurvivesARestartTest {

  private static final Attribution ALICE = Attribution.key("alice").team("platform");
  private static final Budget DAY = Budget.daily("day", Usd.of("1.00")).per(Dimension.KEY);
  private static final Budget RUNS = Budget.daily("runs", Usd.of("1.00")).per(Dimension.SESSION);

  @TempDir
  Path temp;

  private Restarts guards;

  @BeforeEach
  void start() {
    guards = new Restarts(temp.resolve("spend"), with(DAY, RUNS));
  }

  @AfterEach
  void stop() {
    guards.close();
  }

  private Purser kill() {
    return guards.kill(with(DAY, RUNS));
  }

  private static CallIntent.Builder opened(Secret secret, long output) {
    return call(output).credential(Credential.of(secret.reveal()));
  }

  @Test
  void aFreezeStandsUntilSomebodyEndsIt() {
    guards.purser().freeze(FreezeTarget.key("alice"), "dana", "loop");
    guards.purser().freeze(FreezeTarget.session("run 1"), "dana", "looks odd");
    guards.purser().unfreeze(FreezeTarget.session("run 1"), "dana", "was fine");
    kill();

    assertThat(guards.purser().freezes())
        .singleElement()
        .satisfies(freeze -> assertThat(freeze.target()).isEqualTo(FreezeTarget.key("alice")))
        .satisfies(freeze -> assertThat(freeze.why()).isEqualTo("loop"));
    assertThat(guards.admit(call(1_000, ALICE))).isInstanceOf(Admission.Denied.class);

    guards.purser().unfreeze(FreezeTarget.key("alice"), "dana", "mended");
    kill();
    assertThat(guards.purser().freezes()).isEmpty();
  }

  @Test
  void aGrantIsInForceUntilItsTimeIsOver() {
    guards.restart(with(DAY));
    GrantInForce granted = guards
        .purser()
        .grants()
        .grant(Grant.of("day", Usd.of("0.50")).to("key=alice").by("dana").because("release"));
    GrantInForce ended = guards
        .purser()
        .grants()
        .grant(Grant.of("day", Usd.of("9.00")).to("key=alice").by("dana").because("mistake"));
    guards.purser().grants().end(ended.id(), "dana", "mistake");
    guards.spend(call(140_000, ALICE), 140_000);
    guards.kill(with(DAY));

    assertThat(guards.purser().grants().inForce()).containsExactly(granted);
    guards.spend(call(10_000, ALICE), 10_000);
    assertThat(guards.admit(call(1_000, ALICE))).isInstanceOf(Admission.Refused.class);

    guards.clock.forward(Duration.ofDays(1));
    guards.kill(with(DAY));
    assertThat(guards.purser().grants().inForce()).isEmpty();
  }

  @Test
  void aGrantToABudgetThatIsGoneEnds() {
    guards
        .purser()
        .grants()
        .grant(Grant.of("day", Usd.of("0.50")).to("key=alice").by("dana").because("release"));
    guards.kill(with(Budget.daily("another", Usd.of("1"))));
    assertThat(guards.purser().grants().inForce()).isEmpty();
    guards.kill(with(DAY));
    assertThat(guards.purser().grants().inForce()).isEmpty();
  }

  @Test
  void keysThatWereMintedOpenAndThoseRevokedDoNot() {
    Keys keys = guards.purser().keys();
    MintedKey alice =
        keys.mint(VirtualKey.named("alice").team("platform").models("gpt-4o*").owner("mo"), "dana");
    MintedKey bob = keys.mint(VirtualKey.named("bob"), "dana");
    keys.revoke("bob", "dana", "left");
    Secret second = keys.rotate("alice", Duration.ofHours(1), "dana", "monthly").secret();
    List<VirtualKey> before = keys.list();
    kill();

    assertThat(guards.purser().keys().list()).isEqualTo(before);
    assertThat(guards.admit(opened(alice.secret(), 1_000))).isInstanceOf(Admission.Admitted.class);
    assertThat(guards.admit(opened(second, 1_000))).isInstanceOf(Admission.Admitted.class);
    assertThat(guards.admit(opened(bob.secret(), 1_000)))
        .isInstanceOfSatisfying(
            Admission.Denied.class,
            denied -> assertThat(denied.denial().reason()).isEqualTo(Denial.Reason.REVOKED_KEY));
    guards.clock.forward(Duration.ofHours(2));
    kill();
    assertThat(guards.admit(opened(alice.secret(), 1_000))).isInstanceOf(Admission.Denied.class);
    assertThat(guards.admit(opened(second, 1_000))).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void aKeyOfTheConfigurationThatWasRevokedStaysRevoked() {
    Secret secret =
        guards.purser().keys().mint(VirtualKey.named("carol"), "dana").secret();
    VirtualKey carol = guards.purser().keys().list().get(0);
    guards.kill(builder -> with(DAY).apply(builder).key(carol));
    assertThat(guards.admit(opened(secret, 1_000))).isInstanceOf(Admission.Admitted.class);

    guards.purser().keys().revoke("carol", "dana", "stolen");
    guards.kill(builder -> with(DAY).apply(builder).key(carol));
    assertThat(guards.admit(opened(secret, 1_000))).isInstanceOf(Admission.Denied.class);
  }

  @Test
  void anUnnamedKeyKeepsItsAccount() {
    CallIntent.Builder unnamed = call(60_000).credential(Credential.of("sk-ordinary"));
    guards.spend(unnamed, 60_000);
    kill();
    assertThat(guards.admit(unnamed)).isInstanceOf(Admission.Refused.class);
  }

  /** Trap 39: an alert lost by a restart, or fired again by one. */
  @Test
  void anAlertIsToldOnce() {
    ModelId unknown = ModelId.of("openai", "gpt-99");
    guards.hold(CallIntent.builder(unknown).outputCap(10)).settle(Usage.ofTokens(0, 5));
    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> count(Alert.Kind.UNKNOWN_MODEL) == 1);
    guards.restart(with(DAY, RUNS));
    guards.hold(CallIntent.builder(unknown).outputCap(10)).settle(Usage.ofTokens(0, 5));
    guards.purser().close();

    assertThat(count(Alert.Kind.UNKNOWN_MODEL)).isOne();
  }

  @Test
  void anAlertThatBelongsToNoWindowIsToldOnceADay() {
    ModelId unknown = ModelId.of("openai", "gpt-99");
    for (int half = 0; half < 6; half++) {
      guards.hold(CallIntent.builder(unknown).outputCap(10)).settle(Usage.ofTokens(0, 5));
      guards.clock.forward(Duration.ofHours(half % 2 == 0 ? 1 : 23));
      guards.restart(with(DAY, RUNS));
    }
    guards.purser().close();

    assertThat(count(Alert.Kind.UNKNOWN_MODEL)).isEqualTo(3);
  }

  @Test
  void anAlertOfAWindowIsToldOnceAWindow() {
    Budget month = Budget.monthly("month", Usd.of("0.001")).enforcement(Enforcement.OBSERVE);
    guards.restart(with(month));
    for (int day = 0; day < 14; day += 2) { // from the 23rd until the 5th
      guards.spend(call(1_000, ALICE), 1_000);
      guards.clock.forward(Duration.ofDays(2));
      guards.restart(with(month));
    }
    guards.purser().close();

    assertThat(count(Alert.Kind.WOULD_REFUSE)).isEqualTo(2);
  }

  private long count(Alert.Kind kind) {
    return guards.alerts.stream().filter(alert -> alert.kind() == kind).count();
  }

  /** Of the sums of one span, the one that tells whose part a session is may come last. */
  @Test
  void aSubAgentStillDrawsOnItsParent() {
    Attribution first = Attribution.key("a").session("sub").parent("run");
    Attribution later = Attribution.key("a").session("sub");
    guards.spend(call(1_000, first), 1_000);
    guards.spend(call(30_000, later), 30_000);
    guards.clock.forward(Duration.ofSeconds(1));
    guards.spend(call(1_000, first), 1_000);
    long before = guards.balance("runs", "session=run").settled();
    kill();

    assertThat(before).isEqualTo(320_000_000);
    assertThat(guards.balance("runs", "session=run").settled()).isEqualTo(before);
    assertThat(guards.balance("runs", "session=sub").settled()).isEqualTo(before);
  }

  @Test
  void aBillIsNotChargedTwice() {
    guards.hold(call(1).bill("batch:1")).settle(Usage.ofTokens(0, 5_000));
    kill();
    guards.hold(call(1).bill("batch:1")).settle(Usage.ofTokens(0, 8_000));

    assertThat(guards.balance("day", "key=unattributed").settled()).isEqualTo(80_000_000);
  }

  @Test
  void whatWasSpentIsKnownToHistory() {
    for (int day = 0; day < 3; day++) {
      guards.spend(call(50_000, ALICE), 50_000);
      guards.clock.forward(Duration.ofDays(1));
    }
    guards.spend(call(30_000, ALICE), 30_000);
    kill();

    assertThat(guards.purser().suggestedCaps(Dimension.KEY))
        .singleElement()
        .satisfies(cap -> assertThat(cap.medianNanoUsd()).isEqualTo(500_000_000))
        .satisfies(cap -> assertThat(cap.activeDays()).isEqualTo(3));
    guards.purser().revise(List.of(Budget.total("ever", Usd.of("10")).owner("dana")));
    assertThat(guards.balance("ever", "").settled()).isEqualTo(1_800_000_000);
  }

  @Test
  void aRollingWindowForgetsBucketByBucketAsBefore() {
    Budget rolling = Budget.rolling("hour", Usd.of("1.00"), Duration.ofHours(1));
    guards.restart(with(rolling));
    for (int i = 0; i < 6; i++) {
      guards.spend(call(10_000, ALICE), 10_000);
      guards.clock.forward(Duration.ofMinutes(10));
    }
    Instant end = guards.clock.instant();
    guards.kill(with(rolling));

    assertThat(guards.balance("hour", "").settled()).isEqualTo(600_000_000);
    guards.clock.set(end.plus(Duration.ofMinutes(5)));
    assertThat(guards.balance("hour", "").settled()).isEqualTo(500_000_000);
    guards.clock.set(end.plus(Duration.ofMinutes(15)));
    assertThat(guards.balance("hour", "").settled()).isEqualTo(400_000_000);
  }

  @Test
  void aFixedSpanCountsWhatItCovers() {
    Instant noon = guards.clock.instant();
    guards.spend(call(10_000, ALICE), 10_000);
    guards.clock.forward(Duration.ofMinutes(7));
    guards.spend(call(20_000, ALICE), 20_000);
    Budget span = Budget.of(
        "span",
        Measure.USD,
        1_000_000_000,
        Window.between(noon.plusSeconds(60), noon.plusSeconds(3600)));
    guards.kill(with(span));
    assertThat(guards.balance("span", "").settled()).isEqualTo(200_000_000);
  }
}
