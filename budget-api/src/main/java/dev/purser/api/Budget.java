package dev.purser.api;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A limit on one measure over one window, counted apart for each value of its dimensions.
 * Immutable: the methods that add something return a new budget. What a budget must have is checked
 * when the guard is built, so that the message can name the field.
 */
public final class Budget {

  private final Parts parts;

  private Budget(Parts parts) {
    this.parts = parts;
  }

  /** What a budget is made of; never changed once a budget has it. */
  private static final class Parts implements Cloneable {
    private String name;
    private final Measure measure;
    private long limit;
    private final Window window;
    private List<Dimension> dimensions = List.of();
    private List<Filter> filters = List.of();
    private @Nullable ZoneId zone;
    private @Nullable String owner;
    private Enforcement enforcement = Enforcement.BLOCK;
    private boolean passOutside;
    private int maxAccounts = 100_000;
    private List<Integer> alertAt = List.of(50, 80, 100);
    private @Nullable Downgrade downgrade;

    Parts(String name, Measure measure, long limit, Window window) {
      this.name = name;
      this.measure = measure;
      this.limit = limit;
      this.window = window;
    }

    @Override
    protected Parts clone() {
      try {
        return (Parts) super.clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }

    List<@Nullable Object> all() {
      return Arrays.asList(
          name,
          measure,
          limit,
          window,
          dimensions,
          filters,
          zone,
          owner,
          enforcement,
          passOutside,
          maxAccounts,
          alertAt,
          downgrade);
    }
  }

  private Budget with(Consumer<Parts> change) {
    Parts changed = parts.clone();
    change.accept(changed);
    return new Budget(changed);
  }

  /** Returns a limit on money for each hour of the clock. */
  public static Budget hourly(String name, Usd limit) {
    return of(name, Measure.USD, limit.nanos(), Window.HOUR);
  }

  /** Returns a limit on money for each calendar day. */
  public static Budget daily(String name, Usd limit) {
    return of(name, Measure.USD, limit.nanos(), Window.DAY);
  }

  /** Returns a limit on money for each week from Monday. */
  public static Budget weekly(String name, Usd limit) {
    return of(name, Measure.USD, limit.nanos(), Window.WEEK);
  }

  /** Returns a limit on money for each calendar month. */
  public static Budget monthly(String name, Usd limit) {
    return of(name, Measure.USD, limit.nanos(), Window.MONTH);
  }

  /** Returns a limit on money for each quarter of the calendar year. */
  public static Budget quarterly(String name, Usd limit) {
    return of(name, Measure.USD, limit.nanos(), Window.QUARTER);
  }

  /** Returns a limit on money for each calendar year. */
  public static Budget yearly(String name, Usd limit) {
    return of(name, Measure.USD, limit.nanos(), Window.YEAR);
  }

  /** Returns a limit on money that never resets. */
  public static Budget total(String name, Usd limit) {
    return of(name, Measure.USD, limit.nanos(), Window.TOTAL);
  }

  /** Returns a limit on the money of any stretch of time as long as {@code window}. */
  public static Budget rolling(String name, Usd limit, Duration window) {
    return of(name, Measure.USD, limit.nanos(), Window.rolling(window));
  }

  /** Returns a limit on how many calls are open at the same time. */
  public static Budget concurrent(String name, int calls) {
    return of(name, Measure.CONCURRENT_CALLS, calls, Window.TOTAL);
  }

  /**
   * Returns a limit on any measure.
   *
   * @param limit nano-dollars, tokens, requests or calls, as {@code measure} says
   */
  public static Budget of(String name, Measure measure, long limit, Window window) {
    return new Budget(new Parts(name, measure, limit, window));
  }

  /** Returns this budget, counted apart for each combination of values of the dimensions. */
  public Budget per(Dimension... dimensions) {
    List<Dimension> distinct = List.copyOf(new LinkedHashSet<>(List.of(dimensions)));
    return with(parts -> parts.dimensions = distinct);
  }

  /**
   * Returns this budget for only those calls that have one of the values in a dimension, besides
   * what it was narrowed to before. A {@code *} stands for any characters.
   */
  public Budget only(Dimension dimension, String... values) {
    List<Filter> more = new ArrayList<>(parts.filters);
    more.add(new Filter(dimension, List.of(values)));
    return with(parts -> parts.filters = List.copyOf(more));
  }

  /** Returns this budget with calendar windows of the given zone instead of the guard's. */
  public Budget zone(ZoneId zone) {
    return with(parts -> parts.zone = zone);
  }

  /** Returns this budget with the person who answers for it, instead of the guard's owner. */
  public Budget owner(String owner) {
    return with(parts -> parts.owner = owner);
  }

