package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.host.Hosts;
import dev.purser.wire.request.CapPlace;
import dev.purser.wire.request.JsonBody;
import dev.purser.wire.request.JsonCall;
import org.jspecify.annotations.Nullable;

/**
 * Calls that only read: OpenAI's embeddings and those of whoever speaks as OpenAI does.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/embeddings">the API reference</a>
 * @see <a href="https://docs.perplexity.ai/api-reference/contextualized-embeddings-post">Perplexity:
 *     contextualized embeddings</a>
 * @see <a href="https://docs.voyageai.com/reference/embeddings-api">Voyage AI: embeddings</a>
 */
class Embeddings extends OpenAiDialect {

  /** Ollama's own, whose answers count nothing. */
  private static final String OLLAMA = "/api/embeddings";

  Embeddings() {
    this("openai.embeddings", "/embeddings", "/contextualizedembeddings", "/multimodalembeddings");
  }

  /** Creates a dialect of another API that only reads. */
  Embeddings(String name, String... ends) {
    super(name, ends);
  }

  @Override
  public boolean speaks(String method, String host, String path) {
    return super.speaks(method, host, path) && !path.equals(OLLAMA);
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    JsonBody body = JsonBody.read(request.body());
    if (body == null) {
      return null;
    }
    Prompt.Builder prompt = Prompt.builder();
    InputPrompt reader = new InputPrompt(prompt);
    for (String field : new String[] {"input", "inputs", "query", "documents"}) {
      reader.add(body.last(field));
    }
    if (!reader.wellFormed()) {
      return null;
    }
    fees(body, prompt);
    String provider = Hosts.providerOf(request.host());
    String deployment = PathEnd.deployment(request.path());
    String stated = body.text("model");
    String model = stated == null ? deployment : stated;
    return JsonCall.builder(this, request, body, head -> new EmbeddingsAnswer(provider))
        .model(model)
        .alternatives(Alternatives.of(body, request.headers(), provider, model, deployment))
        .prompt(prompt.build())
        .cap(CapPlace.NOTHING)
        .build();
  }

  /** Adds what is charged for besides tokens; for embeddings nothing is. */
  void fees(JsonBody body, Prompt.Builder prompt) {}
}
