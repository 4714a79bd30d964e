package dev.purser.api;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The span over which a budget's limit holds. Calendar windows follow the budget's zone through
 * clock changes; nothing resets them, a call simply belongs to the window of its instant. Immutable;
 * equal where they span the same.
 */
public final class Window {

  /** An hour of the zone's clock; one that a clock change repeats is two. */
  public static final Window HOUR = new Window("hour", new HourRule());

  /** A calendar day; 23 or 25 hours long where the clock is changed. */
  public static final Window DAY = DateRule.daily();

  /** A week that starts on Monday. */
  public static final Window WEEK = DateRule.weekly(DayOfWeek.MONDAY);

  /** A calendar month. */
  public static final Window MONTH = DateRule.monthly();

  /** A quarter of the calendar year. */
  public static final Window QUARTER = DateRule.quarterly(Month.JANUARY);

  /** A calendar year. */
  public static final Window YEAR = DateRule.yearly(Month.JANUARY);

  /** All time: the limit never resets. */
  public static final Window TOTAL =
      new Window("total", new SpanRule(zone -> Instant.MIN, zone -> Instant.MAX));

  private final String name;
  private final WindowRule rule;

  Window(String name, WindowRule rule) {
    this.name = name;
    this.rule = rule;
  }

  /** Returns a week that starts on the given day. */
  public static Window week(DayOfWeek first) {
    return DateRule.weekly(first);
  }

  /** Returns a quarter of a fiscal year that starts on the first of the given month. */
  public static Window quarter(Month fiscalStart) {
    return DateRule.quarterly(fiscalStart);
  }

  /** Returns a fiscal year that starts on the first of the given month. */
  public static Window year(Month fiscalStart) {
    return DateRule.yearly(fiscalStart);
  }

  /**
   * Returns a window that ends at each call and reaches back by {@code length}. It is counted in 60
   * buckets of which whole ones count, so spend is remembered for up to a sixtieth longer.
   *
   * @throws IllegalArgumentException if {@code length} is shorter than a second or longer than 366
   *     days
   */
  public static Window rolling(Duration length) {
    return new Window(RollingRule.words(length), new RollingRule(length));
  }

  /**
   * Returns the days from {@code first} to {@code last}, both included, of the budget's zone. A call
   * outside is refused, unless {@link Budget#passOutside()} says otherwise.
   *
   * @throws IllegalArgumentException if {@code last} is before {@code first}
   */
  public static Window days(LocalDate first, LocalDate last) {
    return SpanRule.ofDays(first, last);
  }

  /**
   * Returns the time from {@code start} until just before {@code end}. A call outside is refused,
   * unless {@link Budget#passOutside()} says otherwise.
   *
   * @throws IllegalArgumentException if {@code end} is not after {@code start}
   */
  public static Window between(Instant start, Instant end) {
    return SpanRule.ofInstants(start, end);
  }

  /**
   * Returns the first instant of the window that holds {@code at}; of a rolling window that ends
   * there.
   */
  public Instant startOf(Instant at, ZoneId zone) {
    return rule.startOf(at, zone);
  }

  /**
   * Returns the first instant after the window that holds {@code at}; {@link Instant#MAX} if it
   * never ends. For a rolling window, when a charge of {@code at} no longer counts. For an instant
   * outside a fixed span, when the span begins, {@link Instant#MAX} after it.
   */
  public Instant endOf(Instant at, ZoneId zone) {
    return rule.endOf(at, zone);
  }

  /** Whether {@code at} lies in any window at all; false only outside a fixed span. */
  public boolean covers(Instant at, ZoneId zone) {
    return rule.covers(at, zone);
  }

  /** Returns how far a rolling window reaches back, null for every other kind. */
  public @Nullable Duration rolling() {
    return rule.rolling();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Window that && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /**
   * Returns the window's words, which say all about it: {@code day}, {@code quarter from FEBRUARY},
   * {@code 1h}, {@code 2026-01-01/2026-03-31}.
   */
  @Override
  public String toString() {
    return name;
  }
}
