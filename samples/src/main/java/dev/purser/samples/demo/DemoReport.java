package dev.purser.samples.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.api.Refusal;
import dev.purser.api.Usd;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a run went.
 *
 * @param options what was asked for
 * @param outcome what became of the calls
 * @param answered how many calls the provider says it answered
 * @param billed what the provider says it earned
 * @param settled what Purser charged
 * @param verdicts what the bill says of each budget
 */
record DemoReport(
    DemoOptions options,
    RunawayLoop.Outcome outcome,
    long answered,
    PicoUsd billed,
    Usd settled,
    List<Verdict> verdicts) {

  /**
   * Returns by how much the provider's bill exceeds a budget, the worst of those that refuse and that
   * the bill can judge.
   */
  PicoUsd overshoot() {
    return verdicts.stream()
        .filter(Verdict::counts)
        .map(Verdict::over)
        .flatMap(Optional::stream)
        .max(Comparator.comparingLong(PicoUsd::picos))
        .orElse(new PicoUsd(0));
  }

  /** Returns the report for a person. */
  String text() {
    return String.format(
        Locale.ROOT,
        """
        A loop wants %,d calls of %s, %,d tokens in and %,d out each; %s.
        %s, %s client, %s answers, %d threads%s

          served              %,d calls (the provider counted %,d)
          refused             %,d calls
          paused              %,d times, while open calls held the money
          provider billed     $%s
          Purser settled      $%s
        %s

        %s
        """,
        options.calls(),
        options.sdk().model(),
        Conversation.INPUT_TOKENS,
        Conversation.OUTPUT_TOKENS,
        options.config() == null
            ? "its budget is $" + options.cap()
            : "its budgets are those of " + options.config(),
        options.sdk().title(),
        options.async() ? "asynchronous" : "blocking",
        options.stream() ? "streamed" : "plain",
        options.threads(),
        (options.fit() ? ", output caps lowered to what is left" : "")
            + (options.waits() ? ", calls wait for held money" : ""),
        outcome.served(),
        answered,
        outcome.refused(),
        outcome.pauses(),
        billed,
        settled,
        options.config() == null ? oneBudget() : allBudgets(),
        outcome.lastRefusal().map(Refusal::message).orElse("No call was refused."));
  }

  private String oneBudget() {
    return "  cap                 $" + options.cap() + "\n  overshoot           $" + overshoot();
  }

  private String allBudgets() {
    return verdicts.stream()
        .map(Verdict::text)
        .collect(Collectors.joining("\n    ", "  what was billed, beside each budget:\n    ", ""));
  }

  /** Returns the report for a program: one line of JSON, amounts as exact decimal strings. */
  String json() {
    ObjectNode line =
        new ObjectMapper().createObjectNode().put("sdk", options.sdk().word());
    if (options.config() == null) {
      line.put("cap_usd", options.cap().toString());
    }
    line.put("threads", options.threads())
        .put("attempted", options.calls())
        .put("served", outcome.served())
        .put("refused", outcome.refused())
        .put("provider_billed_usd", billed.toString())
        .put("purser_settled_usd", settled.toString())
        .put("overshoot_usd", overshoot().toString());
    if (options.config() != null) {
      verdicts.forEach(verdict -> verdict.addTo(line.withArray("budgets").addObject()));
    }
    return line.toString();
  }
}
