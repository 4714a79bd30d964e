package dev.purser.core.config;

import dev.purser.api.Budget;
import java.util.List;
import java.util.Locale;

/**
 * What the check found wrong, before it is known whether the reader looks at a program or a file.
 *
 * @param budget the budget's index, or {@link #NO_BUDGET}
 * @param field the field's name in a program
 * @param within which of the field's parts: {@code [2]}, {@code .routine} or nothing
 * @param what what is wrong with it
 */
record Finding(int budget, String field, String within, String what) {

  static final int NO_BUDGET = -1;

  static Finding of(String field, String what) {
    return new Finding(NO_BUDGET, field, "", what);
  }

  Problem inCode(List<Budget> budgets) {
    if (budget == NO_BUDGET) {
      return new Problem(field + within, 0, what);
    }
    String name = budgets.get(budget).name();
    String place = name.isBlank() ? "budgets[" + budget + "]" : "budget " + Excerpt.quoted(name);
    return new Problem(place, 0, field + within + " " + what);
  }

  Problem inFile(Lines lines) {
    String parent = budget == NO_BUDGET ? "" : "budgets[" + budget + "].";
    String path = parent + key() + within;
    return new Problem(path, lines.of(path), what);
  }

  /** The field's name in a file. */
  private String key() {
    return field.equals("passOutside")
        ? "outside"
        : field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
