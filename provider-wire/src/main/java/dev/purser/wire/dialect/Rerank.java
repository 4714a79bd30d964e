package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.api.UsageKind;
import dev.purser.wire.host.Hosts;
import dev.purser.wire.request.JsonBody;
import java.util.Set;

/**
 * Ranking as OpenRouter, Voyage AI, Together and DeepInfra answer it: with tokens, or the searches that
 * Cohere bills by, in a usage of OpenAI's style. Cohere's own is another API.
 *
 * @see <a href="https://openrouter.ai/docs/api/api-reference/rerank">OpenRouter: rerank</a>
 * @see <a href="https://docs.voyageai.com/reference/reranker-api">Voyage AI: rerankers</a>
 * @see <a href="https://docs.together.ai/reference/rerank">Together: rerank</a>
 */
final class Rerank extends Embeddings {

  private static final Set<String> PROVIDERS =
      Set.of("openrouter", "voyageai", "together", "deepinfra");

  Rerank() {
    super("openrouter.rerank", "/rerank");
  }

  @Override
  public boolean speaks(String method, String host, String path) {
    String provider = Hosts.providerOf(host);
    return provider != null && PROVIDERS.contains(provider) && super.speaks(method, host, path);
  }

  /** Cohere's models are billed by the search wherever they are served. */
  @Override
  void fees(JsonBody body, Prompt.Builder prompt) {
    String model = body.text("model");
    if (model != null && model.startsWith("cohere/")) {
      prompt.fees(UsageKind.RERANK_SEARCH, RankedSearches.of(body));
    }
  }
}
