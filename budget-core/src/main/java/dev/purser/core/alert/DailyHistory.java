package dev.purser.core.alert;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The days of a key on which it spent money, the last 28 of each class: weekdays and weekends apart,
 * since people rest. Some four kilobytes where all are there. For one thread at a time.
 */
final class DailyHistory {

  /** How many days of a class are kept. */
  static final int MOST = 28;

  /** The latest last. */
  private final List<DayTotal> weekdays = new ArrayList<>();

  private final List<DayTotal> weekends = new ArrayList<>();

  /** Takes a day that is over, in place of what was known of it; one without spend is none. */
  void put(DayTotal day) {
    List<DayTotal> days = of(day.isWeekend());
    int at = days.size();
    while (at > 0 && days.get(at - 1).epochDay() > day.epochDay()) {
      at--;
    }
    if (at > 0 && days.get(at - 1).epochDay() == day.epochDay()) {
      days.remove(--at);
    }
    if (day.isActive()) {
      days.add(at, day);
    }
    if (days.size() > MOST) {
      days.remove(0);
    }
  }

  private List<DayTotal> of(boolean weekend) {
    return weekend ? weekends : weekdays;
  }

  /** Returns what is known of a day. */
  DayTotal day(long epochDay) {
    for (DayTotal each : of(DayTotal.isWeekend(epochDay))) {
      if (each.epochDay() == epochDay) {
        return each;
      }
    }
    return DayTotal.none(epochDay);
  }

  /** Returns the days of a class before a day, the latest first. */
  List<DayTotal> before(long epochDay, boolean weekend) {
    List<DayTotal> before = new ArrayList<>(of(weekend));
    before.removeIf(day -> day.epochDay() >= epochDay);
    Collections.reverse(before);
    return before;
  }

  /** Returns the days of both classes from one to before another, the latest first. */
  List<DayTotal> between(long from, long to) {
    List<DayTotal> days = new ArrayList<>(weekdays);
    days.addAll(weekends);
    days.removeIf(day -> day.epochDay() < from || day.epochDay() >= to);
    days.sort((a, b) -> Long.compare(b.epochDay(), a.epochDay()));
    return days;
  }

  /** Returns all days, in no order. */
  List<DayTotal> all() {
    List<DayTotal> days = new ArrayList<>(weekdays);
    days.addAll(weekends);
    return days;
  }
}
