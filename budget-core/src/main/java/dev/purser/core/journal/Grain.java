package dev.purser.core.journal;

import dev.purser.api.Budget;
import dev.purser.api.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Into which spans what was charged may be summed without any budget in force counting otherwise: none
 * of them holds the beginning of a window, or of a bucket of one that rolls, in its middle. Nor that of a
 * quarter of an hour, in which the history of spending is kept.
 *
 * <p>For one thread at a time: it remembers the last span.
 */
final class Grain {

  private static final long QUARTER_HOUR = Duration.ofMinutes(15).toNanos();
  private static final long DAY = Duration.ofDays(1).toNanos();
  private static final Duration BY_THE_QUARTER = Duration.ofDays(2);
  private static final int BUCKETS = 60;
  private static final long BILLION = 1_000_000_000;

  private record Calendar(Window window, ZoneId zone) {}

  private final List<Calendar> calendars = new ArrayList<>();
  private final List<Long> buckets = new ArrayList<>(List.of(QUARTER_HOUR));
  private final String fingerprint;
  private @Nullable Instant start;
  private @Nullable Instant end;

  /** Suits these budgets. */
  Grain(List<Budget> budgets) {
    Set<String> words = new LinkedHashSet<>();
    for (Budget budget : budgets) {
      Window window = budget.window();
      ZoneId zone = zone(budget);
      Duration rolling = window.rolling();
      if (words.add(rolling == null ? window + " " + zone : window.toString())) {
        if (rolling == null) {
          calendars.add(new Calendar(window, zone));
        } else {
          buckets.add(-Math.floorDiv(-rolling.toNanos(), (long) BUCKETS));
        }
      }
    }
    fingerprint = String.join("; ", words.stream().sorted().toList());
  }

  private static ZoneId zone(Budget budget) {
    return Objects.requireNonNullElse(budget.zone(), ZoneOffset.UTC);
  }

  /** Returns words that are the same where the spans are. */
  String fingerprint() {
    return fingerprint;
  }

  /** Returns the beginning of the span that holds an instant. */
  Instant startOf(Instant at) {
    Instant from = start;
    Instant to = end;
    if (from != null && to != null && !at.isBefore(from) && at.isBefore(to)) {
      return from;
    }
    from = Instant.MIN;
    to = Instant.MAX;
    for (Calendar each : calendars) {
      Instant begin = each.window().startOf(at, each.zone());
      // Before a fixed span, its beginning is yet to come.
      from = begin.isAfter(at) ? from : later(from, begin);
      to = earlier(to, each.window().endOf(at, each.zone()));
    }
    for (long nanos : buckets) {
      Instant bucket = floor(at, nanos);
      from = later(from, bucket);
      to = earlier(to, bucket.plusNanos(nanos));
    }
    start = from;
    end = to;
    return from;
  }

  /**
   * Returns the beginning of the span that holds an instant, as far as it still matters: windows that
   * roll and do not reach back so far count it no more, and after two days the history is kept by days of
   * UTC.
   */
  Instant startOf(Instant at, Instant now) {
    Instant from = floor(at, at.isBefore(now.minus(BY_THE_QUARTER)) ? DAY : QUARTER_HOUR);
    for (Calendar each : calendars) {
      Instant begin = each.window().startOf(at, each.zone());
      from = begin.isAfter(at) ? from : later(from, begin);
    }
    for (long nanos : buckets) {
      boolean counts = at.isAfter(now.minus(Duration.ofNanos(nanos).multipliedBy(BUCKETS + 1)));
      if (nanos != QUARTER_HOUR && counts) {
        from = later(from, floor(at, nanos));
      }
    }
    return from;
  }

  private static Instant floor(Instant at, long nanos) {
    long since =
        Math.addExact(Math.multiplyExact(at.getEpochSecond(), BILLION), (long) at.getNano());
    long floor = Math.floorDiv(since, nanos) * nanos;
    return Instant.ofEpochSecond(Math.floorDiv(floor, BILLION), Math.floorMod(floor, BILLION));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  /** Returns the earliest beginning of a window that is open; what was charged before counts nowhere. */
  static Instant openSince(List<Budget> budgets, Instant now) {
    Instant since = now;
    for (Budget budget : budgets) {
      Window window = budget.window();
      if (window.covers(now, zone(budget))) {
        Instant begin = window.startOf(now, zone(budget));
        Duration rolling = window.rolling();
        // Whole buckets count.
        since = earlier(since, rolling == null ? begin : begin.minus(rolling.dividedBy(BUCKETS)));
      }
    }
    return since;
  }
}
