package dev.purser.api;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.function.UnaryOperator;

/** Windows that begin at the start of a date: days, weeks, months, quarters and years. */
final class DateRule implements WindowRule {

  private final UnaryOperator<LocalDate> firstDay;
  private final Period length;

  private DateRule(UnaryOperator<LocalDate> firstDay, Period length) {
    this.firstDay = firstDay;
    this.length = length;
  }

  static Window daily() {
    return new Window("day", new DateRule(date -> date, Period.ofDays(1)));
  }

  static Window weekly(DayOfWeek first) {
    String name = first == DayOfWeek.MONDAY ? "week" : "week from " + first;
    return new Window(
        name,
        new DateRule(
            date -> date.with(TemporalAdjusters.previousOrSame(first)), Period.ofWeeks(1)));
  }

  static Window monthly() {
    return new Window("month", new DateRule(date -> date.withDayOfMonth(1), Period.ofMonths(1)));
  }

  static Window quarterly(Month fiscalStart) {
    // Fiscal years that start in January, April, July or October have the same quarters.
    Month first = Month.of((fiscalStart.getValue() - 1) % 3 + 1);
    String name = first == Month.JANUARY ? "quarter" : "quarter from " + first;
    return months(name, first, 3);
  }

  static Window yearly(Month fiscalStart) {
    String name = fiscalStart == Month.JANUARY ? "year" : "year from " + fiscalStart;
    return months(name, fiscalStart, 12);
  }

  private static Window months(String name, Month first, int months) {
    return new Window(
        name,
        new DateRule(
            date -> date.withDayOfMonth(1)
                .minusMonths(Math.floorMod(date.getMonthValue() - first.getValue(), months)),
            Period.ofMonths(months)));
  }

  @Override
  public Instant startOf(Instant at, ZoneId zone) {
    return begin(first(at, zone), zone);
  }

  @Override
  public Instant endOf(Instant at, ZoneId zone) {
    return begin(first(at, zone).plus(length), zone);
  }

  /**
   * Returns the first day of the window. A clock that is set back over midnight, as Newfoundland's
   * was at 00:01, does not bring back a window that is over.
   */
  private LocalDate first(Instant at, ZoneId zone) {
    LocalDate first = firstDay.apply(LocalDate.ofInstant(at, zone));
    LocalDate next = first.plus(length);
    return at.isBefore(begin(next, zone)) ? first : next;
  }

  /** A day begins when its date does, which a clock change may put after midnight. */
  private static Instant begin(LocalDate date, ZoneId zone) {
    return date.atStartOfDay(zone).toInstant();
  }
}
