package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.answer.Counts;
import org.jspecify.annotations.Nullable;

/**
 * Turns Google's {@code usageMetadata} into disjoint kinds.
 *
 * <p>Cached tokens are inside {@code promptTokenCount}; what tools put into the prompt is beside it, and
 * what was thought beside {@code candidatesTokenCount}. Any field may be absent. Where {@code
 * totalTokenCount} is more than all, what is missing was left out of them: the candidates, or, where these
 * are stated, what was thought. Details that contradict their total are cut, so that the kinds always add
 * up to it.
 *
 * @see <a href="https://ai.google.dev/api/generate-content#UsageMetadata">UsageMetadata</a>
 */
final class GeminiUsage {

  private final Counts counts = new Counts();
  private final JsonNode stated;

  private GeminiUsage(JsonNode stated) {
    this.stated = stated;
  }

  /** Whether anything is counted; Vertex AI only says the kind of traffic until the end. */
  static boolean says(JsonNode usage) {
    return saysInput(usage)
        || saysOutput(usage)
        || usage.hasNonNull("totalTokenCount")
        || (Counts.isStated(usage) && !usage.isObject());
  }

  static boolean saysInput(JsonNode usage) {
    return usage.hasNonNull("promptTokenCount");
  }

  static boolean saysOutput(JsonNode usage) {
    return usage.hasNonNull("candidatesTokenCount") || usage.hasNonNull("thoughtsTokenCount");
  }

  /** Returns the usage, or null if it states what cannot be. */
  static @Nullable Usage read(JsonNode stated) {
    GeminiUsage reader = new GeminiUsage(stated);
    Usage.Builder kinds = Usage.builder();
    long input = reader.input(kinds);
    reader.output(input, kinds);
    return reader.counts.plausible() && stated.isObject() ? kinds.build() : null;
  }

  private long count(String field) {
    return counts.of(stated.path(field));
  }

  private Modalities details(String field) {
    return Modalities.read(stated.path(field), counts);
  }

  private long input(Usage.Builder kinds) {
    long prompt = count("promptTokenCount");
    long tools = count("toolUsePromptTokenCount");
    InputKinds.add(
        prompt + tools,
        Math.min(prompt, count("cachedContentTokenCount")),
        details("promptTokensDetails").plus(details("toolUsePromptTokensDetails")),
        details("cacheTokensDetails"),
        kinds);
    return prompt + tools;
  }

  private void output(long input, Usage.Builder kinds) {
    long candidates = count("candidatesTokenCount");
    long thoughts = count("thoughtsTokenCount");
    long missing = Math.max(0, count("totalTokenCount") - input - candidates - thoughts);
    if (stated.hasNonNull("candidatesTokenCount")) {
      thoughts += missing;
    } else {
      candidates += missing;
    }
    Modalities parts = details("candidatesTokensDetails");
    long audio = Math.min(candidates, parts.audio());
    long image = Math.min(candidates - audio, parts.image());
    kinds
        .add(UsageKind.OUTPUT, candidates - audio - image)
        .add(UsageKind.REASONING, thoughts)
        .add(UsageKind.OUTPUT_AUDIO, audio)
        .add(UsageKind.OUTPUT_IMAGE, image);
  }
}
