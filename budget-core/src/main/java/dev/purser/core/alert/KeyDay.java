package dev.purser.core.alert;

import dev.purser.api.Attribution;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A key's day so far, and the days before it. For one thread at a time. */
final class KeyDay {

  /** More need not be named to say that a key is shared. */
  private static final int MOST_USERS = 8;

  /** What is told of a day once. */
  enum Said {
    NOTICE,
    PAGE,
    SHARED,
    ORPHAN
  }

  private final DailyHistory history = new DailyHistory();
  private final Set<String> users = new TreeSet<>();
  private final EnumSet<Said> said = EnumSet.noneOf(Said.class);
  private final Map<Long, DayTotal> unwritten = new TreeMap<>();
  private DayTotal today;
  private @Nullable String team;
  private @Nullable SpikeLimits limits;

  KeyDay(long epochDay) {
    today = DayTotal.none(epochDay);
  }

  DailyHistory history() {
    return history;
  }

  DayTotal today() {
    return today;
  }

  @Nullable String team() {
    return team;
  }

  Set<String> users() {
    return users;
  }

  /** Takes a day of before a restart. */
  void restore(@Nullable String ofTeam, DayTotal day) {
    team = ofTeam == null ? team : ofTeam;
    if (day.epochDay() == today.epochDay()) {
      today = day;
    } else if (day.epochDay() < today.epochDay()) {
      history.put(day);
    } else {
      forward(day.epochDay());
      today = day;
    }
  }

  /** Begins another day, unless that one has begun: where a clock goes back, the day goes on. */
  void forward(long epochDay) {
    if (epochDay > today.epochDay()) {
      history.put(today);
      today = DayTotal.none(epochDay);
      users.clear();
      said.clear();
      limits = null;
    }
  }

  /** Adds to this day or to one before. */
  void add(Attribution who, DayTotal more) {
    DayTotal before = more.epochDay() == today.epochDay() ? today : history.day(more.epochDay());
    DayTotal sum = before.plus(more.nanoUsd(), more.requests(), more.frontier());
    if (more.epochDay() == today.epochDay()) {
      today = sum;
    } else {
      history.put(sum);
    }
    unwritten.put(sum.epochDay(), sum);
    team = who.team() == null ? team : who.team();
    if (who.user() != null && users.size() < MOST_USERS) {
      users.add(who.user());
    }
  }

  /** Whether this is said of this day for the first time. */
  boolean isNews(Said what) {
    return said.add(what);
  }

  /** What it may spend today; computed once a day. */
  SpikeLimits limits(SpikeRule rule, LongSupplier teamUsual) {
    SpikeLimits known = limits;
    if (known == null) {
      known = rule.limits(history, today.epochDay(), 0);
      if (known.newKey()) {
        known = rule.limits(history, today.epochDay(), teamUsual.getAsLong());
      }
      limits = known;
    }
    return known;
  }

  /** Hands out days that have changed since this was asked last. */
  void takeChanged(Consumer<DayTotal> write) {
    unwritten.values().forEach(write);
    unwritten.clear();
  }
}
