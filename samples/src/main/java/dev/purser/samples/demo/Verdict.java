package dev.purser.samples.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.api.Budget;
import dev.purser.api.Enforcement;
import dev.purser.api.Measure;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What the provider's bill says of one budget. All calls of a run are attributed alike, so each budget
 * that covers them counts them in one account, whatever its dimensions.
 *
 * @param budget the budget
 * @param over by how much the bill exceeds its limit; empty if the bill cannot tell
 * @param note why it cannot, or why it does not matter; else empty
 */
record Verdict(Budget budget, Optional<PicoUsd> over, String note) {

  static Verdict of(Budget budget, RunEvidence run) {
    ZoneId zone = Objects.requireNonNullElse(budget.zone(), ZoneOffset.UTC);
    boolean inSpan = budget.window().covers(run.start(), zone);
    if (budget.measure() != Measure.USD) {
      return unjudged(budget, "does not count money");
    }
    if (!covers(budget, run)) {
      return unjudged(budget, "does not cover these calls");
    }
    if (!inSpan && budget.passesOutside()) {
      return unjudged(budget, "its span is not now");
    }
    if (!run.end().isBefore(budget.window().endOf(run.start(), zone))) {
      return unjudged(budget, "its window ended during the run");
    }
    PicoUsd limit = PicoUsd.ofNanos(inSpan ? budget.limit() : 0);
    return new Verdict(
        budget,
        Optional.of(run.billed().above(limit)),
        budget.enforcement() == Enforcement.OBSERVE ? "only observes" : "");
  }

  private static boolean covers(Budget budget, RunEvidence run) {
    return budget.filters().stream()
        .allMatch(filter -> filter.matches(filter.dimension().valueOf(run.who(), run.model())));
  }

  private static Verdict unjudged(Budget budget, String why) {
    return new Verdict(budget, Optional.empty(), why);
  }

  /** Whether the budget should have refused what was spent too much. */
  boolean counts() {
    return over.isPresent() && budget.enforcement() == Enforcement.BLOCK;
  }

  /** Returns a line for a person. */
  String text() {
    String what = over.map(amount -> "overshoot $" + amount).orElse("not judged");
    return budget.name()
        + ", "
        + budget.amount(budget.limit())
        + (budget.measure() == Measure.CONCURRENT_CALLS ? "" : " per " + budget.window())
        + ": "
        + what
        + (note.isEmpty() ? "" : " (" + note + ")");
  }

  /** Writes the verdict for a program; without an overshoot where the bill cannot tell. */
  void addTo(ObjectNode json) {
    json.put("name", budget.name())
        .put("limit", budget.amount(budget.limit()))
        .put("enforcement", budget.enforcement().name().toLowerCase(Locale.ROOT));
    over.ifPresent(amount -> json.put("overshoot_usd", amount.toString()));
    if (!note.isEmpty()) {
      json.put("note", note);
    }
  }
}
