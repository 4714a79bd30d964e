package dev.purser.samples.demo;

/**
 * What a provider asks for a model's tokens.
 *
 * @param input pico-dollars a token read
 * @param output pico-dollars a token written
 */
record ListPrice(long input, long output) {

  /** $2.50 and $10 per million tokens. */
  static final ListPrice GPT_4O = new ListPrice(2_500_000, 10_000_000);

  /** $3 and $15 per million tokens, for prompts of no more than 200,000. */
  static final ListPrice CLAUDE_SONNET_4_5 = new ListPrice(3_000_000, 15_000_000);
}
