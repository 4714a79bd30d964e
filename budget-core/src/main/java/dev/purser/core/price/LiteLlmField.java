package dev.purser.core.price;

import dev.purser.api.UsageKind;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a field of LiteLLM's table prices: {@code
 * cache_read_input_token_cost_above_200k_tokens_priority} is a kind of token, a size of request and a
 * service tier ("Sample spec" of {@code model_prices_and_context_window.json}).
 *
 * @param kind the kind of token
 * @param above how many input tokens a request must exceed
 * @param tier the service tier, null for the standard one
 */
record LiteLlmField(UsageKind kind, long above, @Nullable String tier) {

  private static final Map<String, UsageKind> KINDS = Map.ofEntries(
      Map.entry("input_cost_per_token", UsageKind.INPUT),
      Map.entry("output_cost_per_token", UsageKind.OUTPUT),
      Map.entry("cache_read_input_token_cost", UsageKind.CACHE_READ),
      Map.entry("cache_creation_input_token_cost", UsageKind.CACHE_WRITE_5M),
      Map.entry("cache_creation_input_token_cost_above_1hr", UsageKind.CACHE_WRITE_1H),
      Map.entry("output_cost_per_reasoning_token", UsageKind.REASONING),
      Map.entry("input_cost_per_audio_token", UsageKind.INPUT_AUDIO),
      Map.entry("output_cost_per_audio_token", UsageKind.OUTPUT_AUDIO),
      Map.entry("cache_read_input_audio_token_cost", UsageKind.CACHE_READ_AUDIO),
      Map.entry("input_cost_per_image_token", UsageKind.INPUT_IMAGE),
      Map.entry("output_cost_per_image_token", UsageKind.OUTPUT_IMAGE),
      Map.entry("cache_read_input_image_token_cost", UsageKind.CACHE_READ_IMAGE),
      Map.entry("input_cost_per_video_token", UsageKind.INPUT_VIDEO));

  private static final Map<String, String> TIERS =
      Map.of("priority", "priority", "flex", "flex", "batches", "batch");

  private static final Pattern FORM = Pattern.compile(
      "([a-z_]+?(?:_above_1hr)?)(?:_above_(\\d{1,9})([km]?)_tokens)?(?:_(priority|flex|batches))?");

  /** Returns what a field prices; null if that is no token. */
  static @Nullable LiteLlmField of(String name) {
    Matcher form = FORM.matcher(name);
    if (!form.matches()) {
      return null;
    }
    UsageKind kind = KINDS.get(form.group(1));
    String tier = form.group(4);
    return kind == null
        ? null
        : new LiteLlmField(kind, above(form), tier == null ? null : TIERS.get(tier));
  }

  private static long above(Matcher form) {
    if (form.group(2) == null) {
      return 0;
    }
    long unit = switch (form.group(3)) {
      case "k" -> 1_000;
      case "m" -> 1_000_000;
      default -> 1;
    };
    return Long.parseLong(form.group(2)) * unit;
  }
}
