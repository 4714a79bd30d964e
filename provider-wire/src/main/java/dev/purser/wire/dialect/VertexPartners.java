package dev.purser.wire.dialect;

import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.error.ErrorShape;
import dev.purser.wire.request.CapPlace;
import dev.purser.wire.request.JsonCall;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Models of others on Vertex AI that are asked in the words of their makers, which are those of a chat
 * completion: Mistral's and AI21's. Those of Meta and more are asked at {@code /chat/completions}, and
 * Anthropic's speak otherwise. Usage is stated unasked.
 *
 * @see <a href="https://cloud.google.com/vertex-ai/generative-ai/docs/partner-models/mistral">Mistral's
 *     models on Vertex AI</a>
 */
final class VertexPartners extends NamedDialect {

  private static final String STREAM = "streamRawPredict";
  private static final Set<String> VERBS = Set.of("rawPredict", STREAM);
  private static final CapPlace CAP = CapPlace.of("max_tokens");

  VertexPartners() {
    super("vertex.rawPredict", ErrorShape.OPENAI);
  }

  @Override
  public boolean speaks(String method, String host, String path) {
    ModelPath model = method.equals("POST") ? ModelPath.of(path) : null;
    return model != null
        && !model.isGoogles()
        && !model.publisher().equals("anthropic")
        && VERBS.contains(model.verb());
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    ChatBody body = ChatBody.read(request.body());
    Prompt prompt = body == null ? null : ChatPrompt.read(body);
    ModelPath path = ModelPath.of(request.path());
    if (body == null || prompt == null || path == null) {
      return null;
    }
    String provider = GeminiContent.providerOf(request);
    int choices = body.choices();
    return JsonCall.builder(
            this, request, body.json(), head -> new ChatAnswer(provider, choices, false))
        .model(ModelId.of(provider, path.model()))
        .prompt(prompt)
        .cap(CAP)
        .choices(choices)
        .stream(path.verb().equals(STREAM) || body.json().isTrue("stream"))
        .build();
  }
}
