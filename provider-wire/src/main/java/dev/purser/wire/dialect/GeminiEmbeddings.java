package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Usage;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.answer.Counts;
import dev.purser.wire.answer.Findings;
import dev.purser.wire.error.ErrorShape;
import dev.purser.wire.json.Pick;
import dev.purser.wire.request.CapPlace;
import dev.purser.wire.request.JsonBody;
import dev.purser.wire.request.JsonCall;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Embeddings of the Gemini API and of Vertex AI. Only gemini-embedding-2 and its kind count what they read;
 * gemini-embedding-001 says nothing.
 *
 * @see <a href="https://ai.google.dev/api/embeddings">Gemini API: embeddings</a>
 */
final class GeminiEmbeddings extends NamedDialect {

  private static final Set<String> VERBS = Set.of("embedContent", "batchEmbedContents");

  private static final Pick PICK = Pick.of("usageMetadata");

  GeminiEmbeddings() {
    super("gemini.embedContent", ErrorShape.GOOGLE);
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
    if (body == null || path == null) {
      return null;
    }
    String provider = GeminiContent.providerOf(request);
    return JsonCall.builder(
            this,
            request,
            body,
            head -> new OneAnswer(new Findings(provider), PICK, GeminiEmbeddings::tell))
        .model(ModelId.of(provider, path.model()))
        .prompt(prompt(body))
        .cap(CapPlace.NOTHING)
        .build();
  }

  private static Prompt prompt(JsonBody body) {
    Prompt.Builder prompt = Prompt.builder();
    body.all("content").forEach(content -> GeminiPrompt.add(content, prompt));
    body.all("title").forEach(title -> PromptText.add(title, prompt));
    body.all("requests")
        .forEach(requests ->
            requests.each((none, request) -> request.fields().forEach((name, value) -> {
              if (name.equals("content")) {
                GeminiPrompt.add(value, prompt);
              } else if (name.equals("title")) {
                PromptText.add(value, prompt);
              }
            })));
    return prompt.build();
  }

  /** Sound and video are dearer than text by far; pictures count with it. */
  private static void tell(JsonNode answer, Findings findings) {
    JsonNode stated = answer.path("usageMetadata");
    JsonNode total = Counts.first(stated.path("promptTokenCount"), stated.path("totalTokenCount"));
    if (!Counts.isStated(total)) {
      findings.usageSoFar(Usage.NONE, false, true); // whatever was read, nothing was written
      return;
    }
    Counts counts = new Counts();
    JsonNode details =
        Counts.first(stated.path("promptTokenDetails"), stated.path("promptTokensDetails"));
    Modalities parts = Modalities.read(details, counts).withoutPictures();
    Usage.Builder kinds = Usage.builder();
    InputKinds.add(counts.of(total), 0, parts, Modalities.NONE, kinds);
    findings.usage(counts.plausible() ? kinds.build() : null);
  }
}
