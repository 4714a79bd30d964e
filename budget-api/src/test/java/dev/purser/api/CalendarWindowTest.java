package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which dates a calendar window spans. */
class CalendarWindowTest {

  private static final ZoneId ZONE = ZoneId.of("America/New_York");

  private static void assertSpans(Window window, String date, String first, String next) {
    LocalDate day = LocalDate.parse(date);
    var noon = day.atTime(12, 0).atZone(ZONE).toInstant();

    assertThat(window.startOf(noon, ZONE))
        .isEqualTo(LocalDate.parse(first).atStartOfDay(ZONE).toInstant());
    assertThat(window.endOf(noon, ZONE))
        .isEqualTo(LocalDate.parse(next).atStartOfDay(ZONE).toInstant());
  }

  @ParameterizedTest
  @CsvSource({
    "MONDAY, 2026-11-23, 2026-11-30",
    "TUESDAY, 2026-11-24, 2026-12-01",
    "WEDNESDAY, 2026-11-25, 2026-12-02",
    "THURSDAY, 2026-11-19, 2026-11-26",
    "FRIDAY, 2026-11-20, 2026-11-27",
    "SATURDAY, 2026-11-21, 2026-11-28",
    "SUNDAY, 2026-11-22, 2026-11-29"
  })
  void aWeekStartsOnTheDayThatWasNamed(DayOfWeek first, String start, String next) {
    assertSpans(Window.week(first), "2026-11-25", start, next); // a Wednesday
  }

  @Test
  void aWeekGoesOnOverTheTurnOfTheYear() {
    assertSpans(Window.WEEK, "2027-01-01", "2026-12-28", "2027-01-04");
    assertThat(Window.week(DayOfWeek.MONDAY)).isEqualTo(Window.WEEK);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31, 2026-01-01, 2026-02-01",
    "2026-02-28, 2026-02-01, 2026-03-01",
    "2028-02-29, 2028-02-01, 2028-03-01",
    "2026-04-30, 2026-04-01, 2026-05-01",
    "2026-12-31, 2026-12-01, 2027-01-01",
    "2000-02-29, 2000-02-01, 2000-03-01"
  })
  void aMonthEndsWithItsLastDay(String date, String start, String next) {
    assertSpans(Window.MONTH, date, start, next);
  }

  @ParameterizedTest
  @CsvSource({
    "JANUARY, 2026-01-01, 2027-01-01",
    "FEBRUARY, 2026-02-01, 2027-02-01",
    "MARCH, 2026-03-01, 2027-03-01",
    "APRIL, 2026-04-01, 2027-04-01",
    "MAY, 2026-05-01, 2027-05-01",
    "JUNE, 2025-06-01, 2026-06-01",
    "JULY, 2025-07-01, 2026-07-01",
    "AUGUST, 2025-08-01, 2026-08-01",
    "SEPTEMBER, 2025-09-01, 2026-09-01",
    "OCTOBER, 2025-10-01, 2026-10-01",
    "NOVEMBER, 2025-11-01, 2026-11-01",
    "DECEMBER, 2025-12-01, 2026-12-01"
  })
  void aFiscalYearStartsWithItsMonth(Month first, String start, String next) {
    assertSpans(Window.year(first), "2026-05-31", start, next);
  }

  @Test
  void aYearMayHaveALeapDay() {
    assertSpans(Window.YEAR, "2028-02-29", "2028-01-01", "2029-01-01");
    assertSpans(Window.year(Month.MARCH), "2028-02-29", "2027-03-01", "2028-03-01");
    assertSpans(Window.year(Month.FEBRUARY), "2028-02-29", "2028-02-01", "2029-02-01");
  }

  @ParameterizedTest
  @EnumSource(Month.class)
  void aFiscalYearHasFourQuartersFromItsMonth(Month first) {
    LocalDate year = LocalDate.of(2026, first, 1);
    for (int month = 0; month < 12; month++) {
      LocalDate quarter = year.plusMonths(month - month % 3);
      LocalDate date = year.plusMonths(month).plusMonths(1).minusDays(1);
      assertSpans(
          Window.quarter(first),
          date.toString(),
          quarter.toString(),
          quarter.plusMonths(3).toString());
    }
  }

  @Test
  void quartersOfJanuaryAprilJulyAndOctoberAreTheSame() {
    assertThat(Arrays.asList(
            Window.quarter(Month.APRIL), Window.quarter(Month.JULY), Window.quarter(Month.OCTOBER)))
        .containsOnly(Window.QUARTER);
    assertThat(Window.quarter(Month.NOVEMBER))
        .isEqualTo(Window.quarter(Month.FEBRUARY))
        .isNotEqualTo(Window.QUARTER)
        .hasToString("quarter from FEBRUARY");
    assertThat(Window.year(Month.APRIL)).isNotEqualTo(Window.YEAR).hasToString("year from APRIL");
  }

  @Test
  void theSameDateIsAnotherDayElsewhere() {
    ZoneId kiritimati = ZoneId.of("Pacific/Kiritimati"); // UTC+14
    ZoneId niue = ZoneId.of("Pacific/Niue"); // UTC-11
    var at = Instant.parse("2026-01-01T10:30:00Z");

    assertThat(Window.DAY.startOf(at, kiritimati)).isEqualTo("2026-01-01T10:00:00Z");
    assertThat(Window.DAY.startOf(at, niue)).isEqualTo("2025-12-31T11:00:00Z");
    assertThat(Window.YEAR.startOf(at, niue)).isEqualTo("2025-01-01T11:00:00Z");
  }
}
