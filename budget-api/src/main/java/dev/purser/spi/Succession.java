package dev.purser.spi;

import dev.purser.api.Budget;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which budget goes on with the accounts of which, when budgets are changed: one with those of the same
 * name if it is {@linkplain Budget#countsLike counted like} it, else with those of one that is gone and
 * counted alike, of which it is the new name. All others start anew. Immutable; the same for the same
 * budgets, so that whoever keeps something by a budget's name finds it again.
 */
public final class Succession {

  private final Map<String, String> formerNames;

  private Succession(Map<String, String> formerNames) {
    this.formerNames = formerNames;
  }

  /**
   * Returns what becomes of budgets.
   *
   * @param before in any order
   * @param after in the order of the configuration: the earlier one goes on with what two could
   */
  public static Succession between(Collection<Budget> before, List<Budget> after) {
    Map<String, Budget> free = new HashMap<>();
    before.forEach(budget -> free.put(budget.name(), budget));
    Map<String, String> formerNames = new HashMap<>();
    for (Budget budget : after) {
      Budget same = free.get(budget.name());
      if (same != null && same.countsLike(budget)) {
        free.remove(same.name());
        formerNames.put(budget.name(), same.name());
      }
    }
    Set<String> kept = new HashSet<>(formerNames.keySet());
    for (Budget budget : after) {
      if (!kept.contains(budget.name())) {
        free.values().stream()
            .filter(budget::countsLike)
            .min(Comparator.comparing(Budget::name))
            .ifPresent(renamed -> {
              free.remove(renamed.name());
              formerNames.put(budget.name(), renamed.name());
            });
      }
    }
    return new Succession(Map.copyOf(formerNames));
  }

  /** Returns the name under which a budget had its accounts before; null if it starts anew. */
  public @Nullable String formerName(String name) {
    return formerNames.get(name);
  }

  /** Returns the name of the budget that goes on with another's accounts; null if none does. */
  public @Nullable String successor(String formerName) {
    for (Map.Entry<String, String> entry : formerNames.entrySet()) {
      if (entry.getValue().equals(formerName)) {
        return entry.getKey();
      }
    }
    return null;
  }
}
