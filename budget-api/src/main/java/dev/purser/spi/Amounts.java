package dev.purser.spi;

import dev.purser.api.Measure;

/**
 * How much of each measure a call takes.
 *
 * @param nanoUsd nano-dollars
 * @param inputTokens tokens read
 * @param outputTokens tokens written
 * @param requests calls; also the slots that a call takes while it is open
 */
public record Amounts(long nanoUsd, long inputTokens, long outputTokens, long requests) {

  /** Nothing of anything. */
  public static final Amounts NONE = new Amounts(0, 0, 0, 0);

  /** Checks that no amount is negative. */
  public Amounts {
    if (nanoUsd < 0 || inputTokens < 0 || outputTokens < 0 || requests < 0) {
      throw new IllegalArgumentException("negative amount: "
          + nanoUsd
          + " nano-dollars, "
          + inputTokens
          + " + "
          + outputTokens
          + " tokens, "
          + requests);
    }
  }

  /** Returns all tokens; saturates at the range's end. */
  public long tokens() {
    long sum = inputTokens + outputTokens;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** Returns the amount of one measure. */
  public long of(Measure measure) {
    return switch (measure) {
      case USD -> nanoUsd;
      case TOKENS -> tokens();
      case INPUT_TOKENS -> inputTokens;
      case OUTPUT_TOKENS -> outputTokens;
      case REQUESTS, CONCURRENT_CALLS -> requests;
    };
  }
}
