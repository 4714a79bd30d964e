package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.daily;
import static dev.purser.core.ledger.Demands.demand;
import static dev.purser.core.ledger.Demands.held;
import static dev.purser.core.ledger.Demands.nanos;
import static dev.purser.core.ledger.Demands.open;
import static dev.purser.core.ledger.Demands.refused;
import static dev.purser.core.ledger.Demands.total;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Measure;
import dev.purser.api.Refusal.Reason;
import dev.purser.spi.Account;
import dev.purser.spi.Balance;
import dev.purser.spi.Ticket;
import dev.purser.spi.Ticket.Ending;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowRolloverTest {

  private static final Instant MONDAY = Instant.parse("2026-03-02T12:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-03-03T00:00:00Z");
  private static final Instant WEDNESDAY = Instant.parse("2026-03-04T00:00:00Z");

  private final InMemoryLedger ledger = new InMemoryLedger();
  private final Account day = open(ledger, daily("day", 10), "");

  @Test
  void aNewDayStartsEmptyWithoutAResetJob() {
    spend(10, MONDAY);
    Instant lastNano = TUESDAY.minusNanos(1);
    assertThat(refused(ledger.reserve(demand(lastNano, nanos(1), day))).balance())
        .isEqualTo(new Balance(10, 10, 0, TUESDAY));

    assertThat(ledger.balance(day, TUESDAY)).isEqualTo(new Balance(10, 0, 0, WEDNESDAY));
    spend(10, TUESDAY);

    assertThat(ledger.balance(day, TUESDAY)).isEqualTo(new Balance(10, 10, 0, WEDNESDAY));
  }

  @Test
  void aLateSettlementLandsInTheWindowOfItsAdmission() {
    Ticket late = held(ledger.reserve(demand(MONDAY, nanos(8), day)));
    spend(3, TUESDAY);

    assertThat(late.settle(nanos(9))).isEqualTo(Ending.ENDED);

    assertThat(ledger.balance(day, TUESDAY)).isEqualTo(new Balance(10, 3, 0, WEDNESDAY));
    spend(7, TUESDAY);
  }

  @Test
  void whatMondayHoldsDoesNotCountOnTuesday() {
    Ticket monday = held(ledger.reserve(demand(MONDAY, nanos(10), day)));
    Ticket tuesday = held(ledger.reserve(demand(TUESDAY, nanos(10), day)));

    monday.release();

    assertThat(refused(ledger.reserve(demand(TUESDAY, nanos(1), day))).reason())
        .isEqualTo(Reason.HELD);
    tuesday.release();
    assertThat(ledger.balance(day, TUESDAY)).isEqualTo(new Balance(10, 0, 0, WEDNESDAY));
  }

  @Test
  void aLeaseOfMondayThatEndsOnTuesdayIsChargedToMonday() {
    Ticket monday = held(ledger.reserve(demand(MONDAY, TUESDAY, nanos(10), () -> {}, day)));
    spend(4, TUESDAY);

    assertThat(ledger.reap(TUESDAY)).isEqualTo(1);

    assertThat(ledger.balance(day, TUESDAY)).isEqualTo(new Balance(10, 4, 0, WEDNESDAY));
    assertThat(monday.settle(nanos(1))).isEqualTo(Ending.CORRECTED);
    assertThat(ledger.balance(day, TUESDAY)).isEqualTo(new Balance(10, 4, 0, WEDNESDAY));
  }

  @Test
  void aClockThatStepsBackStaysInTheLatestWindow() {
    spend(10, MONDAY);
    spend(4, TUESDAY);

    assertThat(ledger.balance(day, MONDAY)).isEqualTo(new Balance(10, 4, 0, WEDNESDAY));
    spend(6, MONDAY);

    assertThat(refused(ledger.reserve(demand(MONDAY, nanos(1), day))).reason())
        .isEqualTo(Reason.EXHAUSTED);
    assertThat(refused(ledger.reserve(demand(TUESDAY, nanos(1), day))).reason())
        .isEqualTo(Reason.EXHAUSTED);
  }

  @Test
  void askingAboutTomorrowDoesNotCloseToday() {
    spend(10, MONDAY);

    assertThat(ledger.balance(day, WEDNESDAY).settled()).isZero();
    assertThat(ledger.room(List.of(day), TUESDAY).of(Measure.USD)).isEqualTo(10);

    assertThat(refused(ledger.reserve(demand(MONDAY, nanos(1), day))).reason())
        .isEqualTo(Reason.EXHAUSTED);
  }

  @Test
  void idleDaysAreSkipped() {
    spend(10, MONDAY);
    Instant later = MONDAY.plus(Duration.ofDays(400));

    spend(10, later);

    assertThat(ledger.balance(day, later).resetsAt()).isEqualTo("2027-04-07T00:00:00Z");
  }

  @Test
  void aTotalNeverResets() {
    Account total = open(ledger, total("total", 10), "");
    held(ledger.reserve(demand(Instant.EPOCH, nanos(6), total))).settle(nanos(6));

    assertThat(refused(ledger.reserve(demand(Instant.MAX, Instant.MAX, nanos(5), () -> {}, total)))
            .balance())
        .isEqualTo(new Balance(10, 6, 0, Instant.MAX));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "America/Los_Angeles, 2026-03-08, 2026-03-08T08:00:00Z, 2026-03-09T07:00:00Z", // 23 hours
    "America/Los_Angeles, 2026-11-01, 2026-11-01T07:00:00Z, 2026-11-02T08:00:00Z", // 25 hours
    "Europe/Berlin,       2026-03-29, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
    "Australia/Lord_Howe, 2026-04-05, 2026-04-04T13:00:00Z, 2026-04-05T13:30:00Z", // half an hour
    "America/Sao_Paulo,   2018-11-04, 2018-11-04T03:00:00Z, 2018-11-05T02:00:00Z", // no midnight
    "Asia/Kathmandu,      2026-06-01, 2026-05-31T18:15:00Z, 2026-06-01T18:15:00Z",
    "Pacific/Apia,        2011-12-29, 2011-12-29T10:00:00Z, 2011-12-30T10:00:00Z" // no 30th
  })
  void daysFollowTheirZoneThroughClockChanges(
      ZoneId zone, String date, Instant start, Instant end) {
    Account account = open(ledger, daily(date, 10).zone(zone), "");
    held(ledger.reserve(demand(start.minusNanos(1), nanos(10), account))).settle(nanos(10));

    held(ledger.reserve(demand(start, nanos(9), account))).settle(nanos(9));

    assertThat(ledger.balance(account, start)).isEqualTo(new Balance(10, 9, 0, end));
    assertThat(refused(ledger.reserve(demand(end.minusNanos(1), nanos(2), account)))
            .reason())
        .isEqualTo(Reason.EXHAUSTED);
    held(ledger.reserve(demand(end, nanos(10), account)));
  }

  @Test
  void oneBudgetInTwoZonesIsTwoAccounts() {
    Account tokyo = open(ledger, daily("day in Tokyo", 10).zone(ZoneId.of("Asia/Tokyo")), "");

    held(ledger.reserve(demand(MONDAY, nanos(10), day, tokyo)));

    assertThat(ledger.balance(day, MONDAY).resetsAt()).isEqualTo(TUESDAY);
    assertThat(ledger.balance(tokyo, MONDAY).resetsAt()).isEqualTo("2026-03-02T15:00:00Z");
  }

  private void spend(long nanoUsd, Instant at) {
    held(ledger.reserve(demand(at, nanos(nanoUsd), day))).settle(nanos(nanoUsd));
  }
}
