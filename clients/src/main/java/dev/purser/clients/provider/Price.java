package dev.purser.clients.provider;

/**
 * The provider's price list, written down apart from Purser's. In nano-dollars a token.
 *
 * @param input of the prompt
 * @param cached of the prompt, where it was cached
 * @param output of the answer
 */
public record Price(long input, long cached, long output) {

  /** What a model costs. */
  public static Price of(String model) {
    return switch (model) {
      case "gpt-4o" -> new Price(2_500, 1_250, 10_000);
      case "gpt-4o-mini" -> new Price(150, 75, 600);
      case "claude-sonnet-4-5" -> new Price(3_000, 300, 15_000);
      case "claude-haiku-4-5" -> new Price(1_000, 100, 5_000);
      case "gemini-2.5-flash" -> new Price(300, 30, 2_500);
      case "gemini-2.5-flash-lite" -> new Price(100, 10, 400);
      default -> throw new IllegalArgumentException("The provider has no model " + model);
    };
  }

  /** What a call is billed that has so long an answer, in nano-dollars. */
  long bill(int outputTokens) {
    return (Tokens.PROMPT - Tokens.CACHED) * input + Tokens.CACHED * cached + outputTokens * output;
  }
}
