package dev.purser.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AlertRules;
import dev.purser.api.Attribution;
import dev.purser.api.Usd;
import dev.purser.core.record.DayLine;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trap 36: days of 23 and 25 hours, and a clock that steps back. */
class DaysOf23And25HoursTrap36Test {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Attribution ALICE = Attribution.key("alice");

  private final Told told = new Told();
  private final KeyWatch watch = new KeyWatch(AlertRules.DEFAULT, Told.OWNERS, told, BERLIN);
  private final List<DayLine> written = new ArrayList<>();

  private void spend(Instant at) {
    watch.add(Told.spent(ALICE, "1", at), true);
    watch.look(at, written::add);
  }

  private long nanosOf(LocalDate day) {
    return written.stream()
        .filter(each -> each.day().equals(day))
        .mapToLong(DayLine::nanoUsd)
        .max()
        .orElse(0);
  }

  @ParameterizedTest
  @CsvSource({"2026-03-29, 23", "2026-10-25, 25", "2026-11-24, 24"})
  void aDayHasTheHoursThatItHas(LocalDate day, int hours) {
    Instant start = day.atStartOfDay(BERLIN).toInstant();

    for (Instant at = start.minus(Duration.ofHours(1));
        at.isBefore(start.plus(Duration.ofHours(hours + 1)));
        at = at.plus(Duration.ofHours(1))) {
      spend(at);
    }

    assertThat(nanosOf(day.minusDays(1))).isEqualTo(Usd.of("1").nanos());
    assertThat(nanosOf(day)).isEqualTo(hours * Usd.of("1").nanos());
    assertThat(nanosOf(day.plusDays(1))).isEqualTo(Usd.of("1").nanos());
  }

  /** What comes from yesterday's end counts for the day that has begun: nothing is lost or told twice. */
  @Test
  void aClockThatGoesBackOverMidnightBeginsNoDayAgain() {
    LocalDate day = LocalDate.of(2026, 11, 24);
    Instant midnight = day.atStartOfDay(BERLIN).toInstant();
    for (int i = 0; i < 60; i++) {
      spend(midnight.plusSeconds(i));
    }
    assertThat(told.alerts).as("a new key may spend fifty dollars").hasSize(1);

    spend(midnight.minusSeconds(30));
    spend(midnight.plusSeconds(90));

    assertThat(nanosOf(day)).isEqualTo(62 * Usd.of("1").nanos());
    assertThat(nanosOf(day.minusDays(1))).isZero();
    assertThat(told.alerts).hasSize(1);
  }
}
