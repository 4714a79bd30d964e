package dev.purser.core.price;

import java.util.List;

/**
 * When a tariff holds. Immutable.
 *
 * @param fromEpochSecond the first second; {@link Long#MIN_VALUE} for always
 * @param daily the times of day at which it holds; empty for all day
 * @param tariff the prices
 */
record Period(long fromEpochSecond, List<DailyWindow> daily, Tariff tariff) {

  private static final int SECONDS_A_DAY = 86_400;

  /**
   * A time of day, in UTC: from {@code start} up to but not including {@code end}, past midnight if
   * it ends before it starts.
   *
   * @param start the second of the day
   * @param end the second of the day
   */
  record DailyWindow(int start, int end) {
    boolean contains(int second) {
      return start <= end ? start <= second && second < end : start <= second || second < end;
    }
  }

  /** Whether the tariff holds at that second. */
  boolean holdsAt(long epochSecond) {
    if (epochSecond < fromEpochSecond) {
      return false;
    }
    int second = (int) Math.floorMod(epochSecond, (long) SECONDS_A_DAY);
    for (DailyWindow window : daily) {
      if (window.contains(second)) {
        return true;
      }
    }
    return daily.isEmpty();
  }
}
