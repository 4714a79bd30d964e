package dev.purser.core.price;

import java.util.regex.Pattern;

/**
 * What OpenRouter lets callers hang onto the name of a model to say how it is served:
 * {@code openai/gpt-4o:online}. The model and its prices are the same without it ("Model Variants",
 * openrouter.ai/docs). {@code :free} is none of these: it is another offer, with limits and a price
 * of its own.
 */
final class RouteSuffix {

  private static final String PROVIDER = "openrouter";

  private static final Pattern SUFFIXES =
      Pattern.compile("(?::(?:online|nitro|floor|exacto|extended|thinking))+$");

  private RouteSuffix() {}

  /** Returns the name without such a suffix; as it is for every other provider, and without one. */
  static String strip(String name, ProviderPrices provider) {
    return provider.name().equals(PROVIDER) ? SUFFIXES.matcher(name).replaceFirst("") : name;
  }
}
