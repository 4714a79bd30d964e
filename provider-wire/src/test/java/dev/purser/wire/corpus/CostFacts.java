package dev.purser.wire.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.api.Settlement;
import dev.purser.api.Usd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Compares what an answer says it costs: to the nano-dollar, rounded up. */
final class CostFacts {

  private CostFacts() {}

  static void compare(Exchange exchange, @Nullable Usd stated, Disagreements into) {
    JsonNode said = exchange.expected().path("provider_cost");
    if (!said.isObject()) {
      into.check("stated cost", null, stated);
      return;
    }
    BigDecimal dollars = new BigDecimal(said.path("text").asText());
    if (said.path("unit").asText().startsWith("1e-10")) {
      dollars = dollars.movePointLeft(10);
    }
    if (exchange.group().startsWith("azure ")) {
      into.check("stated cost", null, stated);
      into.remark("stated cost of " + dollars.toPlainString()
          + " is none: Azure bills by its own table, and passes on a field of xAI's");
    } else if (exchange.extra().path("is_byok").asBoolean()) {
      JsonNode details = exchange.extra().path("cost_details");
      BigDecimal upstream =
          new BigDecimal(details.path("upstream_inference_cost").asText("0"));
      Usd all = nanos(dollars.add(upstream));
      into.check(
          "stated cost",
          stated == null || stated.equals(nanos(dollars)) || stated.equals(all),
          nanos(dollars) + " or " + all + " or none",
          stated);
      into.remark("the caller's own key: OpenRouter charges " + dollars.toPlainString()
          + ", the provider " + upstream.toPlainString() + "; taken: " + stated);
    } else {
      into.check("stated cost", nanos(dollars), stated);
    }
  }

  /**
   * Whether the corpus knows of no usage, and yet the answer states the very cost that was read, where
   * OpenRouter does: so it is with a ranking.
   */
  static boolean isOverlooked(Exchange exchange, Settlement settlement) {
    if (settlement.statedCost() == null
        || exchange.expected().path("usage_present").asBoolean()) {
      return false;
    }
    try {
      JsonNode cost = new ObjectMapper().readTree(exchange.body()).path("usage").path("cost");
      return cost.isNumber() && nanos(cost.decimalValue()).equals(settlement.statedCost());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Usd nanos(BigDecimal dollars) {
    return Usd.ofNanos(
        dollars.movePointRight(9).setScale(0, RoundingMode.CEILING).longValueExact());
  }
}
