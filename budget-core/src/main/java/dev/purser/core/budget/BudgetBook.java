package dev.purser.core.budget;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.ModelId;
import dev.purser.spi.Account;
import dev.purser.spi.Ledger;
import java.util.ArrayList;
import java.util.List;

/**
 * Which accounts a call draws on: one of each budget. Bindings are remembered for the attributions
 * seen last; forgetting one only costs looking it up again. Safe for use by several threads.
 */
public final class BudgetBook {

  private static final int REMEMBERED = 10_000;

  private final List<Budget> budgets;
  private final Ledger ledger;
  private final Cache<Binding, List<Account>> bindings =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  /**
   * Binds budgets to the ledger that holds their accounts.
   *
   * @param budgets with owner and zone set
   */
  public BudgetBook(List<Budget> budgets, Ledger ledger) {
    this.budgets = List.copyOf(budgets);
    this.ledger = ledger;
  }

  private record Binding(Attribution attribution, ModelId model) {}

  /** Returns the accounts that cover a call, in the order of the budgets. */
  public List<Account> covering(Attribution attribution, ModelId model) {
    return bindings.get(new Binding(attribution, model), this::bind);
  }

  private List<Account> bind(Binding binding) {
    List<Account> accounts = new ArrayList<>(budgets.size());
    for (Budget budget : budgets) {
      accounts.add(ledger.open(budget, scope(budget, binding)));
    }
    return List.copyOf(accounts);
  }

  private static String scope(Budget budget, Binding binding) {
    StringBuilder scope = new StringBuilder();
    for (Dimension dimension : budget.dimensions()) {
      scope
          .append(scope.isEmpty() ? "" : ",")
          .append(dimension.name())
          .append('=')
          .append(escaped(dimension.valueOf(binding.attribution(), binding.model())));
    }
    return scope.toString();
  }

  /** Two different combinations of values must never read the same. */
  private static String escaped(String value) {
    return value.indexOf(',') < 0 && value.indexOf('\\') < 0
        ? value
        : value.replace("\\", "\\\\").replace(",", "\\,");
  }
}
