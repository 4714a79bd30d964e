package dev.purser.wire.answer;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Reads the counts of one usage, and remembers whether all of them could be. Absent and null count
 * nothing; {@link #isStated} tells them from zero. For one thread at a time.
 */
public final class Counts {

  /**
   * Larger numbers are no counts: 2^31, hundreds of times what the longest context holds. More is a
   * mistake of somebody's, and to settle it would empty every budget.
   */
  private static final double LARGEST = 1L << 31;

  private boolean plausible = true;

  /** Whether all that was read so far can be a count. */
  public boolean plausible() {
    return plausible;
  }

  /** Whether a value stands there and is not null. */
  public static boolean isStated(JsonNode value) {
    return !value.isMissingNode() && !value.isNull();
  }

  /** Returns the first value that is stated; the first of all if none is. */
  public static JsonNode first(JsonNode... candidates) {
    for (JsonNode each : candidates) {
      if (isStated(each)) {
        return each;
      }
    }
    return candidates[0];
  }

  /**
   * Returns a count; 0 where none is stated. Some providers write whole numbers as 2.0, and a double
   * holds every count up to 2^31 exactly.
   */
  public long of(JsonNode value) {
    if (!isStated(value)) {
      return 0;
    }
    double number = value.isNumber() ? value.doubleValue() : Double.NaN;
    boolean count = number >= 0 && number <= LARGEST && number == Math.rint(number);
    plausible &= count;
    return count ? (long) number : 0;
  }

  /** Returns a count of which fractions are billed in full, such as seconds; 0 where none is stated. */
  public long roundedUp(JsonNode value) {
    if (!isStated(value)) {
      return 0;
    }
    double number = value.isNumber() ? Math.ceil(value.doubleValue()) : Double.NaN;
    boolean count = number >= 0 && number <= LARGEST;
    plausible &= count;
    return count ? (long) number : 0;
  }
}
