package dev.purser.api;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** The hours of a zone's clock. An hour is an instant's: one that a clock change repeats is two. */
final class HourRule implements WindowRule {

  @Override
  public Instant startOf(Instant at, ZoneId zone) {
    return at.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
  }

  @Override
  public Instant endOf(Instant at, ZoneId zone) {
    return startOf(at, zone).plus(1, ChronoUnit.HOURS);
  }
}
