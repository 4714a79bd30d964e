package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.LongArbitrary;

/** Calendar windows partition time, in every zone and through every change of its clock. */
class WindowPropertyTest {

  private static final Instant FROM = Instant.parse("1990-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2100-01-01T00:00:00Z");
  private static final List<String> ZONES =
      ZoneId.getAvailableZoneIds().stream().sorted().toList();

  record Moment(Instant at, ZoneId zone) {}

  static List<Window> calendarWindows() {
    List<Window> windows = new ArrayList<>(List.of(Window.HOUR, Window.DAY, Window.MONTH));
    for (DayOfWeek first : DayOfWeek.values()) {
      windows.add(Window.week(first));
    }
    for (Month first : Month.values()) {
      windows.add(Window.quarter(first));
      windows.add(Window.year(first));
    }
    return windows;
  }

  @Provide
  Arbitrary<Window> windows() {
    return Arbitraries.of(calendarWindows());
  }

  /** Half of them anywhere, half within hours of a change of the zone's clock. */
  @Provide
  Arbitrary<Moment> moments() {
    LongArbitrary anywhere =
        Arbitraries.longs().between(FROM.getEpochSecond(), TO.getEpochSecond());
    Arbitrary<Long> near = Arbitraries.longs().between(-100, 100).map(minutes -> minutes * 60);
    Arbitrary<Boolean> atChange = Arbitraries.of(true, false);
    Arbitrary<Integer> nanos = Arbitraries.integers().between(0, 999_999_999);
    return Combinators.combine(Arbitraries.of(ZONES), anywhere, near, atChange, nanos)
        .as((id, second, offset, change, nano) -> {
          ZoneId zone = ZoneId.of(id);
          Instant at = Instant.ofEpochSecond(second, nano);
          ZoneOffsetTransition next = zone.getRules().nextTransition(at);
          return new Moment(
              change && next != null ? next.getInstant().plusSeconds(offset) : at, zone);
        });
  }

  @Property(tries = 5000)
  void anInstantLiesInItsWindow(@ForAll("windows") Window window, @ForAll("moments") Moment it) {
    assertThat(window.startOf(it.at(), it.zone())).isBeforeOrEqualTo(it.at());
    assertThat(window.endOf(it.at(), it.zone())).isAfter(it.at());
    assertThat(window.covers(it.at(), it.zone())).isTrue();
    assertThat(window.rolling()).isNull();
  }

  @Property(tries = 5000)
  void allInstantsOfAWindowHaveItsBounds(
      @ForAll("windows") Window window, @ForAll("moments") Moment it) {
    Instant start = window.startOf(it.at(), it.zone());
    Instant end = window.endOf(it.at(), it.zone());
    Instant middle = start.plusSeconds(start.until(end, ChronoUnit.SECONDS) / 2);

    for (Instant inside : List.of(start, middle, end.minusNanos(1))) {
      assertThat(window.startOf(inside, it.zone())).isEqualTo(start);
      assertThat(window.endOf(inside, it.zone())).isEqualTo(end);
    }
  }

  @Property(tries = 5000)
  void theNextWindowBeginsWhereOneEnds(
      @ForAll("windows") Window window, @ForAll("moments") Moment it) {
    Instant end = window.endOf(it.at(), it.zone());

    assertThat(window.startOf(end, it.zone())).isEqualTo(end);
    assertThat(window.endOf(end, it.zone())).isAfter(end);
  }

  @Property(tries = 5000)
  void aWindowBeginsOnTheDateThatTheCalendarSays(@ForAll("moments") Moment it) {
    // Of a clock that is set back over midnight, the date that had begun is the one that counts.
    LocalDate today = local(Window.DAY, it).toLocalDate();

    assertThat(local(Window.MONTH, it).toLocalDate()).isEqualTo(today.withDayOfMonth(1));
    assertThat(local(Window.YEAR, it).toLocalDate()).isEqualTo(today.withDayOfYear(1));
    assertThat(local(Window.QUARTER, it).toLocalDate())
        .isEqualTo(
            today.withMonth(today.getMonth().firstMonthOfQuarter().getValue()).withDayOfMonth(1));
    for (DayOfWeek first : DayOfWeek.values()) {
      LocalDate start = local(Window.week(first), it).toLocalDate();
      assertThat(start.getDayOfWeek()).isEqualTo(skipped(start, it.zone()).orElse(first));
      assertThat(ChronoUnit.DAYS.between(start, today)).isBetween(0L, 6L);
    }
  }

  @Property(tries = 5000)
  void aDayBeginsAtTheFirstInstantOfItsDate(@ForAll("moments") Moment it) {
    Instant start = Window.DAY.startOf(it.at(), it.zone());
    LocalDate date = LocalDate.ofInstant(start, it.zone());

    assertThat(LocalDate.ofInstant(start.minusNanos(1), it.zone())).isBefore(date);
    LocalDate itsDate = LocalDate.ofInstant(it.at(), it.zone());
    assertThat(itsDate).isBetween(date.minusDays(1), date);
  }

  @Property(tries = 5000)
  void anHourIsAnHourLongWhereTheClockIsLeftAlone(@ForAll("moments") Moment it) {
    Instant start = Window.HOUR.startOf(it.at(), it.zone());
    Instant end = Window.HOUR.endOf(it.at(), it.zone());
    ZoneOffsetTransition change = it.zone().getRules().nextTransition(start.minusNanos(1));

    assertThat(LocalDateTime.ofInstant(end.minusNanos(1), it.zone()).getHour())
        .isEqualTo(LocalDateTime.ofInstant(start, it.zone()).getHour());
    if (change == null || change.getInstant().isAfter(end)) {
      assertThat(start.until(end, ChronoUnit.SECONDS)).isEqualTo(3600);
      assertThat(local(Window.HOUR, it).getMinute()).isZero();
    }
  }

  private static LocalDateTime local(Window window, Moment it) {
    return LocalDateTime.ofInstant(window.startOf(it.at(), it.zone()), it.zone());
  }

  /** A date line that moves skips whole dates: what should begin there begins on the next. */
  private static Optional<DayOfWeek> skipped(LocalDate start, ZoneId zone) {
    LocalDate before =
        LocalDate.ofInstant(start.atStartOfDay(zone).toInstant().minusNanos(1), zone);
    return before.plusDays(1).equals(start) ? Optional.empty() : Optional.of(start.getDayOfWeek());
  }
}
