package dev.purser.core.alert;

import dev.purser.api.Attribution;
import dev.purser.api.SpendRecord;
import java.util.EnumSet;
import java.util.Set;
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
  private DayTotal today;
  private @Nullable String team;
  private @Nullable SpikeLimits limits;
  private boolean changed;
  private @Nullable DayTotal unwritten;

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
  void restore(DayTotal day) {
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
      unwritten = changed ? today : unwritten;
      changed = false;
      today = DayTotal.none(epochDay);
      users.clear();
      said.clear();
      limits = null;
    }
  }

  void add(SpendRecord record, boolean call, boolean frontier) {
    today = today.plus(record.spentNanoUsd(), call ? 1 : 0, call && frontier ? 1 : 0);
    changed = true;
    Attribution who = record.attribution();
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

  /** Hands out days that have changed since this was asked last: one that has ended, and this one. */
  void takeChanged(Consumer<DayTotal> write) {
    DayTotal ended = unwritten;
    if (ended != null) {
      write.accept(ended);
      unwritten = null;
    }
    if (changed) {
      write.accept(today);
      changed = false;
    }
  }
}
