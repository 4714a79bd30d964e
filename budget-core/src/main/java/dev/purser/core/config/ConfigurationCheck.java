package dev.purser.core.config;

import dev.purser.api.Budget;
import dev.purser.api.Candidate;
import dev.purser.api.Downgrade;
import dev.purser.api.KeySecret;
import dev.purser.api.Measure;
import dev.purser.api.RoutingRules;
import dev.purser.api.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds everything that is missing or wrong in a configuration. */
final class ConfigurationCheck {

  /** More than any model writes; and eight times as much is still a number. */
  private static final long MOST_USEFUL = 10_000_000;

  /** Far below the 292 years that a {@code long} of nanoseconds can hold. */
  private static final Duration LONGEST = Duration.ofDays(366);

  private static final int HIGHEST_PERCENTAGE = 1000;

  private static final int MOST_ATTEMPTS = 10;

  private final Configuration configuration;
  private final List<Finding> findings = new ArrayList<>();

  private ConfigurationCheck(Configuration configuration) {
    this.configuration = configuration;
  }

  static List<Finding> findings(Configuration configuration) {
    ConfigurationCheck check = new ConfigurationCheck(configuration);
    check.budgets();
    check.findings.addAll(KeyCheck.findings(configuration.keys()));
    check.tasks();
    check.rest();
    check.findings.addAll(ProviderCheck.findings(configuration.prices().own()));
    return check.findings;
  }

  private void budgets() {
    List<Budget> budgets = configuration.budgets();
    if (budgets.isEmpty()) {
      findings.add(Finding.of("budgets", "at least one is needed, or nothing has a limit"));
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < budgets.size(); i++) {
      Budget budget = budgets.get(i);
      if (budget.name().isBlank()) {
        wrong(i, "name", "must not be blank");
      } else if (!names.add(budget.name())) {
        wrong(i, "name", "is taken by another budget");
      }
      budget(i, budget);
    }
  }

  private void budget(int i, Budget budget) {
    if (budget.limit() <= 0) {
      wrong(i, "limit", "must be above zero, is " + budget.amount(budget.limit()));
    }
    String owner = budget.owner() == null ? configuration.owner() : budget.owner();
    if (owner == null || owner.isBlank()) {
      wrong(i, "owner", "is missing: name the person who answers for it");
    }
    if (budget.measure() == Measure.CONCURRENT_CALLS && !budget.window().equals(Window.TOTAL)) {
      wrong(i, "window", "must be left out: concurrent calls have no window");
    }
    if (budget.passesOutside() && !isFixed(budget.window())) {
      wrong(i, "passOutside", "needs a fixed span: nothing is outside of " + budget.window());
    }
    if (budget.maxAccounts() < 1) {
      wrong(i, "maxAccounts", "must be at least 1, is " + budget.maxAccounts());
    }
    for (int percent : budget.alertAt()) {
      if (percent < 1 || percent > HIGHEST_PERCENTAGE) {
        wrong(i, "alertAt", "must be from 1 % to 1000 %, has " + percent + " %");
      }
    }
  }

  /** Only a fixed span leaves out the beginning or the end of time. */
  private static boolean isFixed(Window window) {
    return !window.covers(Instant.MIN, ZoneOffset.UTC)
        || !window.covers(Instant.MAX, ZoneOffset.UTC);
  }

  private void tasks() {
    RoutingRules routing = configuration.routing();
    routing.tasks().forEach((task, candidates) -> {
      String within = "." + Excerpt.of(task);
      if (task.isBlank()) {
        within("tasks", within, "must have a name");
      }
      if (candidates.isEmpty()) {
        within("tasks", within, "needs models, none of them blank");
      }
      for (Candidate candidate : candidates) {
        String budget = candidate.budget();
        if (budget != null && !hasBudget(budget)) {
          within(
              "tasks", within, "goes by budget " + Excerpt.quoted(budget) + ", which is not there");
        }
      }
    });
    task("default", routing.otherwise());
    task("classify.small", routing.small());
    task("classify.large", routing.large());
    if (routing.attempts() < 1 || routing.attempts() > MOST_ATTEMPTS) {
      within(
          "routing",
          ".attempts",
          "must be from 1 to " + MOST_ATTEMPTS + ", is " + routing.attempts());
    }
    for (int i = 0; i < configuration.budgets().size(); i++) {
      Downgrade downgrade = configuration.budgets().get(i).downgrade();
      if (downgrade != null && !routing.tasks().containsKey(downgrade.taskClass())) {
        wrong(
            i,
            "downgrade",
            "names no task class of tasks: " + Excerpt.quoted(downgrade.taskClass()));
      }
      if (downgrade != null
          && configuration.budgets().get(i).measure() == Measure.CONCURRENT_CALLS) {
        wrong(i, "downgrade", "has no effect: calls that are over use nothing of it");
      }
    }
  }

  private boolean hasBudget(String name) {
    return configuration.budgets().stream().anyMatch(budget -> budget.name().equals(name));
  }

  private void task(String within, @Nullable String taskClass) {
    if (taskClass != null && !configuration.routing().tasks().containsKey(taskClass)) {
      within("routing", "." + within, "names no task class of tasks: " + Excerpt.quoted(taskClass));
    }
  }

  private void rest() {
    String owner = configuration.owner();
    if (owner != null && KeySecret.occursIn(owner)) {
      findings.add(Finding.of("owner", KeyCheck.HOLDS_SECRET));
    }
    List<String> free = configuration.freeModels();
    for (int i = 0; i < free.size(); i++) {
      if (free.get(i).isBlank()) {
        within("freeModels", "[" + i + "]", "must not be blank");
      }
    }
    long least = configuration.leastUsefulOutput();
    if (least < 1) {
      findings.add(Finding.of("leastUsefulOutput", "must be at least 1 token, is " + least));
    }
    if (least > MOST_USEFUL) {
      findings.add(Finding.of(
          "leastUsefulOutput", "must be at most " + MOST_USEFUL + " tokens, is " + least));
    }
    Duration wait = configuration.maxWait();
    if (wait.isNegative() || wait.compareTo(LONGEST) > 0) {
      findings.add(Finding.of("maxWait", "must be from nothing to 366 days, is " + wait));
    }
    Duration lease = configuration.lease();
    if (lease.isNegative() || lease.isZero() || lease.compareTo(LONGEST) > 0) {
      findings.add(
          Finding.of("lease", "must be longer than nothing, at most 366 days, is " + lease));
    }
  }

  private void wrong(int budget, String field, String what) {
    findings.add(new Finding(Finding.Part.BUDGET, budget, field, "", what));
  }

  private void within(String field, String within, String what) {
    findings.add(new Finding(Finding.Part.GUARD, 0, field, within, what));
  }
}
