package dev.purser.api;

/**
 * What a daily cap for one value of a dimension might be, from what was seen: 3 to 5 times what it
 * spends on a day on which it spends anything.
 *
 * @param dimension what is counted apart
 * @param value its value: a key, a team
 * @param activeDays how many days there were, of UTC and over by now, with money spent
 * @param medianNanoUsd what was spent on the median of them, in nano-dollars; of an even number of days
 *     the lower of the two in the middle, so that it is an amount that was really spent
 * @param lowNanoUsd three times the median, in nano-dollars
 * @param highNanoUsd five times the median, in nano-dollars
 */
public record CapSuggestion(
    Dimension dimension,
    String value,
    int activeDays,
    long medianNanoUsd,
    long lowNanoUsd,
    long highNanoUsd) {

  /** Returns the suggestion for a median, in nano-dollars; saturates at {@link Long#MAX_VALUE}. */
  public static CapSuggestion of(
      Dimension dimension, String value, int activeDays, long medianNanoUsd) {
    return new CapSuggestion(
        dimension,
        value,
        activeDays,
        medianNanoUsd,
        times(medianNanoUsd, 3),
        times(medianNanoUsd, 5));
  }

  private static long times(long nanoUsd, int factor) {
    return nanoUsd > Long.MAX_VALUE / factor ? Long.MAX_VALUE : nanoUsd * factor;
  }
}
