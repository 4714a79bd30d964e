package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Prompt;
import dev.purser.api.UsageKind;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.answer.Findings;
import dev.purser.wire.error.ErrorShape;
import dev.purser.wire.json.Pick;
import dev.purser.wire.request.CapPlace;
import dev.purser.wire.request.JsonBody;
import dev.purser.wire.request.JsonCall;
import org.jspecify.annotations.Nullable;

/**
 * Cohere's embeddings, billed by the token, and its ranking, billed by the search: a query with up to a
 * hundred documents.
 *
 * @see <a href="https://docs.cohere.com/reference/embed">Cohere: embed</a>
 * @see <a href="https://docs.cohere.com/reference/rerank">Cohere: rerank</a>
 */
final class CohereVectors extends NamedDialect {

  private static final Pick PICK = Pick.of("id", "meta");

  private final String path;

  /**
   * Creates a dialect.
   *
   * @param path how paths end that lead to it
   */
  CohereVectors(String name, String path) {
    super(name, ErrorShape.MESSAGE);
    this.path = path;
  }

  @Override
  public boolean speaks(String method, String host, String path) {
    return method.equals("POST") && path.endsWith(this.path) && CohereHosts.mayServe(host);
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    JsonBody body = JsonBody.read(request.body());
    if (body == null) {
      return null;
    }
    String provider = CohereHosts.providerOf(request);
    // What is ranked costs no tokens.
    Prompt prompt = path.endsWith("rerank")
        ? Prompt.builder()
            .fees(UsageKind.RERANK_SEARCH, RankedSearches.of(body))
            .build()
        : CoherePrompt.embedding(body);
    return JsonCall.builder(
            this,
            request,
            body,
            head -> new OneAnswer(new Findings(provider), PICK, CohereVectors::tell))
        .model(CohereHosts.model(provider, body))
        .prompt(prompt)
        .cap(CapPlace.NOTHING)
        .stream(false)
        .build();
  }

  private static void tell(JsonNode answer, Findings findings) {
    findings.id(answer.path("id"));
    if (CohereUsage.says(answer.path("meta"))) {
      findings.usage(CohereUsage.read(answer.path("meta")));
    }
  }
}
