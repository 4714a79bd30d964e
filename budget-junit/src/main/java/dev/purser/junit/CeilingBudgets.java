package dev.purser.junit;

import dev.purser.api.Budget;
import dev.purser.api.Measure;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import java.util.ArrayList;
import java.util.List;

/** The limits of a ceiling as budgets, in the name of whatever stands under it. */
final class CeilingBudgets {

  private static final String OWNER = "the test suite";

  private final String name;
  private final List<Budget> budgets = new ArrayList<>();

  private CeilingBudgets(String name) {
    this.name = name;
  }

  /**
   * Returns what an annotation says.
   *
   * @param name of the class or method that it stands on
   * @throws IllegalArgumentException if it says nothing, or no amount
   */
  static List<Budget> of(SpendCeiling ceiling, String name) {
    CeilingBudgets limits = new CeilingBudgets(name);
    limits.money("@SpendCeiling of " + name, ceiling.value());
    limits.count(Measure.TOKENS, ceiling.tokens());
    limits.count(Measure.REQUESTS, ceiling.requests());
    if (limits.budgets.isEmpty()) {
      throw new IllegalArgumentException(
          "@SpendCeiling of " + name + " needs an amount of dollars, tokens or requests");
    }
    return limits.budgets;
  }

  /**
   * Returns the limit of a whole suite.
   *
   * @param property where it was said
   * @throws IllegalArgumentException if that is no amount
   */
  static List<Budget> ofSuite(String property, String usd) {
    CeilingBudgets limits = new CeilingBudgets("the test suite");
    limits.money(property, usd);
    return limits.budgets;
  }

  private void money(String where, String usd) {
    String amount = usd.strip();
    if (!amount.isEmpty()) {
      try {
        String digits = amount.startsWith("$") ? amount.substring(1) : amount;
        budgets.add(Budget.total(budgetName(), Usd.of(digits)).owner(OWNER));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            where + ": needs an amount of dollars such as 0.25, is " + usd, e);
      }
    }
  }

  private void count(Measure measure, long limit) {
    if (limit >= 0) {
      budgets.add(Budget.of(budgetName(), measure, limit, Window.TOTAL).owner(OWNER));
    }
  }

  private String budgetName() {
    return "ceiling of " + name;
  }
}
