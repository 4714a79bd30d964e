package dev.purser.wire.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The end of a path by which Google names a model and what it is to do: {@code
 * /models/{model}:{verb}}, or the same of a tuned model or of one deployed to an endpoint.
 *
 * @param collection what kind of model: one of those that everybody has, a tuned one, or one at an endpoint
 * @param publisher who made the model, where Vertex says so; else empty
 * @param model the model's name, decoded
 * @param verb what is asked of it
 * @see <a href="https://ai.google.dev/api/models">Gemini API: models</a>
 * @see <a href="https://cloud.google.com/vertex-ai/docs/reference/rest">Vertex AI: REST resources</a>
 */
record ModelPath(String collection, String publisher, String model, String verb) {

  private static final Set<String> COLLECTIONS = Set.of("models", "tunedModels", "endpoints");

  /** Returns what a path ends in, or null if it is none of these. */
  static @Nullable ModelPath of(String path) {
    int slash = path.lastIndexOf('/');
    String last = path.substring(slash + 1);
    int colon = last.lastIndexOf(':');
    int afterColon = colon + 1;
    if (colon < 0) {
      colon = last.toUpperCase(Locale.ROOT).lastIndexOf("%3A");
      afterColon = colon + 3;
    }
    String before = slash < 0 ? "" : path.substring(0, slash);
    String collection = before.substring(before.lastIndexOf('/') + 1);
    if (colon <= 0 || !COLLECTIONS.contains(collection)) {
      return null;
    }
    return new ModelPath(
        collection,
        publisher(before),
        decoded(last.substring(0, colon)),
        last.substring(afterColon));
  }

  /** Whether the model is one of Google's own, or of nobody who is named. */
  boolean isGoogles() {
    return publisher.isEmpty() || publisher.equals("google");
  }

  /**
   * Returns the region that a path of Vertex names, {@code /locations/us-east5/}; null for {@code global},
   * which costs nothing more.
   *
   * @see <a href="https://cloud.google.com/vertex-ai/generative-ai/pricing">Vertex AI: pricing</a>
   */
  static @Nullable String region(String path) {
    String[] segments = path.split("/", -1);
    for (int i = 0; i < segments.length - 1; i++) {
      if (segments[i].equals("locations")) {
        String region = segments[i + 1];
        return region.isEmpty() || region.equals("global") ? null : region;
      }
    }
    return null;
  }

  private static String publisher(String before) {
    String[] segments = before.split("/", -1);
    int models = segments.length - 1;
    return models >= 2 && segments[models - 2].equals("publishers") ? segments[models - 1] : "";
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      return segment; // not encoded as it should be: as it stands then
    }
  }
}
