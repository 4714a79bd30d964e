package dev.purser.langchain4j;

import static java.util.Map.entry;

import dev.langchain4j.model.ModelProvider;
import dev.purser.api.ModelId;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names providers as price tables do. */
final class Providers {

  /** Stands in no price table, so that the model's name alone decides. */
  private static final String OTHER = "other";

  private static final String OPENAI = "openai";

  /** By name: some of them are deprecated, and newer versions have more. */
  private static final Map<String, String> NAMES = Map.ofEntries(
      entry("ANTHROPIC", "anthropic"),
      entry("AMAZON_BEDROCK", "aws"),
      entry("AZURE_OPEN_AI", "azure"),
      entry("MICROSOFT_FOUNDRY", "azure"),
      entry("GOOGLE_AI_GEMINI", "google"),
      entry("GOOGLE_GENAI", "google"),
      entry("GOOGLE_VERTEX_AI_GEMINI", "google"),
      entry("GOOGLE_VERTEX_AI_ANTHROPIC", "google"),
      entry("MISTRAL_AI", "mistral"),
      entry("OLLAMA", "ollama"),
      entry("OPEN_AI", OPENAI),
      entry("WATSONX", "watsonx"),
      entry("COHERE", "cohere"),
      entry("VOYAGE_AI", "voyageai"),
      entry("JINA", "jina"));

  /** OpenAI's own; other models that speak its API are somebody else's. */
  private static final Pattern OPENAIS_OWN = Pattern.compile(
      "(?:openai/)?(?:ft:)?(?:(?:chat)?gpt-|o[1-9](?:-|$)|text-embedding-|omni-moderation|text-moderation"
          + "|codex|davinci|babbage|computer-use|dall-e).*",
      Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private Providers() {}

  /**
   * Returns a model's full name.
   *
   * @param stated the provider that somebody named, or null
   * @param known the provider that the model names, or null
   * @param name the model's name; null or empty if it is not known
   */
  static ModelId model(
      @Nullable String stated, @Nullable ModelProvider known, @Nullable String name) {
    String model = name == null ? "" : name;
    if (stated != null) {
      return ModelId.of(stated, model);
    }
    String provider = known == null ? OTHER : NAMES.getOrDefault(known.name(), OTHER);
    boolean theirs = model.isEmpty() || OPENAIS_OWN.matcher(model).matches();
    if (provider.equals(OPENAI) && !theirs) {
      return ModelId.of(OTHER, model);
    }
    return ModelId.of(
        provider.equals(OTHER) && theirs && !model.isEmpty() ? OPENAI : provider, model);
  }
}
