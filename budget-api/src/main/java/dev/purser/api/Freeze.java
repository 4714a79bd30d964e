package dev.purser.api;

import java.time.Instant;

/**
 * A stop that somebody put on calls, until they take it off.
 *
 * @param target whose calls are stopped
 * @param by who did it
 * @param why for what reason
 * @param at when
 */
public record Freeze(FreezeTarget target, String by, String why, Instant at) {

  /** Checks that it is said who does it and why. */
  public Freeze {
    if (by.isBlank() || why.isBlank()) {
      throw new IllegalArgumentException("a freeze needs somebody who does it, and a reason");
    }
  }
}
