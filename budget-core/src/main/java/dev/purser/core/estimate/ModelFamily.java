package dev.purser.core.estimate;

import dev.purser.api.ModelId;
import java.util.Locale;

/** Whose model it is, by its name: what it reads costs what its maker says, whoever serves it. */
@SuppressWarnings("ImmutableEnumChecker") // the prefixes are never written
enum ModelFamily {
  GPT_OSS("gpt-oss"),
  OPENAI(
      "gpt-",
      "chatgpt-",
      "o1",
      "o3",
      "o4",
      "codex",
      "computer-use",
      "text-embedding-",
      "davinci",
      "babbage"),
  CLAUDE("claude"),
  GEMINI("gemini", "gemma", "learnlm"),
  GROK("grok"),
  MISTRAL(
      "mistral",
      "mixtral",
      "ministral",
      "magistral",
      "codestral",
      "devstral",
      "pixtral",
      "voxtral",
      "open-mistral",
      "open-mixtral"),
  QWEN("qwen", "qwq", "qvq"),
  LLAMA("llama", "meta-llama"),
  /** Anybody else's, or nobody knows whose. */
  OTHER;

  private static final ModelFamily[] ALL = values();

  private final String[] prefixes;

  ModelFamily(String... prefixes) {
    this.prefixes = prefixes;
  }

  /** Returns the family of a model; names may be preceded by whose they are and where they run. */
  static ModelFamily of(ModelId model) {
    String name = bareName(model.name());
    for (ModelFamily family : ALL) {
      for (String prefix : family.prefixes) {
        if (name.startsWith(prefix)) {
          return family;
        }
      }
    }
    return switch (model.provider()) {
      case "openai", "azure" -> OPENAI; // a deployment's name says nothing
      case "anthropic" -> CLAUDE;
      case "google" -> GEMINI;
      case "xai" -> GROK;
      case "mistral" -> MISTRAL;
      default -> OTHER;
    };
  }

  /** Returns a name without what precedes it: {@code us.anthropic.claude-…}, {@code openai/gpt-5}. */
  static String bareName(String modelName) {
    String name = modelName.toLowerCase(Locale.ROOT);
    name = name.substring(name.lastIndexOf('/') + 1);
    if (name.startsWith("ft:")) {
      name = name.substring(3);
    }
    for (String maker : new String[] {"anthropic.", "meta.", "mistral.", "openai.", "qwen."}) {
      int at = name.indexOf(maker);
      if (at >= 0) {
        return name.substring(at + maker.length());
      }
    }
    return name;
  }
}
