package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.answer.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the counts of a model on Bedrock, which every family of models states in its own words, and
 * Bedrock in {@code amazon-bedrock-invocationMetrics} and in headers: each count is the one that the
 * best source states. Cached input is outside of the input.
 *
 * @see <a href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_TokenUsage.html">AWS:
 *     {@code TokenUsage}</a>
 */
final class BedrockUsage {

  private static final String[] INPUT = {
    "inputTokens", "inputTokenCount", "prompt_token_count", "inputTextTokenCount"
  };
  private static final String[] OUTPUT = {
    "outputTokens", "outputTokenCount", "generation_token_count", "totalOutputTextTokenCount"
  };

  /** These are two spellings of one number. */
  private static final String[] READ = {"cacheReadInputTokens", "cacheReadInputTokenCount"};

  private static final String[] WRITTEN = {"cacheWriteInputTokens", "cacheWriteInputTokenCount"};

  private static final String HEADER = "x-amzn-bedrock-";
  private static final int LONGEST_COUNT = 10;

  private final Counts counts = new Counts();
  private final List<JsonNode> sources;

  private BedrockUsage(List<JsonNode> sources) {
    this.sources = sources;
  }

  /** Whether one of the sources states the input. */
  static boolean saysInput(List<JsonNode> sources) {
    return Counts.isStated(new BedrockUsage(sources).first(INPUT));
  }

  /** Whether one of the sources states the output. */
  static boolean saysOutput(List<JsonNode> sources) {
    return Counts.isStated(new BedrockUsage(sources).first(OUTPUT));
  }

  /** Returns the usage by these sources, the best first; null if they state what cannot be. */
  static @Nullable Usage read(List<JsonNode> sources) {
    BedrockUsage usage = new BedrockUsage(sources);
    long written = usage.counts.of(usage.first(WRITTEN));
    long forAnHour = Math.min(written, usage.forAnHour());
    Usage.Builder kinds = Usage.builder()
        .add(UsageKind.INPUT, usage.counts.of(usage.first(INPUT)))
        .add(UsageKind.CACHE_READ, usage.counts.of(usage.first(READ)))
        .add(UsageKind.CACHE_WRITE_1H, forAnHour)
        .add(UsageKind.CACHE_WRITE_5M, written - forAnHour)
        .add(UsageKind.OUTPUT, usage.counts.of(usage.first(OUTPUT)));
    return usage.counts.plausible() ? kinds.build() : null;
  }

  private long forAnHour() {
    long tokens = 0;
    for (JsonNode source : sources) {
      for (JsonNode detail : source.path("cacheDetails")) {
        if (detail.path("ttl").asText().equals("1h")) {
          tokens += counts.of(detail.path("inputTokens"));
        }
      }
    }
    return tokens;
  }

  private JsonNode first(String[] names) {
    List<JsonNode> stated = new ArrayList<>();
    for (JsonNode source : sources) {
      for (String name : names) {
        stated.add(source.path(name));
      }
    }
    return stated.isEmpty()
        ? MissingNode.getInstance()
        : Counts.first(stated.toArray(JsonNode[]::new));
  }

  /**
   * Returns what the headers of an answer state.
   *
   * @see <a href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html">AWS:
   *     {@code InvokeModel}</a>
   */
  static JsonNode ofHeaders(Function<String, @Nullable String> headers) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.set(INPUT[0], count(headers.apply(HEADER + "input-token-count")));
    node.set(OUTPUT[0], count(headers.apply(HEADER + "output-token-count")));
    node.set(READ[0], count(headers.apply(HEADER + "cache-read-input-token-count")));
    node.set(WRITTEN[0], count(headers.apply(HEADER + "cache-write-input-token-count")));
    return node;
  }

  private static JsonNode count(@Nullable String header) {
    String text = header == null ? "" : header.strip();
    boolean digits = !text.isEmpty()
        && text.length() <= LONGEST_COUNT
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? LongNode.valueOf(Long.parseLong(text)) : NullNode.getInstance();
  }
}
