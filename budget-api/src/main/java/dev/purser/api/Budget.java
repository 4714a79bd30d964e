package dev.purser.api;

import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A limit on one measure over one window, counted apart for each value of its dimensions.
 * Immutable: the methods that add something return a new budget. What a budget must have is checked
 * when the guard is built, so that the message can name the field.
 */
public final class Budget {

  private final String name;
  private final Measure measure;
  private final long limit;
  private final Window window;
  private final List<Dimension> dimensions;
  private final @Nullable ZoneId zone;
  private final @Nullable String owner;

  private Budget(
      String name,
      Measure measure,
      long limit,
      Window window,
      List<Dimension> dimensions,
      @Nullable ZoneId zone,
      @Nullable String owner) {
    this.name = name;
    this.measure = measure;
    this.limit = limit;
    this.window = window;
    this.dimensions = dimensions;
    this.zone = zone;
    this.owner = owner;
  }

  /** Returns a limit on money for each calendar day. */
  public static Budget daily(String name, Usd limit) {
    return of(name, Measure.USD, limit.nanos(), Window.DAY);
  }

  /** Returns a limit on money that never resets. */
  public static Budget total(String name, Usd limit) {
    return of(name, Measure.USD, limit.nanos(), Window.TOTAL);
  }

  /**
   * Returns a limit on any measure.
   *
   * @param limit nano-dollars, tokens or requests, as {@code measure} says
   */
  public static Budget of(String name, Measure measure, long limit, Window window) {
    return new Budget(name, measure, limit, window, List.of(), null, null);
  }

  /** Returns this budget, counted apart for each combination of values of the dimensions. */
  public Budget per(Dimension... dimensions) {
    return new Budget(
        name,
        measure,
        limit,
        window,
        List.copyOf(new LinkedHashSet<>(List.of(dimensions))),
        zone,
        owner);
  }

  /** Returns this budget with calendar windows of the given zone instead of the guard's. */
  public Budget zone(ZoneId zone) {
    return new Budget(name, measure, limit, window, dimensions, zone, owner);
  }

  /** Returns this budget with the person who answers for it, instead of the guard's owner. */
  public Budget owner(String owner) {
    return new Budget(name, measure, limit, window, dimensions, zone, owner);
  }

  /** Returns the name, unique within a guard. */
  public String name() {
    return name;
  }

  /** Returns what is counted. */
  public Measure measure() {
    return measure;
  }

  /** Returns the limit in nano-dollars, tokens or requests, as {@link #measure()} says. */
  public long limit() {
    return limit;
  }

  /** Returns the window. */
  public Window window() {
    return window;
  }

  /** Returns the dimensions, in the order they were given; unmodifiable. */
  public List<Dimension> dimensions() {
    return dimensions;
  }

  /** Returns the zone of calendar windows, or null where the guard's holds. */
  public @Nullable ZoneId zone() {
    return zone;
  }

  /** Returns the owner, or null where the guard's holds. */
  public @Nullable String owner() {
    return owner;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Budget that
        && name.equals(that.name)
        && measure == that.measure
        && limit == that.limit
        && window == that.window
        && dimensions.equals(that.dimensions)
        && Objects.equals(zone, that.zone)
        && Objects.equals(owner, that.owner);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, measure, limit, window, dimensions, zone, owner);
  }

  @Override
  public String toString() {
    return "Budget "
        + name
        + ": "
        + amount(limit)
        + " "
        + measure
        + " per "
        + window
        + (dimensions.isEmpty() ? "" : " and " + dimensions);
  }

  /** Renders an amount of this budget's measure: dollars for money, else a plain count. */
  public String amount(long amount) {
    return measure == Measure.USD ? "$" + Usd.ofNanos(amount) : Long.toString(amount);
  }
}
