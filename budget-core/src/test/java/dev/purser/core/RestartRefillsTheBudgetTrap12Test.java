package dev.purser.core;

import static dev.purser.core.Guard.call;
import static dev.purser.core.Restarts.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.AbandonedCall;
import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.RecoveryReport;
import dev.purser.api.Usd;
import dev.purser.spi.Balance;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trap 12: a restart refills the budget, and a crash loop makes it infinite. */
class RestartRefillsTheBudgetTrap12Test {

  private static final Attribution ALICE = Attribution.key("alice").team("platform");
  private static final Budget DAY = Budget.daily("day", Usd.of("1.00")).per(Dimension.KEY);

  @TempDir
  Path temp;

  private Restarts guards;

  @BeforeEach
  void start() {
    guards = new Restarts(temp.resolve("spend"), with(DAY));
  }

  @AfterEach
  void stop() {
    guards.close();
  }

  @Test
  void whatWasSettledIsBack() {
    guards.spend(call(10_000, ALICE), 7_000);
    guards.spend(call(10_000, ALICE), 3_000);
    guards.restart(with(DAY));

    assertThat(guards.balance("day", "key=alice").settled()).isEqualTo(100_000_000);
    assertThat(guards.balance("day", "key=alice").held()).isZero();
    assertThat(guards.purser().recovery().orElseThrow().broken()).isEmpty();
  }

  @Test
  void whatWasOpenIsChargedWhatWasHeldAndCanBeWrittenOff() {
    guards.hold(call(20_000, ALICE));
    guards.spend(call(10_000, ALICE), 10_000);
    guards.kill(with(DAY));

    RecoveryReport report = guards.purser().recovery().orElseThrow();
    assertThat(report.orphaned()).isOne();
    assertThat(report.orphanedNanoUsd()).isEqualTo(200_000_000);
    assertThat(guards.balance("day", "key=alice").settled()).isEqualTo(300_000_000);
    AbandonedCall orphan = guards.purser().grants().abandoned().get(0);
    assertThat(orphan.reason()).isEqualTo(AbandonReason.ORPHANED);

    guards.kill(with(DAY));
    assertThat(guards.purser().recovery().orElseThrow().orphaned()).isZero();
    assertThat(guards.balance("day", "key=alice").settled()).isEqualTo(300_000_000);

    assertThat(guards.purser().grants().writeOff(orphan.id(), "mo", "never billed"))
        .isTrue();
    assertThat(guards.balance("day", "key=alice").settled()).isEqualTo(100_000_000);
    guards.restart(with(DAY));
    assertThat(guards.balance("day", "key=alice").settled()).isEqualTo(100_000_000);
    assertThat(guards.purser().grants().abandoned()).isEmpty();
  }

  @Test
  void aCrashLoopCannotSpendMoreThanTheCap() {
    int made = 0;
    for (int life = 0; life < 30; life++) {
      if (guards.admit(call(8_000, ALICE)) instanceof Admission.Admitted) {
        made++;
      }
      guards.kill(with(DAY));
    }
    assertThat(made).isEqualTo(12);
    assertThat(guards.balance("day", "key=alice").settled()).isEqualTo(960_000_000);
  }

  @Test
  void aRenamedBudgetAChangedZoneAndOtherDimensionsAreNotRefilled() {
    guards.spend(call(90_000, ALICE), 90_000);
    Budget renamed = Budget.daily("tripwire", Usd.of("1.00"));
    Budget elsewhere = Budget.daily("tokyo", Usd.of("1.00")).zone(ZoneId.of("Asia/Tokyo"));
    Budget byTeam = Budget.monthly("teams", Usd.of("1.00")).per(Dimension.TEAM);
    Budget rolling = Budget.rolling("rolling", Usd.of("1.00"), Duration.ofHours(3));
    guards.restart(with(renamed, elsewhere, byTeam, rolling));

    assertThat(guards.balance("tripwire", "").settled()).isEqualTo(900_000_000);
    assertThat(guards.balance("tokyo", "").settled()).isEqualTo(900_000_000);
    assertThat(guards.balance("teams", "team=platform").settled()).isEqualTo(900_000_000);
    assertThat(guards.balance("rolling", "").settled()).isEqualTo(900_000_000);
    assertThat(guards.admit(call(20_000, ALICE))).isInstanceOf(Admission.Refused.class);
  }

  /** Promise 5: a call never belongs to a window before its account's latest. */
  @Test
  void aClockThatIsSetBackOverMidnightOpensNoWindowAgain() {
    guards.clock.set(Instant.parse("2026-11-24T00:10:00Z"));
    guards.spend(call(90_000, ALICE), 90_000);
    guards.clock.set(Instant.parse("2026-11-23T23:50:00Z"));
    guards.restart(with(DAY));
    assertThat(guards.admit(call(90_000, ALICE))).isInstanceOf(Admission.Refused.class);
    guards.clock.set(Instant.parse("2026-11-24T00:20:00Z"));
    assertThat(guards.admit(call(90_000, ALICE))).isInstanceOf(Admission.Refused.class);
  }

  @Test
  void yesterdaysMoneyDoesNotCountToday() {
    guards.spend(call(90_000, ALICE), 90_000);
    guards.clock.forward(Duration.ofDays(1));
    guards.restart(with(DAY, Budget.total("ever", Usd.of("10"))));

    guards.spend(call(90_000, ALICE), 90_000);
    Balance ever = guards.balance("ever", "");
    assertThat(guards.balance("day", "key=alice").settled()).isEqualTo(900_000_000);
    assertThat(ever.settled()).isEqualTo(1_800_000_000);
  }
}
