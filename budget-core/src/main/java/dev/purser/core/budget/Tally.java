package dev.purser.core.budget;

import dev.purser.api.Measure;
import dev.purser.spi.Amounts;

/**
 * A sum of charges; below zero where a correction is kept apart from the charge that it corrects.
 *
 * @param nanoUsd nano-dollars
 */
record Tally(long nanoUsd, long inputTokens, long outputTokens, long requests) {

  static Tally of(Amounts amounts) {
    return new Tally(
        amounts.nanoUsd(), amounts.inputTokens(), amounts.outputTokens(), amounts.requests());
  }

  Tally plus(Tally other) {
    return new Tally(
        sum(nanoUsd, other.nanoUsd),
        sum(inputTokens, other.inputTokens),
        sum(outputTokens, other.outputTokens),
        sum(requests, other.requests));
  }

  /** Returns this less other; neither is below zero, so the result is in range. */
  Tally minus(Tally other) {
    return new Tally(
        nanoUsd - other.nanoUsd,
        inputTokens - other.inputTokens,
        outputTokens - other.outputTokens,
        requests - other.requests);
  }

  /** Returns the amounts; what is below zero counts as nothing. */
  Amounts amounts() {
    return new Amounts(
        Math.max(0, nanoUsd),
        Math.max(0, inputTokens),
        Math.max(0, outputTokens),
        Math.max(0, requests));
  }

  /** Returns the sum of one measure; saturates, and may be below zero. */
  long of(Measure measure) {
    return switch (measure) {
      case USD -> nanoUsd;
      case TOKENS -> sum(inputTokens, outputTokens);
      case INPUT_TOKENS -> inputTokens;
      case OUTPUT_TOKENS -> outputTokens;
      case REQUESTS -> requests;
      case CONCURRENT_CALLS -> 0;
    };
  }

  static long sum(long a, long b) {
    long sum = a + b;
    boolean overflow = ((a ^ sum) & (b ^ sum)) < 0;
    return overflow ? (a > 0 ? Long.MAX_VALUE : Long.MIN_VALUE) : sum;
  }
}
