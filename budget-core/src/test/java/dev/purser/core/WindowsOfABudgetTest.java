package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.Measure;
import dev.purser.api.Refusal;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/**
 * Traps 36, 37 and 38: a zone's offset is dropped, a day has 23 or 25 hours, the clock steps back; a
 * new window keeps lifetime spend; a late settlement lands in the new window.
 */
class WindowsOfABudgetTest {

  private static final Attribution WHO = Attribution.key("k");
  private static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");

  private static void at(Guard guard, String instant) {
    guard.clock.set(Instant.parse(instant));
  }

  @Test
  void theDayOfTheBudgetsZoneResetsItNotTheDayOfUtc() {
    Guard guard = Guard.on(Budget.daily("day", Usd.of("0.10")).zone(LOS_ANGELES));
    at(guard, "2026-11-23T23:30:00Z");
    guard.spend(10_000, WHO);
    at(guard, "2026-11-24T00:30:00Z");

    assertThat(guard.refusal(call(1_000)).resetsAt())
        .isEqualTo(Instant.parse("2026-11-24T08:00:00Z"));
    at(guard, "2026-11-24T07:59:59Z");
    assertThat(guard.admit(call(1_000))).isInstanceOf(Admission.Refused.class);
    at(guard, "2026-11-24T08:00:00Z");
    guard.spend(10_000, WHO);
  }

  @Test
  void aDayOf23HoursAndOneOf25EndWithTheirDate() {
    Guard guard = Guard.on(Budget.daily("day", Usd.of("0.10")).zone(LOS_ANGELES));
    at(guard, "2027-03-14T08:00:00Z");
    guard.spend(10_000, WHO);
    assertThat(guard.refusal(call(1_000)).resetsAt())
        .isEqualTo(Instant.parse("2027-03-15T07:00:00Z"));
    at(guard, "2027-11-07T07:00:00Z");
    guard.spend(10_000, WHO);
    assertThat(guard.refusal(call(1_000)).resetsAt())
        .isEqualTo(Instant.parse("2027-11-08T08:00:00Z"));
  }

