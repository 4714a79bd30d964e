package dev.purser.core;

import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.Usd;
import java.time.Duration;
import java.time.ZoneId;

/** The same cap, counted in different ways: what is spent of it is the same after each change. */
enum Counting {
  DAY,
  RENAMED,
  MONTH_OF_TOKYO,
  BY_TEAM,
  ROLLING;

  static final String TEAM = "platform";

  /** Returns a budget that counts all calls of the one team together. */
  Budget budget(long capNanoUsd) {
    Usd cap = Usd.ofNanos(capNanoUsd);
    return switch (this) {
      case DAY -> Budget.daily("day", cap);
      case RENAMED -> Budget.daily("tripwire", cap);
      case MONTH_OF_TOKYO -> Budget.monthly("tokyo", cap).zone(ZoneId.of("Asia/Tokyo"));
      case BY_TEAM -> Budget.quarterly("teams", cap).per(Dimension.TEAM);
      case ROLLING -> Budget.rolling("rolling", cap, Duration.ofHours(3));
    };
  }
}
