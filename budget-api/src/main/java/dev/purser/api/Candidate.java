package dev.purser.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model that may serve a task class, and when. Immutable.
 *
 * @param model {@code provider/name}, or the name alone where the price table knows whose it is
 * @param from from which use on, in percent of a budget's limit; 0 for always
 * @param until until which use, in percent; {@link #NO_END} for always
 * @param budget the budget whose use counts; null for the one that covers the call and is used most
 * @param costAtMost what the call may cost with it in the worst case, or null
 */
public record Candidate(
    String model,
    int from,
    int until,
    @Nullable String budget,
    @Nullable Usd costAtMost) {

  /** Stands for a use that no budget reaches. */
  public static final int NO_END = Integer.MAX_VALUE;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if one makes no sense
   */
  public Candidate {
    Objects.requireNonNull(model, "model");
    if (model.isBlank()) {
      throw new IllegalArgumentException("a candidate needs the name of a model");
    }
    if (from < 0 || from > 100 || until <= from || (until > 100 && until != NO_END)) {
      throw new IllegalArgumentException(
          model + ": a use is from 0% to 100%, and ends above where it begins");
    }
    if (costAtMost != null && costAtMost.nanos() <= 0) {
      throw new IllegalArgumentException(model + ": what it may cost must be more than nothing");
    }
  }

  /** Returns a model that may always serve. */
  public static Candidate of(String model) {
    return new Candidate(model, 0, NO_END, null, null);
  }

  /** Returns this candidate, of use only once so much of a budget is spent, in percent. */
  public Candidate from(int percent) {
    return new Candidate(model, percent, until, budget, costAtMost);
  }

  /** Returns this candidate, of use only until so much of a budget is spent, in percent. */
  public Candidate until(int percent) {
    return new Candidate(model, from, percent, budget, costAtMost);
  }

  /** Returns this candidate, going by the use of one budget. */
  public Candidate ofBudget(String name) {
    return new Candidate(model, from, until, name, costAtMost);
  }

  /** Returns this candidate, for calls that cost no more with it in the worst case. */
  public Candidate costAtMost(Usd most) {
    return new Candidate(model, from, until, budget, most);
  }

  /** Whether it depends on how much of a budget is used. */
  public boolean goesByUse() {
    return from > 0 || until != NO_END;
  }
}
