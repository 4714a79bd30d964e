package dev.purser.samples.demo;

/**
 * The provider's own account of what it served, at its list prices. Knows nothing of Purser, and shares
 * no arithmetic with it. Safe for use by several threads.
 */
final class Bill {

  private long calls;
  private long picoUsd;

  /** Bills one call. */
  synchronized void add(ListPrice price, long promptTokens, long answerTokens) {
    long cost = Math.addExact(
        Math.multiplyExact(promptTokens, price.input()),
        Math.multiplyExact(answerTokens, price.output()));
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
