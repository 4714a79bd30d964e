package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What days and hours are where the clock is changed. */
class ClockChangeTest {

  @ParameterizedTest
  @CsvSource({
    "America/Los_Angeles, 2026-03-08T12:00:00Z, 2026-03-08T08:00:00Z, 23h",
    "America/Los_Angeles, 2026-11-01T12:00:00Z, 2026-11-01T07:00:00Z, 25h",
    "America/Los_Angeles, 2026-11-02T12:00:00Z, 2026-11-02T08:00:00Z, 24h",
    "Europe/Berlin, 2026-03-29T10:00:00Z, 2026-03-28T23:00:00Z, 23h",
    "Europe/Berlin, 2026-10-25T10:00:00Z, 2026-10-24T22:00:00Z, 25h",
    "UTC, 2026-10-25T10:00:00Z, 2026-10-25T00:00:00Z, 24h",
    "Australia/Lord_Howe, 2026-10-04T00:00:00Z, 2026-10-03T13:30:00Z, 23h30m",
    "Australia/Lord_Howe, 2026-04-05T00:00:00Z, 2026-04-04T13:00:00Z, 24h30m",
    "Asia/Kolkata, 2026-06-15T18:30:00Z, 2026-06-15T18:30:00Z, 24h",
    "Asia/Kathmandu, 2026-06-15T18:14:59Z, 2026-06-14T18:15:00Z, 24h",
    "Pacific/Chatham, 2026-06-15T12:00:00Z, 2026-06-15T11:15:00Z, 24h"
  })
  void aDayLastsFromItsDateToTheNext(ZoneId zone, Instant at, Instant start, String length) {
    assertThat(Window.DAY.startOf(at, zone)).isEqualTo(start);
    assertThat(Window.DAY.endOf(at, zone)).isEqualTo(start.plus(Duration.parse("PT" + length)));
  }

  @ParameterizedTest
  @CsvSource({
    "America/Sao_Paulo, 2018-11-04T12:00:00Z, 2018-11-04T03:00:00Z, 2018-11-04T01:00",
    "Asia/Beirut, 2026-03-29T12:00:00Z, 2026-03-28T22:00:00Z, 2026-03-29T01:00",
    "Africa/Cairo, 2024-04-26T12:00:00Z, 2024-04-25T22:00:00Z, 2024-04-26T01:00",
    "Pacific/Apia, 2011-12-30T22:00:00Z, 2011-12-30T10:00:00Z, 2011-12-31T00:00"
  })
  void aDayWhoseMidnightIsSkippedBeginsWithItsFirstInstant(
      ZoneId zone, Instant at, Instant start, LocalDateTime clock) {
    assertThat(LocalDateTime.ofInstant(start, zone)).isEqualTo(clock);
    assertThat(Window.DAY.startOf(at, zone)).isEqualTo(start);
    assertThat(Window.DAY.endOf(start.minusNanos(1), zone)).isEqualTo(start);
  }

