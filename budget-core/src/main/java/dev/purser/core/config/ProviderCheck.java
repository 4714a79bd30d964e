package dev.purser.core.config;

import dev.purser.api.ModelPrice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds mistyped providers in the user's own prices, which would be read and never apply. Providers
 * may be new ones, so only a name that is nearly a known one is wrong.
 */
final class ProviderCheck {

  /** Those of the price table, of hosts without prices there, and of no known host. */
  static final List<String> KNOWN = List.of(
      "ai21",
      "alibaba",
      "anthropic",
      "aws",
      "azure",
      "bedrock",
      "cerebras",
      "cohere",
      "deepinfra",
      "deepseek",
      "fireworks",
      "gemini",
      "google",
      "groq",
      "huggingface",
      "minimax",
      "mistral",
      "moonshot",
      "moonshotai",
      "nvidia",
      "ollama",
      "openai",
      "openrouter",
      "other",
      "perplexity",
      "sambanova",
      "together",
      "vertex",
      "voyageai",
      "x-ai",
      "xai",
      "zai");

  /** By what parts of names the table knows providers: azure_ai, vertex_ai, my-openai. */
  private static final List<String> PARTS = List.of(
      "amazon",
      "anthropic",
      "azure",
      "bedrock",
      "cerebras",
      "cohere",
      "gemini",
      "google",
      "mistral",
      "moonshot",
      "openai",
      "vertex",
      "voyage");

  /** A letter in three may be wrong: {@code vllm} is no {@code zai}. */
  private static final int LETTERS = 3;

  /** So short a name is near too many that are meant. */
  private static final int SHORTEST = 4;

  private ProviderCheck() {}

  static List<Finding> findings(List<ModelPrice> own) {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      String within = "[" + i + "].provider";
      String provider = own.get(i).provider();
      meant(provider)
          .ifPresent(name -> findings.add(new Finding(
              Finding.Part.GUARD,
              0,
              "prices",
              within,
              "unknown provider " + Excerpt.quoted(provider) + "; did you mean \"" + name
                  + "\"?")));
    }
    return findings;
  }

  private static Optional<String> meant(String provider) {
    String name = provider.strip().toLowerCase(Locale.ROOT);
    if (KNOWN.contains(name) || PARTS.stream().anyMatch(name::contains)) {
      return Optional.empty();
    }
    return Spelling.closest(
            name, KNOWN.stream().filter(known -> known.length() >= SHORTEST).toList())
        .filter(known -> Spelling.distance(name, known) <= known.length() / LETTERS);
  }
}
