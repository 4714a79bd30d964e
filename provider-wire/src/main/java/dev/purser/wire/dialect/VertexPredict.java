package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.answer.Counts;
import dev.purser.wire.answer.Findings;
import dev.purser.wire.error.ErrorShape;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.json.Pick;
import dev.purser.wire.request.CapPlace;
import dev.purser.wire.request.JsonBody;
import dev.purser.wire.request.JsonCall;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Google's older way to ask a model: embeddings of text on Vertex AI, which count the tokens of each, and
 * pictures of Imagen, which are billed by the picture; those that a filter took away are not. What else
 * answers to {@code predict}, such as sound and pictures that are embedded, does not say what it costs.
 *
 * @see <a
 *     href="https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/text-embeddings-api">text
 *     embeddings</a>
 * @see <a href="https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/imagen-api">Imagen</a>
 */
final class VertexPredict extends NamedDialect {

  private static final Pattern PICTURES = Pattern.compile("(?:imagen|imagegeneration).*");
  private static final Pattern TEXTS = Pattern.compile(
      "(?:gemini-embedding|text-embedding|text-multilingual-embedding|textembedding-gecko).*");

  /** What Imagen makes where a request does not say how many. */
  private static final int PICTURES_UNASKED = 4;

  private static final int MOST_PICTURES = 64;

  private static final Pick PICK = Pick.of(
      "predictions.embeddings.statistics.token_count",
      "predictions.mimeType",
      "metadata.billableCharacterCount");

  VertexPredict() {
    super("google.predict", ErrorShape.GOOGLE);
  }

  @Override
  public boolean speaks(String method, String host, String path) {
    ModelPath model = method.equals("POST") ? ModelPath.of(path) : null;
    return model != null
        && model.isGoogles()
        && model.collection().equals("models")
        && model.verb().equals("predict");
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    JsonBody body = JsonBody.read(request.body());
    ModelPath path = ModelPath.of(request.path());
    if (body == null || path == null) {
      return null;
    }
    String provider = GeminiContent.providerOf(request);
    boolean pictures = PICTURES.matcher(path.model()).matches();
    boolean known = pictures || TEXTS.matcher(path.model()).matches();
    return JsonCall.builder(
            this,
            request,
            body,
            head -> new OneAnswer(new Findings(provider), PICK, VertexPredict::tell))
        .model(ModelId.of(provider, path.model()))
        .prompt(prompt(body, pictures ? pictures(body) : 0))
        .cap(pictures ? CapPlace.NONE : CapPlace.NOTHING)
        .choices(pictures ? pictures(body) : 1)
        .unmetered(known ? null : "answers of this model state no usage")
        .build();
  }

  private static Prompt prompt(JsonBody body, int pictures) {
    Prompt.Builder prompt = Prompt.builder().fees(UsageKind.PICTURE, pictures);
    for (JsonSlice instances : body.all("instances")) {
      instances.each((none, instance) -> instance.fields().forEach((name, value) -> {
        if (value.isString()) {
          PromptText.add(value, prompt);
        }
      }));
    }
    return prompt.build();
  }

  private static int pictures(JsonBody body) {
    JsonSlice stated = body.at("parameters", "sampleCount");
    BigDecimal count = stated == null ? null : stated.number();
    return count == null || count.signum() <= 0
        ? PICTURES_UNASKED
        : count.min(BigDecimal.valueOf(MOST_PICTURES)).intValue();
  }

  private static void tell(JsonNode answer, Findings findings) {
    Counts counts = new Counts();
    long tokens = 0;
    boolean counted = false;
    long pictures = 0;
    for (JsonNode prediction : answer.path("predictions")) {
      JsonNode each = prediction.path("embeddings").path("statistics").path("token_count");
      counted |= Counts.isStated(each);
      tokens += counts.of(each);
      pictures += prediction.path("mimeType").isTextual() ? 1 : 0;
    }
    JsonNode characters = answer.path("metadata").path("billableCharacterCount");
    Usage.Builder usage = Usage.builder();
    if (counted) {
      usage.add(UsageKind.INPUT, tokens);
    } else if (pictures > 0) {
      usage.add(UsageKind.PICTURE, pictures);
    } else if (Counts.isStated(characters)) {
      usage.add(UsageKind.CHARACTER, counts.of(characters));
    } else {
      return;
    }
    findings.usage(counts.plausible() ? usage.build() : null);
  }
}
