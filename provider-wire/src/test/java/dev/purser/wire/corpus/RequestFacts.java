package dev.purser.wire.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.wire.WireCall;

/** Compares what a dialect read of a request with what the corpus says of it. */
final class RequestFacts {

  private RequestFacts() {}

  static void compare(Exchange exchange, WireCall call, Disagreements into) {
    JsonNode facts = exchange.facts();
    if (facts.path("model").isTextual()) {
      into.check("request model", facts.path("model").asText(), call.model().name());
    }
    JsonNode cap = facts.path("output_cap").path("value");
    into.check(
        "request output cap",
        cap.isNumber() ? cap.asText() : writes(call) ? "none" : "0",
        call.outputCap().isPresent() ? Long.toString(call.outputCap().getAsLong()) : "none");
    boolean stream = facts.path("stream").asBoolean();
    into.check("request stream", stream, call.stream());
    into.check("request choices", facts.path("n").asInt(1), call.choices());
    into.check("request service tier", facts.path("service_tier").textValue(), call.serviceTier());
    boolean unasked = stream && !facts.path("include_usage").asBoolean();
    into.check("usage unasked", unasked || !call.usageUnasked(), "false", call.usageUnasked());
    if (exchange.group().equals("openai chat.completions")) {
      into.check("usage unasked", unasked, call.usageUnasked());
    }
  }

  /** Bills, embeddings and rankings write nothing. */
  private static boolean writes(WireCall call) {
    return call.bill() == null
        && !call.dialect().name().matches("(?i).*(embed|rerank|predict|moderation).*");
  }
}
