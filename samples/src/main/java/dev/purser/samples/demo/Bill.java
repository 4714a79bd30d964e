package dev.purser.samples.demo;

/**
 * The provider's own account of what it served, at the list price of {@code gpt-4o}. Knows nothing
 * of Purser, and shares no arithmetic with it. Safe for use by several threads.
 */
final class Bill {

  /** $2.50 per million tokens, in pico-dollars a token. */
  static final long INPUT_PICO_USD = 2_500_000;

  /** $10 per million tokens, in pico-dollars a token. */
  static final long OUTPUT_PICO_USD = 10_000_000;

  private long calls;
  private long picoUsd;

  /** Bills one call. */
  synchronized void add(long promptTokens, long answerTokens) {
    long cost = Math.addExact(
        Math.multiplyExact(promptTokens, INPUT_PICO_USD),
        Math.multiplyExact(answerTokens, OUTPUT_PICO_USD));
    picoUsd = Math.addExact(picoUsd, cost);
    calls++;
  }

  /** Returns the number of calls billed. */
  synchronized long calls() {
    return calls;
  }

  /** Returns the sum of all bills. */
  synchronized PicoUsd total() {
    return new PicoUsd(picoUsd);
  }
}
