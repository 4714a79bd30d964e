package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Usd;
import dev.purser.wire.answer.Counts;
import dev.purser.wire.answer.StatedCost;
import org.jspecify.annotations.Nullable;

/**
 * The cost that a usage states: OpenRouter's in credits, which are dollars, Perplexity's with the fee of
 * the request inside, xAI's in ticks with its tools inside. Whoever else passes such a field on bills by
 * a table of their own, as Azure does, where Grok costs 0 ticks; a gateway at a host that nobody
 * knows is believed if it says more than nothing.
 *
 * @see <a href="https://openrouter.ai/docs/use-cases/usage-accounting">OpenRouter: usage accounting</a>
 * @see <a href="https://docs.x.ai/docs/key-information/consumption-and-rate-limits">xAI: cost</a>
 * @see <a href="https://docs.perplexity.ai/getting-started/pricing">Perplexity: pricing</a>
 */
final class ProviderCost {

  private ProviderCost() {}

  /**
   * Returns the cost, or null if none is stated that is a bill.
   *
   * @param provider the provider known by its host, or null
   */
  static @Nullable Usd of(@Nullable String provider, JsonNode usage) {
    if (provider == null) {
      Usd stated = first(usage);
      return stated == null || stated.equals(Usd.ZERO) ? null : stated;
    }
    return switch (provider) {
      case "openrouter" -> credits(usage);
      case "perplexity" -> StatedCost.dollars(usage.path("cost").path("total_cost"));
      case "x-ai" -> StatedCost.ticks(usage.path("cost_in_usd_ticks"));
      default -> null;
    };
  }

  private static @Nullable Usd first(JsonNode usage) {
    JsonNode cost = usage.path("cost");
    if (cost.isObject()) {
      return StatedCost.dollars(cost.path("total_cost"));
    }
    return Counts.isStated(cost)
        ? credits(usage)
        : StatedCost.ticks(usage.path("cost_in_usd_ticks"));
  }

  /**
   * With a provider's key of the caller's own, OpenRouter charges nothing or a fee, and the provider the
   * rest to the caller as well: what is spent is both. Where the rest is not told, the cost is not known.
   */
  private static @Nullable Usd credits(JsonNode usage) {
    Usd charged = StatedCost.dollars(usage.path("cost"));
    return usage.path("is_byok").asBoolean()
        ? StatedCost.sum(
            charged, StatedCost.dollars(usage.path("cost_details").path("upstream_inference_cost")))
        : charged;
  }
}
