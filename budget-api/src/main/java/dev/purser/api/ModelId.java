package dev.purser.api;

/**
 * A model of a provider, as both are named on the wire: {@code openai/gpt-4o}.
 *
 * @param provider the provider's short name in lower case: {@code openai}, {@code anthropic}, …
 * @param name the model's name as it stands in the request or the answer; may be empty if unstated
 */
public record ModelId(String provider, String name) {

  /** Checks that a provider is named. */
  public ModelId {
    if (provider.isBlank()) {
      throw new IllegalArgumentException("a model needs a provider: model \"" + name + "\"");
    }
  }

  /** Returns the model {@code name} of {@code provider}. */
  public static ModelId of(String provider, String name) {
    return new ModelId(provider, name);
  }

  @Override
  public String toString() {
    return provider + "/" + name;
  }
}
