package dev.purser.clients.provider;

/** An API with two models of a provider that speaks it. */
public enum Api {
  /** OpenAI's chat completions. */
  OPENAI("openai", "gpt-4o", "gpt-4o-mini"),
  /** Anthropic's messages. */
  ANTHROPIC("anthropic", "claude-sonnet-4-5", "claude-haiku-4-5"),
  /** Gemini's contents. */
  GEMINI("google", "gemini-2.5-flash", "gemini-2.5-flash-lite");

  private final String provider;
  private final String model;
  private final String cheaper;

  Api(String provider, String model, String cheaper) {
    this.provider = provider;
    this.model = model;
    this.cheaper = cheaper;
  }

  /** How budgets call the provider. */
  public String provider() {
    return provider;
  }

  /** The model that is asked. */
  public String model() {
    return model;
  }

  /** A cheaper one. */
  public String cheaper() {
    return cheaper;
  }
}
