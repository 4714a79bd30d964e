package dev.purser.junit;

import dev.purser.api.Dimension;
import dev.purser.api.Filter;
import dev.purser.api.Usd;
import java.util.List;

/**
 * Assertions on what was spent, at the moment at which it was begun. Each fails with an {@link
 * AssertionError} that tells the calls.
 */
public final class SpendAssert {

  private final Spending spending;

  SpendAssert(Spending spending) {
    this.spending = spending;
  }

  /**
   * Checks that no more was spent.
   *
   * @param usd US dollars, such as {@code 0.25}
   */
  public SpendAssert spentAtMost(String usd) {
    Usd most = Usd.of(usd);
    return check(spending.nanoUsd() <= most.nanos(), "at most $" + most + " to be spent");
  }

  /**
   * Checks that exactly so much was spent.
   *
   * @param usd US dollars, such as {@code 0.25}
   */
  public SpendAssert spent(String usd) {
    Usd exactly = Usd.of(usd);
    return check(spending.nanoUsd() == exactly.nanos(), "$" + exactly + " to be spent");
  }

  /** Checks that no more tokens were read and written. */
  public SpendAssert usedAtMostTokens(long most) {
    return check(
        spending.tokens() <= most,
        "at most " + Spending.count(most, "token") + ", but there were " + spending.tokens());
  }

  /** Checks that no more calls were charged. */
  public SpendAssert madeAtMostCalls(long most) {
    return check(spending.requests() <= most, "at most " + Spending.count(most, "call"));
  }

  /** Checks that exactly so many calls were charged. */
  public SpendAssert madeCalls(long exactly) {
    return check(spending.requests() == exactly, Spending.count(exactly, "call"));
  }

  /**
   * Checks that no other models were called.
   *
   * @param models names as {@code gpt-4o-mini} or {@code openai/gpt-4o-mini}; a {@code *} stands for any
   *     characters
   */
  public SpendAssert calledOnly(String... models) {
    Filter allowed = new Filter(Dimension.MODEL, List.of(models));
    List<String> others = spending.modelNames().stream()
        .filter(name -> !allowed.matches(name))
        .filter(name -> !allowed.matches(name.substring(name.indexOf('/') + 1)))
        .toList();
    return check(
        others.isEmpty(),
        "only " + String.join(", ", models) + " to be called, and not "
            + String.join(", ", others));
  }

  /** Checks that no call was refused or denied. */
  public SpendAssert refusedNothing() {
    return check(spending.refusals().isEmpty(), "no call to be refused");
  }

  /** Checks that every call that left was counted. */
  public SpendAssert leftNothingUncounted() {
    return check(spending.unmetered().isEmpty(), "every call to be counted");
  }

  private SpendAssert check(boolean holds, String expected) {
    if (!holds) {
      throw new AssertionError(
          "Expected " + expected + ": " + spending.sentence() + spending.details());
    }
    return this;
  }
}