  /** Returns this budget under another name. */
  public Budget named(String name) {
    return with(parts -> parts.name = name);
  }

  /** Returns this budget with another limit, in nano-dollars, tokens, requests or calls. */
  public Budget limit(long limit) {
    return with(parts -> parts.limit = limit);
  }

  /** Returns this budget as one that refuses, or only watches. */
  public Budget enforcement(Enforcement enforcement) {
    return with(parts -> parts.enforcement = enforcement);
  }

  /** Returns this budget as one that counts and tells, and refuses nothing. */
  public Budget observe() {
    return enforcement(Enforcement.OBSERVE);
  }

  /** Returns this budget such that calls outside its fixed span pass uncounted, not refused. */
  public Budget passOutside() {
    return with(parts -> parts.passOutside = true);
  }

  /**
   * Returns this budget with another bound on how many accounts it may have at once; values of its
   * dimensions that come later share one account. 100,000 by default.
   */
  public Budget maxAccounts(int accounts) {
    return with(parts -> parts.maxAccounts = accounts);
  }

  /** Returns this budget with the percentages of its limit that are worth an alert; 50, 80 and 100 by default. */
  public Budget alertAt(Integer... percent) {
    return with(
        parts -> parts.alertAt = Arrays.stream(percent).sorted().distinct().toList());
  }

  /** Returns this budget, no share of whose limit is worth an alert. */
  public Budget noAlerts() {
    return with(parts -> parts.alertAt = List.of());
  }

  /**
   * Returns this budget, asking for the models of another task class once so much of its limit is spent.
   *
   * @param percent from {@value Downgrade#LEAST_PERCENT} to 100
   */
  public Budget downgradeAt(int percent, String taskClass) {
    return with(parts -> parts.downgrade = new Downgrade(percent, taskClass));
  }

  /** Returns the name, unique within a guard. */
  public String name() {
    return parts.name;
  }

  /** Returns what is counted. */
  public Measure measure() {
    return parts.measure;
  }

  /** Returns the limit in nano-dollars, tokens, requests or calls, as {@link #measure()} says. */
  public long limit() {
    return parts.limit;
  }

  /** Returns the window. */
  public Window window() {
    return parts.window;
  }

  /** Returns the dimensions, in the order they were given; unmodifiable. */
  public List<Dimension> dimensions() {
    return parts.dimensions;
  }

  /** Returns the filters, all of which a call must pass to be covered; unmodifiable. */
  public List<Filter> filters() {
    return parts.filters;
  }

  /** Returns the zone of calendar windows, or null where the guard's holds. */
  public @Nullable ZoneId zone() {
    return parts.zone;
  }

  /** Returns the owner, or null where the guard's holds. */
  public @Nullable String owner() {
    return parts.owner;
  }

  /** Returns whether the budget refuses or only watches. */
  public Enforcement enforcement() {
    return parts.enforcement;
  }

  /** Whether calls outside the budget's fixed span pass uncounted. */
  public boolean passesOutside() {
    return parts.passOutside;
  }

  /** Returns how many accounts the budget may have at once. */
  public int maxAccounts() {
    return parts.maxAccounts;
  }

  /** Returns the percentages of the limit that are worth an alert, ascending; unmodifiable. */
  public List<Integer> alertAt() {
    return parts.alertAt;
  }

  /** Returns from when on cheaper models are to serve, or null for never. */
  public @Nullable Downgrade downgrade() {
    return parts.downgrade;
  }

  /**
   * Whether the two count the same things apart in the same windows, whatever their limits, and in
   * whatever order they name filters and their values.
   */
  public boolean countsLike(Budget other) {
    return measure() == other.measure()
        && window().equals(other.window())
        && dimensions().equals(other.dimensions())
        && covered().equals(other.covered())
        && Objects.equals(zone(), other.zone());
  }

  private Set<Map.Entry<Dimension, Set<String>>> covered() {
    return filters().stream()
        .map(filter -> Map.entry(filter.dimension(), Set.copyOf(filter.values())))
        .collect(Collectors.toSet());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Budget that && parts.all().equals(that.parts.all());
  }

  @Override
  public int hashCode() {
    return parts.all().hashCode();
  }

  @Override
  public String toString() {
    return "Budget "
        + name()
        + ": "
        + amount(limit())
        + " per "
        + window()
        + (dimensions().isEmpty() ? "" : " and " + dimensions())
        + (filters().isEmpty() ? "" : " for " + filters());
  }

  /** Renders an amount of this budget's measure. */
  public String amount(long amount) {
    return measure().amount(amount);
  }
}
