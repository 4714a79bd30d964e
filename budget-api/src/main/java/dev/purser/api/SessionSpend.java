package dev.purser.api;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session has done since the guard was started, its parts included. Immutable.
 *
 * @param session its name
 * @param parents the sessions that it is a part of, the nearest first
 * @param key the key that it used last, or null
 * @param firstAt when its first call ended
 * @param lastAt when its last call ended
 * @param state whether it is at work
 * @param spent what it was charged
 * @param burnPerHour what it was charged in the last sixty minutes
 * @param calls how many of its calls were charged
 * @param refused how many of its calls were refused or denied
 * @param usage what its calls used
 * @param models what its models cost, of the sixteen that it used first
 */
public record SessionSpend(
    String session,
    List<String> parents,
    @Nullable String key,
    Instant firstAt,
    Instant lastAt,
    State state,
    Usd spent,
    Usd burnPerHour,
    long calls,
    long refused,
    Usage usage,
    Map<ModelId, Usd> models) {

  /** Whether a session is at work. */
  public enum State {
    /** Its last call was served within the last ten minutes. */
    ACTIVE,
    /** Its last call was refused or denied within the last ten minutes. */
    REFUSED,
    /** Nothing came for ten minutes. */
    IDLE
  }

  /** Copies the collections. */
  public SessionSpend {
    parents = List.copyOf(parents);
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
  }
}
