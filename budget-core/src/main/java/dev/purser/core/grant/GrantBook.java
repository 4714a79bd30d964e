package dev.purser.core.grant;

import dev.purser.api.Budget;
import dev.purser.api.GrantInForce;
import dev.purser.spi.Succession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The grants in force, and what they add to each account.
 *
 * <p><b>Unit:</b> amounts in that of the budget's measure; sums saturate at {@link Long#MAX_VALUE}.
 *
 * <p><b>Who may call it:</b> any thread; what changes it, one at a time and while no call is admitted.
 * <b>Memory order:</b> one immutable value behind a volatile field. <b>Progress:</b> a look is
 * wait-free; that for grants whose time is over is two reads and a comparison.
 */
public final class GrantBook {

  /** An account, by name. */
  public record Place(String budget, String scope) {

    static Place of(GrantInForce grant) {
      return new Place(grant.budget(), grant.scope());
    }
  }

  private record State(
      List<GrantInForce> grants,
      Map<Place, List<GrantInForce>> byPlace,
      Map<Place, Long> extras,
      Instant nextEnd) {

    static State of(List<GrantInForce> grants) {
      Map<Place, List<GrantInForce>> byPlace = grants.stream()
          .collect(Collectors.groupingBy(Place::of, Collectors.toUnmodifiableList()));
      Map<Place, Long> extras = new HashMap<>();
      Instant nextEnd = Instant.MAX;
      for (GrantInForce grant : grants) {
        extras.merge(Place.of(grant), grant.amount(), GrantBook::sum);
        Instant until = grant.until();
        if (until != null && until.isBefore(nextEnd)) {
          nextEnd = until;
        }
      }
      return new State(List.copyOf(grants), byPlace, Map.copyOf(extras), nextEnd);
    }
  }

  private volatile State state = State.of(List.of());

  /** Nothing is granted. */
  public GrantBook() {}

  /** Whether the time of some grant is over that is still in force. */
  public boolean anyOver(Instant now) {
    return !now.isBefore(state.nextEnd());
  }

  /** Returns the grants in force, in the order in which they were made. */
  public List<GrantInForce> all() {
    return state.grants();
  }

  /** Returns the grants to an account that are in force, in the order in which they were made. */
  public List<GrantInForce> to(Place place) {
    return state.byPlace().getOrDefault(place, List.of());
  }

  /** Returns by how much the limit of each account is raised; of those that have a grant. */
  public Map<Place, Long> extras() {
    return state.extras();
  }

  /** Returns by how much the limit of an account is raised. */
  public long extra(Place place) {
    return state.extras().getOrDefault(place, 0L);
  }

  /** Puts a grant in force. */
  public void add(GrantInForce grant) {
    List<GrantInForce> more = new ArrayList<>(state.grants());
    more.add(grant);
    state = State.of(more);
  }

  /** Ends a grant; null if there is none of that id. */
  public @Nullable GrantInForce remove(String id) {
    List<GrantInForce> left = new ArrayList<>(state.grants());
    GrantInForce found =
        left.stream().filter(grant -> grant.id().equals(id)).findFirst().orElse(null);
    if (found != null) {
      left.remove(found);
      state = State.of(left);
    }
    return found;
  }

  /** Ends the grants whose time is over, and returns them. */
  public List<GrantInForce> removeOver(Instant now) {
    Map<Boolean, List<GrantInForce>> over =
        state.grants().stream().collect(Collectors.partitioningBy(grant -> grant.isOver(now)));
    state = State.of(over.getOrDefault(false, List.of()));
    return over.getOrDefault(true, List.of());
  }

  /**
   * Follows the budgets when they are changed: a grant goes with the accounts that it is to, under
   * their new name; where its budget starts anew, to the account of the same scope, if there can be one
   * and the budget still counts in the same unit.
   *
   * @param after the budgets in force now
   * @param fits whether a budget can have an account of a scope
   * @return the grants that ended because there is nothing left that they could be to, and why
   */
  public Map<GrantInForce, String> follow(
      Succession succession, List<Budget> after, BiPredicate<Budget, String> fits) {
    Map<String, Budget> byName = new HashMap<>();
    after.forEach(budget -> byName.put(budget.name(), budget));
    Map<GrantInForce, String> lost = new LinkedHashMap<>();
    List<GrantInForce> left = new ArrayList<>();
    for (GrantInForce grant : state.grants()) {
      String successor = succession.successor(grant.budget());
      Budget budget = byName.get(Objects.requireNonNullElse(successor, grant.budget()));
      if (budget == null) {
        lost.put(grant, "the budget is not in force any more");
      } else if (budget.measure() != grant.measure()) {
        lost.put(grant, "the budget counts " + budget.measure() + " now");
      } else if (!fits.test(budget, grant.scope())) {
        lost.put(grant, "the budget has no such account any more");
      } else {
        left.add(grant.withBudget(budget.name()));
      }
    }
    state = State.of(left);
    return lost;
  }

  private static long sum(long a, long b) {
    // Neither is below zero.
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }
}
