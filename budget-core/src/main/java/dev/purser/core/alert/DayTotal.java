package dev.purser.core.alert;

/**
 * What a key did on a day.
 *
 * @param epochDay which day, counted from 1970-01-01
 * @param nanoUsd what it spent, in nano-dollars
 * @param requests how many calls it made
 * @param frontier how many of them asked frontier models
 */
record DayTotal(long epochDay, long nanoUsd, long requests, long frontier) {

  static DayTotal none(long epochDay) {
    return new DayTotal(epochDay, 0, 0, 0);
  }

  DayTotal plus(long moreNanoUsd, long moreRequests, long moreFrontier) {
    return new DayTotal(
        epochDay, nanoUsd + moreNanoUsd, requests + moreRequests, frontier + moreFrontier);
  }

  /** Whether money was spent. */
  boolean isActive() {
    return nanoUsd > 0;
  }

  /** Whether the day is a Saturday or a Sunday. */
  boolean isWeekend() {
    return isWeekend(epochDay);
  }

  /** 1970-01-01 was a Thursday. */
  static boolean isWeekend(long epochDay) {
    return Math.floorMod(epochDay + 3, 7) >= 5;
  }
}
