package dev.purser.core.config;

import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.Enforcement;
import dev.purser.api.Measure;
import dev.purser.api.Window;
import dev.purser.core.config.Node.Mapping;
import java.time.DayOfWeek;
import java.time.Month;
import java.util.List;
import java.util.Optional;

/**
 * Reads one budget of a file. Where something cannot be read the budget is made up from what can, so
 * that the rest of it is still checked; the problems reported keep it from being used.
 *
 * @param weekStarts the first day of weeks, where a budget says nothing else
 * @param fiscalYearStarts the first month of fiscal years, where a budget says nothing else
 */
record BudgetReader(Problems problems, DayOfWeek weekStarts, Month fiscalYearStarts) {

  private static final List<String> KEYS = List.of(
      "name",
      "limit",
      "measure",
      "window",
      "per",
      "only",
      "zone",
      "owner",
      "enforcement",
      "outside",
      "max-accounts",
      "alert-at",
      "downgrade",
      "week-starts",
      "fiscal-year-starts");
  private static final Choice<Measure> MEASURES = Choice.of("measure", Measure.class);
  private static final Choice<Enforcement> ENFORCEMENTS =
      Choice.of("enforcement", Enforcement.class);
  private static final Choice<Outside> OUTSIDE = Choice.of("choice", Outside.class);

  private enum Outside {
    REFUSE,
    PASS
  }

  Budget read(Node node) {
    if (!(node instanceof Mapping mapping)) {
      problems.add(node.problem("must be a mapping with name, limit and window"));
      return Budget.of(node.path(), Measure.USD, 1, Window.TOTAL);
    }
    Fields fields = new Fields(mapping, KEYS, problems);
    return covering(counting(node.path(), fields), fields);
  }

  private Budget counting(String path, Fields fields) {
    fields.require("name");
    fields.require("limit");
    Optional<Measure> said = fields.read("measure", MEASURES);
    Measure measure = said.orElse(Measure.USD);
    if (measure != Measure.CONCURRENT_CALLS) {
      fields.require("window");
    }
    // Whether a limit is money or a count is unknown where the measure is.
    boolean measurable = said.isPresent() || !fields.has("measure");
    long limit = measurable
        ? fields.read("limit", text -> LimitWords.read(measure, text)).orElse(1L)
        : 1;
    WindowWords windows = new WindowWords(
        fields.read("week-starts", Words.WEEKDAYS).orElse(weekStarts),
        fields.read("fiscal-year-starts", Words.MONTHS).orElse(fiscalYearStarts));
    Optional<Window> window = fields.read("window", windows::read);
    window.ifPresent(known -> {
      fields.onlyWhere("week-starts", known.toString().startsWith("week"), "the window is no week");
      fields.onlyWhere(
          "fiscal-year-starts",
          known.toString().startsWith("quarter") || known.toString().startsWith("year"),
          "the window is no quarter and no year");
    });
    Budget budget = Budget.of(
        fields.read("name", Words::text).orElse(path), measure, limit, window.orElse(Window.TOTAL));
    Outside outside = fields.read("outside", OUTSIDE).orElse(Outside.REFUSE);
    // What is outside of a window that cannot be read is nobody's mistake.
    boolean spanKnown = window.isPresent() || !fields.has("window");
    return outside == Outside.PASS && spanKnown ? budget.passOutside() : budget;
  }

  private Budget covering(Budget counting, Fields fields) {
    Budget budget =
        counting.per(fields.oneOrMore("per", Words::dimension).toArray(Dimension[]::new));
    Fields only = fields.fields("only");
    for (String key : only.keys()) {
      budget = only(budget, only, key);
    }
    budget = fields.read("zone", Words::zone).map(budget::zone).orElse(budget);
    budget = fields.read("owner", Words::filled).map(budget::owner).orElse(budget);
    budget = fields.read("enforcement", ENFORCEMENTS).map(budget::enforcement).orElse(budget);
    budget =
        fields.read("max-accounts", Words::accounts).map(budget::maxAccounts).orElse(budget);
    if (fields.has("alert-at")) {
      List<Integer> shares = fields.list("alert-at", Words::percentage);
      budget = budget.alertAt(shares.toArray(Integer[]::new));
    }
    return downgrading(budget, fields);
  }

  private static Budget downgrading(Budget budget, Fields fields) {
    Optional<Fields> downgrade = fields.mapping("downgrade", List.of("at", "to"));
    if (downgrade.isEmpty()) {
      return budget;
    }
    downgrade.get().require("at");
    downgrade.get().require("to");
    Optional<String> to = downgrade.get().read("to", Words::filled);
    return to.flatMap(task ->
            downgrade.get().read("at", text -> budget.downgradeAt(Words.percentage(text), task)))
        .orElse(budget);
  }

  private static Budget only(Budget budget, Fields only, String key) {
    Optional<Dimension> dimension = only.readKey(key, Words::dimension);
    List<String> values = only.some(key, Words::filled);
    return dimension.isEmpty() || values.isEmpty()
        ? budget
        : budget.only(dimension.get(), values.toArray(String[]::new));
  }
}
