package dev.purser.api;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** A window that ends at each call. */
final class RollingRule implements WindowRule {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(366);

  private final Duration length;

  RollingRule(Duration length) {
    if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a rolling window lasts from a second to 366 days, not " + length);
    }
    this.length = length;
  }

  @Override
  public Instant startOf(Instant at, ZoneId zone) {
    return at.minus(length);
  }

  @Override
  public Instant endOf(Instant at, ZoneId zone) {
    return at.plus(length);
  }

  @Override
  public Duration rolling() {
    return length;
  }
}
