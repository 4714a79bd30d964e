package dev.purser.samples;

import static dev.purser.api.Dimension.KEY;
import static dev.purser.api.Dimension.MODEL;
import static dev.purser.api.Dimension.PROVIDER;
import static dev.purser.api.Dimension.TEAM;

import dev.purser.api.AbandonedCall;
import dev.purser.api.AccountBalance;
import dev.purser.api.Balances;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.CapSuggestion;
import dev.purser.api.Dimension;
import dev.purser.api.Fit;
import dev.purser.api.Grant;
import dev.purser.api.GrantInForce;
import dev.purser.api.Measure;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import dev.purser.core.Purser;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines of Java that {@code docs/budgets.md} shows. */
public final class DocumentedBudgets {

  private static final Logger log = LoggerFactory.getLogger(DocumentedBudgets.class);

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

  /** Adds to limits for a while, and ends a grant before its time. */
  public static void grant(Purser purser, Instant morning) {
    GrantInForce granted = purser
        .grants()
        .grant(Grant.of("tripwire", Usd.of("50"))
            .to("key=alice")
            .until(morning)
            .by("dana@acme.dev")
            .because("release night"));
    purser.grants().grant(Grant.ofPercent("AI coding", 20).by("dana@acme.dev").because("launch"));
    purser.grants().grant(Grant.of("calls", 500).by("dana@acme.dev").because("backfill"));
    purser.grants().end(granted.id(), "dana@acme.dev", "released");
  }

  /** Takes the charges back of calls that were lost in an outage. */
  public static void writeOff(Purser purser, Instant outage) {
    for (AbandonedCall call : purser.grants().abandoned()) {
      if (call.at().isBefore(outage)) {
        purser.grants().writeOff(call.id(), "dana@acme.dev", "the gateway was down");
      }
    }
  }

  /** Shows what accounts have. */
  public static Optional<AccountBalance> balances(Purser purser) {
    Balances balances = purser.balances();
    for (AccountBalance account : balances.all()) { // the most used first
      log.info(
          "{} {}: {}",
          account.budget(),
          account.scope(),
          account.measure().amount(account.remaining()));
    }
    List<AccountBalance> alice = balances.ofKey("alice"); // and ofTeam, ofSession, ofBudget
    log.info("alice draws on {} accounts", alice.size());
    Optional<AccountBalance> today = balances.account("tripwire", "key=alice");
    return today;
  }

  /** Says what each key's daily cap might be. */
  public static List<CapSuggestion> suggestedCaps(Purser purser) {
    return purser.suggestedCaps(KEY);
  }
}
