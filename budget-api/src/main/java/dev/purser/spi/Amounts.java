package dev.purser.spi;

import dev.purser.api.Measure;

/**
 * How much of each measure a call takes.
 *
 * @param nanoUsd nano-dollars
 * @param tokens tokens read and written
 * @param requests calls
 */
public record Amounts(long nanoUsd, long tokens, long requests) {

  /** Nothing of anything. */
  public static final Amounts NONE = new Amounts(0, 0, 0);

  /** Checks that no amount is negative. */
  public Amounts {
    if (nanoUsd < 0 || tokens < 0 || requests < 0) {
      throw new IllegalArgumentException(
          "negative amount: " + nanoUsd + " nano-dollars, " + tokens + " tokens, " + requests);
    }
  }

  /** Returns the amount of one measure. */
  public long of(Measure measure) {
    return switch (measure) {
      case USD -> nanoUsd;
      case TOKENS -> tokens;
      case REQUESTS -> requests;
    };
  }
}
