package dev.purser.samples.demo;

import dev.purser.api.Refusal;
import dev.purser.api.Usd;
import java.util.Locale;

/**
 * How a run went.
 *
 * @param options what was asked for
 * @param outcome what became of the calls
 * @param answered how many calls the provider says it answered
 * @param billed what the provider says it earned
 * @param settled what Purser charged
 */
record DemoReport(
    DemoOptions options, RunawayLoop.Outcome outcome, long answered, PicoUsd billed, Usd settled) {

  /** Returns by how much the provider's bill exceeds the budget. */
  PicoUsd overshoot() {
    return billed.above(PicoUsd.ofNanos(options.cap().nanos()));
  }

  /** Returns the report for a person. */
  String text() {
    return String.format(
        Locale.ROOT,
        """
        A loop wants %,d calls of gpt-4o, %,d tokens in and %,d out each; its budget is $%s.
        OpenAI Java SDK, %s client, %s answers, %d threads%s

          served              %,d calls (the provider counted %,d)
          refused             %,d calls
          paused              %,d times, while open calls held the money
          provider billed     $%s
          Purser settled      $%s
          cap                 $%s
          overshoot           $%s

        %s
        """,
        options.calls(),
        Conversation.INPUT_TOKENS,
        Conversation.OUTPUT_TOKENS,
        options.cap(),
        options.async() ? "asynchronous" : "blocking",
        options.stream() ? "streamed" : "plain",
        options.threads(),
        options.fit() ? ", output caps lowered to what is left" : "",
        outcome.served(),
        answered,
        outcome.refused(),
        outcome.pauses(),
        billed,
        settled,
        options.cap(),
        overshoot(),
        outcome.lastRefusal().map(Refusal::message).orElse("No call was refused."));
  }

  /** Returns the report for a program: one line of JSON, amounts as exact decimal strings. */
  String json() {
    return String.format(
        Locale.ROOT,
        "{\"sdk\":\"openai\",\"cap_usd\":\"%s\",\"threads\":%d,\"attempted\":%d,\"served\":%d,"
            + "\"refused\":%d,\"provider_billed_usd\":\"%s\",\"purser_settled_usd\":\"%s\","
            + "\"overshoot_usd\":\"%s\"}",
        options.cap(),
        options.threads(),
        options.calls(),
        outcome.served(),
        outcome.refused(),
        billed,
        settled,
        overshoot());
  }
}
