package dev.purser.samples;

import static dev.purser.api.Dimension.KEY;
import static dev.purser.api.Dimension.MODEL;
import static dev.purser.api.Dimension.PROVIDER;
import static dev.purser.api.Dimension.TEAM;

import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Dimension;
import dev.purser.api.Fit;
import dev.purser.api.Measure;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import dev.purser.core.Purser;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The lines of Java that {@code docs/budgets.md} shows. */
public final class DocumentedBudgets {

  private DocumentedBudgets() {}

  /** A budget on each measure. */
  public static List<Budget> measures() {
    return List.of(
        Budget.monthly("money", Usd.of("5000")),
        Budget.of("tokens", Measure.TOKENS, 2_000_000, Window.DAY),
        Budget.of("calls", Measure.REQUESTS, 1_000, Window.HOUR),
        Budget.concurrent("slots", 20));
  }

  /** A budget on each kind of window. */
  public static List<Budget> windows() {
    long limit = Usd.of("10000").nanos();
    return List.of(
        Budget.daily("day", Usd.of("75")).zone(ZoneId.of("America/Los_Angeles")),
        Budget.of("week", Measure.USD, limit, Window.week(DayOfWeek.SUNDAY)),
        Budget.of("quarter", Measure.USD, limit, Window.quarter(Month.FEBRUARY)),
        Budget.rolling("rolling", Usd.of("20"), Duration.ofHours(1)),
        Budget.of("project", Measure.USD, limit, Window.days(LAUNCH, LAUNCH.plusDays(13))));
  }

  private static final LocalDate LAUNCH = LocalDate.parse("2027-01-04");

  /** What budgets count apart, and what they cover. */
  public static List<Budget> dimensionsAndFilters() {
    return List.of(
        Budget.daily("tripwire", Usd.of("75")).per(KEY),
        Budget.monthly("each repo", Usd.of("500")).per(TEAM, Dimension.tag("repo")),
        Budget.monthly("opus", Usd.of("5000")).only(MODEL, "claude-opus-*", "gpt-5*"),
        Budget.monthly("lab", Usd.of("900")).only(TEAM, "research").only(PROVIDER, "openai"));
  }

  /** How calls are admitted. */
  public static Purser settings() {
    return Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.monthly("AI coding", Usd.of("5000")))
        .maxWait(Duration.ofSeconds(30))
        .fit(Fit.ALL)
        .leastUsefulOutput(256)
        .freeModels("other/llama3*", "my-embedder")
        .build();
  }

  /** One call that must not wait, whatever the guard says. */
  public static CallIntent impatient(CallIntent.Builder intent) {
    return intent.maxWait(Duration.ZERO).build();
  }

  /** Raises one limit while calls run. */
  public static void raise(Purser purser) {
    List<Budget> budgets = new ArrayList<>(purser.budgets());
    budgets.replaceAll(budget ->
        budget.name().equals("AI coding") ? budget.limit(Usd.of("300000").nanos()) : budget);
    purser.revise(budgets);
  }
}
