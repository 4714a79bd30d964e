package dev.purser.wire.dialect;

import dev.purser.api.ModelId;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.error.ErrorShape;
import dev.purser.wire.host.Hosts;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.request.CapPlace;
import dev.purser.wire.request.JsonBody;
import dev.purser.wire.request.JsonCall;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Google's generateContent, of the Gemini API and of Vertex AI, answered at once or streamed. The path
 * names the model and whether the answer is streamed. {@code maxOutputTokens} caps what is thought, too.
 *
 * @see <a href="https://ai.google.dev/api/generate-content">Gemini API: generating content</a>
 * @see <a href="https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference">Vertex
 *     AI: generateContent</a>
 */
final class GeminiContent extends NamedDialect {

  static final String GOOGLE = "google";

  private static final String STREAM = "streamGenerateContent";
  private static final Set<String> VERBS = Set.of("generateContent", STREAM);

  private static final CapPlace CAP = CapPlace.of(
      "generationConfig.maxOutputTokens",
      "generationConfig.max_output_tokens",
      "generation_config.max_output_tokens",
      "generation_config.maxOutputTokens");

  /** For bodies that are written this way throughout: a field under both its names is refused. */
  private static final CapPlace SNAKE_CAP = CapPlace.of(
      "generation_config.max_output_tokens",
      "generation_config.maxOutputTokens",
      "generationConfig.maxOutputTokens",
      "generationConfig.max_output_tokens");

  GeminiContent() {
    super("gemini.generateContent", ErrorShape.GOOGLE);
  }

  @Override
  public boolean isConversation() {
    return true;
  }

  @Override
  public boolean speaks(String method, String host, String path) {
    ModelPath model = method.equals("POST") ? ModelPath.of(path) : null;
    return model != null && model.isGoogles() && VERBS.contains(model.verb());
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    JsonBody body = JsonBody.read(request.body());
    ModelPath path = ModelPath.of(request.path());
    JsonSlice contents = body == null ? null : body.last("contents");
    if (body == null
        || path == null
        || contents == null
        || !(contents.isArray() || contents.isObject())) {
      return null;
    }
    GeminiConfig config = new GeminiConfig(body);
    String provider = providerOf(request);
    int choices = config.choices();
    boolean mayThink = config.mayThink(path.model());
    return JsonCall.builder(
            this,
            request,
            body,
            head -> new GeminiAnswer(
                provider,
                path.model(),
                choices,
                mayThink,
                head.headers().apply("x-gemini-service-tier")))
        .model(ModelId.of(provider, path.model()))
        .prompt(GeminiPrompt.read(body, path.model()))
        .cap(config.isSnake() ? SNAKE_CAP : CAP)
        .choices(choices)
        .stream(path.verb().equals(STREAM))
        .serviceTier(config.serviceTier(request.headers()))
        .build();
  }

  /** Returns who answers: Google, too, behind a host that nobody knows. */
  static String providerOf(WireRequest request) {
    return Objects.requireNonNullElse(Hosts.providerOf(request.host()), GOOGLE);
  }
}
