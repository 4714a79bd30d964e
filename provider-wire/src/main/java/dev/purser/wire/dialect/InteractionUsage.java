package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.answer.Counts;
import org.jspecify.annotations.Nullable;

/**
 * Turns the {@code usage} of an interaction into disjoint kinds: cached tokens are inside the input, what
 * tools put into the prompt is beside it, and what was thought beside the output. Text, pictures and video
 * cost the same as input; sound does not.
 */
final class InteractionUsage {

  private InteractionUsage() {}

  static boolean says(JsonNode usage) {
    return usage.hasNonNull("total_input_tokens")
        || usage.hasNonNull("total_output_tokens")
        || (Counts.isStated(usage) && !usage.isObject());
  }

  /** Returns the usage, or null if it states what cannot be. */
  static @Nullable Usage read(JsonNode usage, String model) {
    Counts counts = new Counts();
    Usage.Builder kinds = Usage.builder();
    long input = counts.of(usage.path("total_input_tokens"));
    long tools = counts.of(usage.path("total_tool_use_tokens"));
    InputKinds.add(
        input + tools,
        Math.min(input, counts.of(usage.path("total_cached_tokens"))),
        Modalities.read(usage.path("input_tokens_by_modality"), counts)
            .plus(Modalities.read(usage.path("tool_use_tokens_by_modality"), counts))
            .soundOnly(),
        Modalities.read(usage.path("cached_tokens_by_modality"), counts).soundOnly(),
        kinds);
    long written = counts.of(usage.path("total_output_tokens"));
    Modalities parts = Modalities.read(usage.path("output_tokens_by_modality"), counts);
    long audio = Math.min(written, parts.audio());
    long image = Math.min(written - audio, parts.image());
    kinds
        .add(UsageKind.OUTPUT, written - audio - image)
        .add(UsageKind.OUTPUT_AUDIO, audio)
        .add(UsageKind.OUTPUT_IMAGE, image)
        .add(UsageKind.REASONING, counts.of(usage.path("total_thought_tokens")));
    long searches = 0;
    for (JsonNode tool : usage.path("grounding_tool_count")) {
      searches += counts.of(tool.path("count"));
    }
    kinds.add(UsageKind.WEB_SEARCH, Grounding.billed(searches, model));
    return counts.plausible() && usage.isObject() ? kinds.build() : null;
  }
}
