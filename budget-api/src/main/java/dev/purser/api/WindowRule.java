package dev.purser.api;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** How a kind of {@link Window} finds its bounds; each method as there. */
interface WindowRule {

  Instant startOf(Instant at, ZoneId zone);

  Instant endOf(Instant at, ZoneId zone);

  default boolean covers(Instant at, ZoneId zone) {
    return true;
  }

  default @Nullable Duration rolling() {
    return null;
  }
}