  @ParameterizedTest
  @CsvSource({
    "America/Los_Angeles, 2026-11-01T08:30:00Z, 2026-11-01T08:00:00Z, 1h",
    "America/Los_Angeles, 2026-11-01T09:30:00Z, 2026-11-01T09:00:00Z, 1h",
    "America/Los_Angeles, 2026-03-08T10:30:00Z, 2026-03-08T10:00:00Z, 1h",
    "Asia/Kolkata, 2026-06-15T12:10:00Z, 2026-06-15T11:30:00Z, 1h",
    "Asia/Kathmandu, 2026-06-15T12:10:00Z, 2026-06-15T11:15:00Z, 1h",
    "Australia/Lord_Howe, 2026-10-03T15:45:00Z, 2026-10-03T15:30:00Z, 30m",
    "Australia/Lord_Howe, 2026-10-03T16:00:00Z, 2026-10-03T16:00:00Z, 1h",
    "Australia/Lord_Howe, 2026-04-04T14:10:00Z, 2026-04-04T14:00:00Z, 90m",
    "Australia/Lord_Howe, 2026-04-04T15:10:00Z, 2026-04-04T14:00:00Z, 90m",
    "Australia/Lord_Howe, 2026-04-04T15:30:00Z, 2026-04-04T15:30:00Z, 1h",
    "Pacific/Chatham, 2026-09-26T14:10:00Z, 2026-09-26T14:00:00Z, 15m",
    "America/St_Johns, 2007-11-04T02:30:30Z, 2007-11-04T02:30:00Z, 1m",
    "America/St_Johns, 2007-11-04T02:31:00Z, 2007-11-04T02:31:00Z, 59m"
  })
  void anHourLastsAsLongAsTheClockShowsIt(ZoneId zone, Instant at, Instant start, String length) {
    assertThat(Window.HOUR.startOf(at, zone)).isEqualTo(start);
    assertThat(Window.HOUR.endOf(at, zone)).isEqualTo(start.plus(Duration.parse("PT" + length)));
  }

  @ParameterizedTest
  @CsvSource({"2007-11-04T02:30:30Z", "2007-11-04T03:00:00Z", "2007-11-04T12:00:00Z"})
  void aDayThatHasBegunIsNotEndedByAClockThatGoesBackOverMidnight(Instant at) {
    ZoneId newfoundland = ZoneId.of("America/St_Johns"); // 00:01 became 23:01

    assertThat(Window.DAY.startOf(at, newfoundland)).isEqualTo("2007-11-04T02:30:00Z");
    assertThat(Window.DAY.endOf(at, newfoundland)).isEqualTo("2007-11-05T03:30:00Z");
  }

  /** Walks minute by minute through six days around every kind of clock change. */
  @ParameterizedTest
  @MethodSource("walks")
  void windowsFollowOneAnotherWithoutGapOrOverlap(Window window, String zoneId, String day) {
    ZoneId zone = ZoneId.of(zoneId);
    Instant middle = LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant at = middle.minus(3, ChronoUnit.DAYS);
    Instant stop = middle.plus(3, ChronoUnit.DAYS);
    Instant end = window.endOf(at, zone);

    while (at.isBefore(stop)) {
      if (!at.isBefore(end)) {
        assertThat(window.startOf(at, zone)).as("window at %s", at).isEqualTo(end);
        end = window.endOf(at, zone);
      }
      assertThat(window.endOf(at, zone)).as("end at %s", at).isEqualTo(end);
      at = at.plus(1, ChronoUnit.MINUTES);
    }
  }

  static Stream<Arguments> walks() {
    return Stream.of(
            "America/Los_Angeles 2026-03-08",
            "America/Los_Angeles 2026-11-01",
            "Europe/Berlin 2026-03-29",
            "Europe/Berlin 2026-10-25",
            "Australia/Lord_Howe 2026-04-05",
            "Australia/Lord_Howe 2026-10-04",
            "Pacific/Chatham 2026-04-05",
            "Pacific/Chatham 2026-09-27",
            "America/Sao_Paulo 2018-02-18",
            "America/Sao_Paulo 2018-11-04",
            "Africa/Cairo 2024-04-26",
            "Asia/Beirut 2026-03-29",
            "America/St_Johns 2007-03-11",
            "America/St_Johns 2007-11-04",
            "Asia/Pyongyang 2015-08-14",
            "Asia/Pyongyang 2018-05-04",
            "Antarctica/Troll 2026-03-29",
            "Pacific/Apia 2011-12-30",
            "Asia/Kathmandu 2026-01-01",
            "Asia/Kolkata 2026-01-01")
        .map(text -> text.split(" ", -1))
        .flatMap(parts -> Stream.of(Window.HOUR, Window.DAY)
            .map(window -> Arguments.of(window, parts[0], parts[1])));
  }
}
