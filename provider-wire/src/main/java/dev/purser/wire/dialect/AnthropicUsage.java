package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.answer.Counts;
import org.jspecify.annotations.Nullable;

/**
 * Turns the {@code usage} of a message into disjoint kinds.
 *
 * <p>{@code input_tokens} holds neither what was read from a cache nor what was written to one;
 * thinking is inside {@code output_tokens}. What was written is split by how long it is kept in {@code
 * cache_creation}; a stream states the split once, at its start, and the sum again at its end, so that
 * the rest is taken for five minutes, as is all of it where nothing is split.
 *
 * @see <a href="https://docs.anthropic.com/en/docs/build-with-claude/prompt-caching">Anthropic: prompt
 *     caching</a>
 */
final class AnthropicUsage {

  private final Counts counts = new Counts();

  private AnthropicUsage() {}

  /** Whether a usage says enough to be billed by. */
  static boolean says(JsonNode usage) {
    return usage.hasNonNull("input_tokens") && usage.hasNonNull("output_tokens");
  }

  /** Returns the usage, or null if it states what cannot be. */
  static @Nullable Usage read(JsonNode usage) {
    AnthropicUsage reader = new AnthropicUsage();
    Usage.Builder kinds = Usage.builder();
    reader.input(usage, kinds);
    reader.output(usage, kinds);
    long searches = reader.counts.of(usage.path("server_tool_use").path("web_search_requests"));
    kinds.add(UsageKind.WEB_SEARCH, searches);
    return reader.counts.plausible() ? kinds.build() : null;
  }

  private void input(JsonNode usage, Usage.Builder kinds) {
    JsonNode split = usage.path("cache_creation");
    JsonNode total = usage.path("cache_creation_input_tokens");
    long hour = counts.of(split.path("ephemeral_1h_input_tokens"));
    long minutes = counts.of(split.path("ephemeral_5m_input_tokens"));
    long written = Counts.isStated(total) ? counts.of(total) : hour + minutes;
    long forAnHour = Math.min(written, hour);
    kinds
        .add(UsageKind.INPUT, counts.of(usage.path("input_tokens")))
        .add(UsageKind.CACHE_READ, counts.of(usage.path("cache_read_input_tokens")))
        .add(UsageKind.CACHE_WRITE_1H, forAnHour)
        .add(UsageKind.CACHE_WRITE_5M, written - forAnHour);
  }

  private void output(JsonNode usage, Usage.Builder kinds) {
    long output = counts.of(usage.path("output_tokens"));
    long thinking = counts.of(usage.path("output_tokens_details").path("thinking_tokens"));
    long reasoning = Math.min(output, thinking);
    kinds.add(UsageKind.OUTPUT, output - reasoning).add(UsageKind.REASONING, reasoning);
  }
}
