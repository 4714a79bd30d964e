package dev.purser.api;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody adds to the limit of one account: how much, until when, who says so and why.
 * Immutable; the methods that add something return a new grant.
 *
 * <pre>{@code
 * Grant.of("tripwire", Usd.of("50")).to("key=alice").by("dana@acme.dev").because("release night")
 * }</pre>
 *
 * <p>It adds to the limit of every window until it ends, and what was spent by then stays spent: after
 * its end the account may stand above its limit, and only free calls pass.
 */
public final class Grant {

  /** What an amount is given in. */
  public enum Unit {
    /** Nano-dollars, for budgets of money. */
    MONEY,
    /** Tokens, requests or calls, for budgets that count them. */
    COUNT,
    /** Percent of the budget's own limit at the time of the grant, rounded down. */
    PERCENT
  }

  private final String budget;
  private final Unit unit;
  private final long amount;
  private final String scope;
  private final @Nullable Instant until;
  private final String by;
  private final String why;

  private Grant(
      String budget,
      Unit unit,
      long amount,
      String scope,
      @Nullable Instant until,
      String by,
      String why) {
    this.budget = budget;
    this.unit = unit;
    this.amount = amount;
    this.scope = scope;
    this.until = until;
    this.by = by;
    this.why = why;
  }

  private static Grant of(String budget, Unit unit, long amount) {
    if (amount <= 0) {
      throw new IllegalArgumentException("a grant must be above zero, is " + amount);
    }
    return new Grant(filled("budget", budget), unit, amount, "", null, "", "");
  }

  /**
   * Returns a grant of money.
   *
   * @throws IllegalArgumentException if it is not above zero
   */
  public static Grant of(String budget, Usd amount) {
    return of(budget, Unit.MONEY, amount.nanos());
  }

  /**
   * Returns a grant of tokens, requests or calls, as the budget's measure says; of money only {@link
   * #of(String, Usd)} makes one.
   *
   * @throws IllegalArgumentException if it is not above zero
   */
  public static Grant of(String budget, long count) {
    return of(budget, Unit.COUNT, count);
  }

  /**
   * Returns a grant of a part of the budget's limit: of what the limit is when it is granted, without
   * other grants.
   *
   * @param percent 20 for a fifth of the limit on top of it
   * @throws IllegalArgumentException if it is not above zero
   */
  public static Grant ofPercent(String budget, int percent) {
    return of(budget, Unit.PERCENT, percent);
  }

  /**
   * Returns this grant to one account of the budget. A budget without dimensions has only one, which
   * needs no scope.
   *
   * @param scope as refusals and balances name it, such as {@code key=alice}
   */
  public Grant to(String scope) {
    return new Grant(budget, unit, amount, scope, until, by, why);
  }

  /**
   * Returns this grant with the first instant at which it is over. Without one it ends with the
   * budget's present window; a rolling window has no end, so there it must be said.
   */
  public Grant until(Instant until) {
    return new Grant(budget, unit, amount, scope, until, by, why);
  }

  /** Returns this grant with the person who grants it. */
  public Grant by(String by) {
    return new Grant(budget, unit, amount, scope, until, filled("giver", by), why);
  }

  /** Returns this grant with the reason for it. */
  public Grant because(String why) {
    return new Grant(budget, unit, amount, scope, until, by, filled("reason", why));
  }

  private static String filled(String what, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a grant's " + what + " must not be blank");
    }
    return value;
  }

  /** Returns the name of the budget. */
  public String budget() {
    return budget;
  }

  /** Returns what {@link #amount()} is given in. */
  public Unit unit() {
    return unit;
  }

  /** Returns nano-dollars, tokens, requests, calls or percent, as {@link #unit()} says. */
  public long amount() {
    return amount;
  }

  /** Returns the account within the budget; empty if it has only one. */
  public String scope() {
    return scope;
  }

  /** Returns the first instant at which it is over; null for the end of the present window. */
  public @Nullable Instant until() {
    return until;
  }

  /** Returns who grants it; empty if nobody said yet. */
  public String by() {
    return by;
  }

  /** Returns the reason for it; empty if nobody said yet. */
  public String why() {
    return why;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Grant that
        && budget.equals(that.budget)
        && unit == that.unit
        && amount == that.amount
        && scope.equals(that.scope)
        && Objects.equals(until, that.until)
        && by.equals(that.by)
        && why.equals(that.why);
  }

  @Override
  public int hashCode() {
    return Objects.hash(budget, unit, amount, scope, until, by, why);
  }

  @Override
  public String toString() {
    String what = switch (unit) {
      case MONEY -> "$" + Usd.ofNanos(amount);
      case COUNT -> Long.toString(amount);
      case PERCENT -> amount + " %";
    };
    return "Grant of " + what + " to " + budget + (scope.isEmpty() ? "" : " (" + scope + ")");
  }
}
