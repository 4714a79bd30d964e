package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.answer.Counts;
import org.jspecify.annotations.Nullable;

/**
 * Turns the {@code usage} of pictures into disjoint kinds: what is written is pictures, unless details
 * say that some of it is text.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/images/object">OpenAI: usage of images</a>
 */
final class ImageUsage {

  private ImageUsage() {}

  /** Returns the usage, or null if it states what cannot be. */
  static @Nullable Usage read(JsonNode usage) {
    Counts counts = new Counts();
    JsonNode read = usage.path("input_tokens_details");
    JsonNode written = usage.path("output_tokens_details");
    long input = counts.of(usage.path("input_tokens"));
    long output = counts.of(usage.path("output_tokens"));
    long pictures = Math.min(input, counts.of(read.path("image_tokens")));
    long cached = Math.min(input - pictures, counts.of(read.path("cached_tokens")));
    long text = Math.min(output, counts.of(written.path("text_tokens")));
    Usage.Builder kinds = Usage.builder()
        .add(UsageKind.INPUT, input - pictures - cached)
        .add(UsageKind.CACHE_READ, cached)
        .add(UsageKind.INPUT_IMAGE, pictures)
        .add(UsageKind.OUTPUT, text)
        .add(UsageKind.OUTPUT_IMAGE, output - text);
    return counts.plausible() ? kinds.build() : null;
  }
}
