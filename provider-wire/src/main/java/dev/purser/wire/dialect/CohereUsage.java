package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.answer.Counts;
import org.jspecify.annotations.Nullable;

/**
 * Turns what Cohere says of use into disjoint kinds: {@code usage} in answers of its second version, {@code
 * meta} in those of its first. Billed are {@code billed_units} alone; {@code tokens} are what the model
 * read and wrote, with an instruction of Cohere's own before, and {@code cached_tokens} are some of them.
 *
 * @see <a href="https://docs.cohere.com/docs/how-does-cohere-pricing-work">How Cohere's pricing works</a>
 */
final class CohereUsage {

  private CohereUsage() {}

  /** Whether anything is billed by what is stated. */
  static boolean says(JsonNode stated) {
    JsonNode billed = stated.path("billed_units");
    return billed.hasNonNull("input_tokens")
        || billed.hasNonNull("output_tokens")
        || billed.hasNonNull("image_tokens")
        || billed.hasNonNull("search_units");
  }

  /** Returns the usage, or null if it states what cannot be. */
  static @Nullable Usage read(JsonNode stated) {
    Counts counts = new Counts();
    JsonNode billed = stated.path("billed_units");
    long output = counts.of(billed.path("output_tokens"));
    long thought = Math.min(output, counts.of(stated.path("tokens").path("reasoning_tokens")));
    Usage.Builder kinds = Usage.builder()
        .add(UsageKind.INPUT, counts.of(billed.path("input_tokens")))
        .add(UsageKind.INPUT_IMAGE, counts.of(billed.path("image_tokens")))
        .add(UsageKind.OUTPUT, output - thought)
        .add(UsageKind.REASONING, thought)
        .add(UsageKind.RERANK_SEARCH, counts.of(billed.path("search_units")));
    return counts.plausible() ? kinds.build() : null;
  }
}
