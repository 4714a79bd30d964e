package dev.purser.core;

import dev.purser.api.Budget;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks budgets before a guard is built on them, and completes them with the guard's defaults.
 *
 * @param owner the default owner, or null
 * @param zone the default zone
 */
record BudgetCheck(@Nullable String owner, ZoneId zone) {

  List<Budget> check(List<Budget> budgets) {
    if (budgets.isEmpty()) {
      throw new IllegalArgumentException("budget: at least one is needed, or nothing has a limit");
    }
    Set<String> names = new HashSet<>();
    List<Budget> complete = new ArrayList<>(budgets.size());
    for (Budget budget : budgets) {
      if (budget.name().isBlank()) {
        throw new IllegalArgumentException("budget name: must not be blank");
      }
      if (!names.add(budget.name())) {
        throw wrong(budget, "name", "is taken by another budget");
      }
      if (budget.limit() <= 0) {
        throw wrong(budget, "limit", "must be above zero, is " + budget.amount(budget.limit()));
      }
      String responsible = budget.owner() == null ? owner : budget.owner();
      if (responsible == null || responsible.isBlank()) {
        throw wrong(budget, "owner", "is missing: name the person who answers for it");
      }
      complete.add(budget.owner(responsible).zone(Objects.requireNonNullElse(budget.zone(), zone)));
    }
    return complete;
  }

  private static IllegalArgumentException wrong(Budget budget, String field, String what) {
    return new IllegalArgumentException("budget \"" + budget.name() + "\": " + field + " " + what);
  }
}
