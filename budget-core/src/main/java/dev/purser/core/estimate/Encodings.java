package dev.purser.core.estimate;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which tokenizer a model uses. Our own map: the one that comes with JTokkit 1.1.0 does not know
 * {@code gpt-5} and takes {@code gpt-4.1} for a {@code cl100k} model.
 */
enum Encodings {
  /** OpenAI's models since gpt-4o. */
  O200K,
  /** gpt-4, gpt-3.5-turbo and the text-embedding models. */
  CL100K;

  private static final String[] O200K_PREFIXES = {
    "gpt-4o",
    "gpt-4.1",
    "gpt-4.5",
    "gpt-5",
    "gpt-6",
    "gpt-oss",
    "gpt-audio",
    "gpt-realtime",
    "chatgpt-",
    "o1",
    "o3",
    "o4",
    "codex-mini",
    "computer-use"
  };
  private static final String[] CL100K_PREFIXES = {
    "gpt-4", "gpt-3.5", "gpt-35", "text-embedding-3", "text-embedding-ada-002"
  };

  /** Returns the encoding of a model by its name, or null for a model of another family. */
  static @Nullable Encodings of(String modelName) {
    String name = modelName.toLowerCase(Locale.ROOT);
    name = name.substring(name.lastIndexOf('/') + 1);
    if (name.startsWith("ft:")) {
      name = name.substring(3);
    }
    if (startsWithAny(name, O200K_PREFIXES)) {
      return O200K;
    }
    return startsWithAny(name, CL100K_PREFIXES) ? CL100K : null;
  }

  private static boolean startsWithAny(String name, String[] prefixes) {
    for (String prefix : prefixes) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