  @Test
  void aClockThatStepsBackDoesNotRefillYesterday() {
    Guard guard = Guard.on(Budget.daily("day", Usd.of("0.10")));
    at(guard, "2026-11-23T23:59:00Z");
    guard.spend(10_000, WHO);
    at(guard, "2026-11-24T00:01:00Z");
    guard.spend(5_000, WHO);
    at(guard, "2026-11-23T23:58:00Z");

    guard.spend(5_000, WHO);
    assertThat(guard.refusal(call(1_000)).reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
  }

  @Test
  void aClockAYearAheadGivesOneFreshWindowAndNotAnotherWhenItComesBack() {
    for (Budget budget : new Budget[] {
      Budget.daily("b", Usd.of("0.10")),
      Budget.rolling("b", Usd.of("0.10"), Duration.ofHours(1)),
      Budget.quarterly("b", Usd.of("0.10"))
    }) {
      Guard guard = Guard.on(budget);
      guard.spend(10_000, WHO);
      guard.clock.forward(Duration.ofDays(365));
      guard.spend(4_000, WHO);
      // A sweep must not forget which window the account has reached.
      guard.ledger.sweep(guard.clock.instant());
      guard.clock.forward(Duration.ofDays(-365));
      guard.ledger.sweep(guard.clock.instant());

      guard.spend(6_000, WHO);
      assertThat(guard.refusal(call(1_000)).reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
    }
  }

  @Test
  void aNewWindowStartsWithNothingSpent() {
    Guard guard = Guard.on(
        Budget.hourly("hour", Usd.of("0.10")),
        Budget.of("week", Measure.REQUESTS, 3, Window.WEEK),
        Budget.of("quarter", Measure.TOKENS, 35_000, Window.quarter(Month.FEBRUARY)));
    guard.spend(10_000, WHO);
    guard.spend(0, WHO);
    assertThat(guard.refusal(call(1_000)).budget()).isEqualTo("hour");
    guard.clock.forward(Duration.ofHours(1));
    guard.spend(10_000, WHO);
    guard.clock.forward(Duration.ofHours(1));
    assertThat(guard.refusal(call(1_000)).budget()).isEqualTo("week");
    guard.clock.forward(Duration.ofDays(7));
    guard.spend(10_000, WHO);
    guard.spend(0, WHO);
    guard.clock.forward(Duration.ofDays(7));
    // Until the end of January, for that is when this quarter ends.
    assertThat(guard.refusal(call(6_000)).resetsAt())
        .isEqualTo(Instant.parse("2027-02-01T00:00:00Z"));
  }

  @Test
  void aLateSettlementCountsInTheWindowOfItsAdmission() {
    Guard guard =
        Guard.on(Budget.daily("day", Usd.of("0.10")), Budget.monthly("month", Usd.of("10")));
    at(guard, "2026-11-23T23:59:59Z");
    Reservation late = guard.hold(call(10_000, WHO));
    at(guard, "2026-11-24T00:00:01Z");
    Reservation today = guard.hold(call(10_000, WHO));

    assertThat(late.settle(Usage.ofTokens(0, 9_000))).isTrue();
    today.settle(Usage.ofTokens(0, 1_000));

    assertThat(guard.balance("day", "").settled()).isEqualTo(10_000_000);
    assertThat(guard.balance("month", "").settled()).isEqualTo(100_000_000);
  }

  @Test
  void aLateSettlementAfterASweepDoesNotLandInTheNewWindowEither() {
    Guard guard = Guard.on(Budget.daily("day", Usd.of("0.10")).per(Dimension.KEY));
    Reservation late = guard.hold(call(10_000, WHO));
    guard.clock.forward(Duration.ofDays(1));
    guard.ledger.sweep(guard.clock.instant());
    guard.spend(2_000, WHO);

    late.settle(Usage.ofTokens(0, 9_000));

    assertThat(guard.balance("day", "key=k").settled()).isEqualTo(20_000_000);
    assertThat(guard.balance("day", "key=k").held()).isZero();
  }

  @Test
  void aRollingWindowForgetsAChargeAfterItsLengthAndNotBefore() {
    Guard guard = Guard.on(Budget.rolling("hour", Usd.of("0.10"), Duration.ofHours(1)));
    guard.spend(6_000, WHO);
    guard.clock.forward(Duration.ofMinutes(30));
    guard.spend(4_000, WHO);
    guard.clock.forward(Duration.ofMinutes(29).plusSeconds(59));

    Refusal refusal = guard.refusal(call(1_000));
    assertThat(refusal.reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
    // A bucket of a minute more than the hour.
    assertThat(refusal.resetsAt()).isEqualTo(Instant.parse("2026-11-23T13:01:00Z"));
    at(guard, "2026-11-23T13:01:00Z");
    guard.spend(6_000, WHO);
    assertThat(guard.admit(call(1_000))).isInstanceOf(Admission.Refused.class);
  }

  @Test
  void outsideItsSpanABudgetRefusesUnlessItSaysOtherwise() {
    Budget sprint = Budget.of(
        "sprint",
        Measure.USD,
        100_000_000,
        Window.days(LocalDate.of(2026, 11, 24), LocalDate.of(2026, 11, 25)));
    Guard strict = Guard.on(sprint);
    Guard lenient = Guard.on(sprint.passOutside());

    Refusal before = strict.refusal(call(1_000));
    assertThat(before.limit()).isZero();
    assertThat(before.reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
    assertThat(before.resetsAt()).isEqualTo(Instant.parse("2026-11-24T00:00:00Z"));
    strict.hold(call(0)).release();
    lenient.spend(50_000, WHO);
    at(strict, "2026-11-25T23:59:59Z");
    at(lenient, "2026-11-25T23:59:59Z");
    strict.spend(10_000, WHO);
    lenient.spend(10_000, WHO);
    assertThat(lenient.refusal(call(1_000)).reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
    at(strict, "2026-11-26T00:00:00Z");
    at(lenient, "2026-11-26T00:00:00Z");
    assertThat(strict.refusal(call(1_000)).resetsAt()).isNull();
    lenient.spend(50_000, WHO);
  }

  /** Trap 35: {@code 25.000000000000004} blocks a $25 cap. */
  @Test
  void manySmallChargesAddUpExactly() {
    Guard guard = Guard.on(Budget.total("all", Usd.of("0.01")));
    for (int i = 0; i < 10_000; i++) {
      guard.spend(i % 10 == 0 ? 1 : 0, WHO);
    }

    assertThat(guard.balance("all", "").settled()).isEqualTo(10_000_000);
    assertThat(guard.refusal(call(1)).reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
  }
}
