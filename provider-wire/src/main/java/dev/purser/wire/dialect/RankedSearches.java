package dev.purser.wire.dialect;

import dev.purser.api.TextBound;
import dev.purser.api.TextBound.Vocabulary;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.request.JsonBody;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How many searches a ranking may be billed for: one for each hundred documents, where a document that is
 * longer than 500 tokens together with the query counts as several. Of a document 4,096 tokens are looked
 * at unless the request says otherwise.
 *
 * @see <a href="https://cohere.com/pricing">Cohere: pricing, what a search is</a>
 * @see <a href="https://docs.cohere.com/reference/rerank">Cohere: rerank, max_tokens_per_doc</a>
 */
final class RankedSearches {

  private static final long DOCUMENTS = 100;
  private static final long CHUNK = 500;

  /** What a chunk holds beside a query that would fill it. */
  private static final long LEAST_ROOM = 100;

  private static final long LOOKED_AT = 4_096;

  /** Cohere's tokenizer is not ours: as for any that we do not have. */
  private static final long PERCENT = 140;

  private final long room;
  private final long mostTokens;
  private long chunks;

  private RankedSearches(JsonBody body) {
    String query = body.text("query");
    room = Math.max(LEAST_ROOM, CHUNK - tokens(query == null ? "" : query));
    mostTokens = mostTokens(body.last("max_tokens_per_doc"));
  }

  /** Returns the searches. */
  static long of(JsonBody body) {
    RankedSearches searches = new RankedSearches(body);
    JsonSlice documents = body.last("documents");
    if (documents != null && documents.isArray()) {
      documents.each((none, document) -> searches.add(document));
    }
    return Math.max(1, ceilDiv(searches.chunks, DOCUMENTS));
  }

  private static long mostTokens(@Nullable JsonSlice stated) {
    BigDecimal tokens = stated == null ? null : stated.number();
    return tokens == null || tokens.signum() <= 0
        ? LOOKED_AT
        : tokens.min(BigDecimal.valueOf(Integer.MAX_VALUE)).longValue();
  }

  private void add(JsonSlice document) {
    String text = document.text();
    long tokens = Math.min(mostTokens, tokens(text == null ? document.raw() : text));
    chunks += Math.max(1, ceilDiv(tokens, room));
  }

  private static long tokens(String text) {
    return new TextBound(Vocabulary.SINGLE_DIGITS).add(text).tokens() * PERCENT / 100 + 1;
  }

  private static long ceilDiv(long a, long b) {
    return (a + b - 1) / b;
  }
}
