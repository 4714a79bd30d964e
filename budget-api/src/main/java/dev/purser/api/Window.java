package dev.purser.api;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The span over which a budget's limit holds. Windows follow their zone through clock changes. */
public abstract class Window {

  /** A calendar day of the budget's zone; 23 or 25 hours long where the clock is changed. */
  public static final Window DAY = new Window("day") {
    @Override
    public Instant startOf(Instant at, ZoneId zone) {
      return LocalDate.ofInstant(at, zone).atStartOfDay(zone).toInstant();
    }

    @Override
    public Instant endOf(Instant at, ZoneId zone) {
      return LocalDate.ofInstant(at, zone).plusDays(1).atStartOfDay(zone).toInstant();
    }
  };

  /** All time: the limit never resets. */
  public static final Window TOTAL = new Window("total") {
    @Override
    public Instant startOf(Instant at, ZoneId zone) {
      return Instant.MIN;
    }

    @Override
    public Instant endOf(Instant at, ZoneId zone) {
      return Instant.MAX;
    }
  };

  private final String name;

  Window(String name) {
    this.name = name;
  }

  /** Returns the first instant of the window that holds {@code at}. */
  public abstract Instant startOf(Instant at, ZoneId zone);

  /**
   * Returns the first instant after the window that holds {@code at}; {@link Instant#MAX} if it
   * never ends.
   */
  public abstract Instant endOf(Instant at, ZoneId zone);

  /** Returns the window's word: {@code day} or {@code total}. */
  @Override
  public String toString() {
    return name;
  }
}
