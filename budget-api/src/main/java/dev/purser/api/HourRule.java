package dev.purser.api;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * The hours of a zone's clock. An hour is an instant's: one that a clock change repeats is two. One
 * of which it repeats or skips only a part, as on Lord Howe Island, stays one and is longer or
 * shorter.
 */
final class HourRule implements WindowRule {

  @Override
  public Instant startOf(Instant at, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    ZoneOffset offset = rules.getOffset(at);
    Instant full = hour(LocalDateTime.ofInstant(at, offset)).toInstant(offset);
    if (rules.getOffset(full).equals(offset)) {
      return full;
    }
    ZoneOffsetTransition change = rules.nextTransition(full);
    return beginsHour(change)
        ? change.getInstant()
        : startOf(change.getInstant().minusNanos(1), zone);
  }

  @Override
  public Instant endOf(Instant at, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    ZoneOffset offset = rules.getOffset(at);
    Instant next = hour(LocalDateTime.ofInstant(at, offset)).plusHours(1).toInstant(offset);
    if (rules.getOffset(next).equals(offset)) {
      return next;
    }
    ZoneOffsetTransition change = rules.nextTransition(at);
    return beginsHour(change) ? change.getInstant() : endOf(change.getInstant(), zone);
  }

  /** Whether the clock, once changed, shows an hour's first instant or another hour than before. */
  private static boolean beginsHour(ZoneOffsetTransition change) {
    LocalDateTime after = change.getDateTimeAfter();
    LocalDateTime lastBefore = change.getDateTimeBefore().minusNanos(1);
    return after.equals(hour(after)) || !hour(after).equals(hour(lastBefore));
  }

  private static LocalDateTime hour(LocalDateTime time) {
    return time.truncatedTo(ChronoUnit.HOURS);
  }
}
