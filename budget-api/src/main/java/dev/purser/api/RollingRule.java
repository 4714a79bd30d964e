package dev.purser.api;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** A window that ends at each call. */
final class RollingRule implements WindowRule {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(366);

  private final Duration length;

  /** Returns the length in the words of a configuration: {@code 90s}, {@code 30m}, {@code 1h}. */
  static String words(Duration length) {
    long seconds = length.toSeconds();
    if (!length.equals(Duration.ofSeconds(seconds))) {
      return length.toString();
    }
    if (seconds % Duration.ofDays(1).toSeconds() == 0) {
      return length.toDays() + "d";
    }
    if (seconds % Duration.ofHours(1).toSeconds() == 0) {
      return length.toHours() + "h";
    }
    return seconds % Duration.ofMinutes(1).toSeconds() == 0
        ? length.toMinutes() + "m"
        : seconds + "s";
  }

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
