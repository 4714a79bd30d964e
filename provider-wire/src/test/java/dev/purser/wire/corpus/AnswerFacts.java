package dev.purser.wire.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.ModelId;
import dev.purser.api.ModelUsage;
import dev.purser.api.SeenUsage;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.wire.Meter.Reading;
import dev.purser.wire.WireCall;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares what a meter made of an answer with {@code expected}. */
final class AnswerFacts {

  private final Exchange exchange;
  private final JsonNode expected;
  private final WireCall call;
  private final Disagreements into;

  AnswerFacts(Exchange exchange, WireCall call, Disagreements into) {
    this.exchange = exchange;
    this.expected = exchange.expected();
    this.call = call;
    this.into = into;
  }

  void compare(Reading reading) {
    into.check("finished", true, reading.finished());
    if (exchange.failed() || (exchange.billable().equals("no") && call.bill() == null)) {
      into.check("settlement", null, reading.settlement());
      into.check("trouble", null, reading.trouble());
    } else if (exchange.billable().equals("later")) {
      into.check("unmetered", call.unmetered() != null, "a reason", call.unmetered());
    } else if (billed()) {
      into.check("settled", reading.settlement() != null, "a settlement", reading);
      if (reading.settlement() != null) {
        settlement(reading.settlement());
      }
    } else if (exchange.group().equals("openrouter rerank")) {
      // The corpus looked for no usage in it; there is one, with its cost.
      into.check("settled", reading.settlement() != null, "a settlement", reading);
      into.remark("no usage expected; taken: " + reading.settlement());
    } else if (billedByOtherUnits() && reading.settlement() != null) {
      settlement(reading.settlement());
    } else if (exchange.billable().equals("no")) {
      into.check("settlement", null, reading.settlement()); // not finished yet
    } else if (reading.settlement() != null
        && CostFacts.isOverlooked(exchange, reading.settlement())) {
      into.remark(
          "the corpus has nothing of the usage that the answer states: " + reading.settlement());
    } else if (exchange.outcome().equals("error") && reading.settlement() != null) {
      // An error in place of an answer, with a status of success: nobody bills that either.
      into.check("settlement of an error", Usage.NONE, reading.settlement().usage());
    } else {
      into.check("settlement", null, reading.settlement());
      into.check("trouble", reading.trouble() != null, "a reason", null);
      seen(reading.seen());
    }
  }

  /**
   * Usage is there and says all that is billed. An unknown input is not zero; no output is stated by
   * what has none, as embeddings.
   */
  private boolean billed() {
    boolean tokens = expected.path("usage_present").asBoolean()
        && !exchange.outcome().equals("truncated_stream")
        && !expected.path("input_total").isNull();
    return tokens
        || exchange.extra().has("search_units")
        || exchange.extra().has("pages_processed");
  }

  /** Pictures, say, for which the corpus has no count. */
  private boolean billedByOtherUnits() {
    return exchange.billable().equals("yes")
        && exchange.outcome().equals("ok")
        && (expected.path("provider_cost").isObject() || exchange.group().endsWith(" images"));
  }

  private void settlement(Settlement settlement) {
    model("model", settlement.answeredBy());
    tier("service_tier", settlement.serviceTier());
    Totals totals = Totals.of(settlement);
    if (!isSumOverModels(settlement, totals)) {
      TokenFacts.compare(exchange, totals, into);
    }
    UnitFacts.compare(exchange, totals, settlement.statedCost() != null, into);
    CostFacts.compare(exchange, settlement.statedCost(), into);
    others(settlement);
    if (exchange.extra().has("batch_results")) {
      into.check("bill", call.bill() != null, "a name, so that it counts once", call.bill());
    }
  }

  /**
   * Groq's compound systems bill each model they ask, and say so besides the usual numbers, which are
   * those of one of them.
   *
   * @see <a href="https://groq.com/pricing">Groq: pricing of compound systems</a>
   */
  private boolean isSumOverModels(Settlement settlement, Totals totals) {
    JsonNode models = exchange.extra().path("usage_breakdown").path("models");
    long input = 0;
    long output = 0;
    for (JsonNode each : models) {
      input += each.path("usage").path("prompt_tokens").asLong();
      output += each.path("usage").path("completion_tokens").asLong();
    }
    boolean sum = !models.isEmpty() && totals.input() == input && totals.output() == output;
    if (sum) {
      into.remark("the sum over the models that were asked: " + settlement);
    }
    return sum;
  }

  /** What other models used is theirs, at their own prices. */
  private void others(Settlement settlement) {
    Map<String, Long> inputs = new TreeMap<>();
    for (JsonNode each : exchange.extra().path("iterations")) {
      String model = each.path("model").asText(expected.path("model").asText());
      if (each.path("model").isTextual() && !model.equals(expected.path("model").asText())) {
        inputs.merge(model, each.path("input_total").asLong(), Long::sum);
      }
    }
    Map<String, Long> counted = new TreeMap<>();
    for (ModelUsage each : settlement.besides()) {
      counted.merge(each.model().name(), each.usage().inputTokens(), Long::sum);
    }
    if (!exchange.extra().path("usage_breakdown").path("models").isArray()) {
      into.check("input of other models", inputs, counted);
    }
  }

  /** An answer that was cut, or that says nothing: what it said before is not forgotten. */
  private void seen(@Nullable SeenUsage seen) {
    boolean speaks = exchange.body().length > 0
        && !exchange.outcome().equals("error")
        && !exchange.group().contains("mbed");
    if (seen == null) {
      into.check("seen", !speaks, "what was seen", null);
      return;
    }
    model("seen model", seen.answeredBy());
    tier("seen tier", seen.serviceTier());
    boolean inputKnown = !expected.path("input_total").isNull();
    into.check("seen input is whole", inputKnown, seen.inputStated());
    Totals totals = new Totals(seen.stated());
    if (inputKnown) {
      TokenFacts.compare(exchange, totals, into);
    } else if (!expected.path("output_total").isNull()) {
      into.check("seen output", expected.path("output_total").asLong(), totals.output());
    }
  }

  /** Where the answer names no model, to name the one asked for says nothing new. */
  private void model(String field, @Nullable ModelId answeredBy) {
    JsonNode model = expected.path("model");
    if (!model.isNull() || !call.model().equals(answeredBy)) {
      into.check(field, model.textValue(), answeredBy == null ? null : answeredBy.name());
    }
  }

  /** {@code auto} is what was asked for: not to say it is as right. */
  private void tier(String field, @Nullable String served) {
    String tier = expected.path("service_tier").textValue();
    if (served != null || !"auto".equals(tier)) {
      into.check(field, tier, served);
    }
  }
}
