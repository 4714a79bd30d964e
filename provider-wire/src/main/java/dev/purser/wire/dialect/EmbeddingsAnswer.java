package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.answer.Counts;
import dev.purser.wire.answer.Findings;
import dev.purser.wire.answer.FindingsReader;
import dev.purser.wire.json.Pick;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers to calls that only read, of which some state the tokens as {@code prompt_tokens} and
 * some only the total; and searches, where ranking is billed by them.
 */
final class EmbeddingsAnswer extends FindingsReader {

  private static final Pick PICK =
      Pick.of("id", "model", "usage", "error", "meta.billed_units.search_units");

  private final @Nullable String provider;

  /**
   * Creates a reader.
   *
   * @param provider the provider known by its host, or null
   */
  EmbeddingsAnswer(@Nullable String provider) {
    super(new Findings(provider), PICK);
    this.provider = provider;
  }

  @Override
  public void text(byte[] bytes, int from, int to, boolean first) {}

  @Override
  public void read(JsonNode piece) {
    findings.id(piece.path("id"));
    findings.model(piece.path("model"));
    if (piece.path("error").isObject() || piece.path("error").isTextual()) {
      findings.error();
    }
    JsonNode usage = piece.path("usage");
    JsonNode searches = Counts.first(
        usage.path("search_units"), piece.path("meta").path("billed_units").path("search_units"));
    JsonNode tokens = Counts.first(
        usage.path("prompt_tokens"), usage.path("input_tokens"), usage.path("total_tokens"));
    if (Counts.isStated(tokens) || Counts.isStated(searches)) {
      findings.usage(usage(usage, tokens, searches));
      findings.cost(ProviderCost.of(provider, usage));
    }
  }

  private static @Nullable Usage usage(JsonNode usage, JsonNode tokens, JsonNode searches) {
    Counts counts = new Counts();
    Usage.Builder kinds = Usage.builder()
        .add(UsageKind.INPUT, counts.of(tokens))
        .add(UsageKind.RERANK_SEARCH, counts.roundedUp(searches));
    Usage detailed = usage.path("prompt_tokens_details").isObject() ? ChatUsage.read(usage) : null;
    return counts.plausible() ? (detailed == null ? kinds.build() : detailed) : null;
  }
}
