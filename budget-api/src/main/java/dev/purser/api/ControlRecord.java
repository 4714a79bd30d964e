package dev.purser.api;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that somebody did to the budgets while calls run.
 *
 * @param kind what was done
 * @param subject to what: a key, {@code key alice}, a budget and its account
 * @param by who did it
 * @param why for what reason
 * @param at when
 * @param facts what else there is to know, by name: amounts in the unit of the budget's measure,
 *     instants, ids; no secrets
 */
public record ControlRecord(
    Kind kind, String subject, String by, String why, Instant at, SortedMap<String, String> facts) {

  /** What was done. */
  public enum Kind {
    /** A virtual key was made. */
    KEY_MINTED,
    /** A virtual key got a new secret. */
    KEY_ROTATED,
    /** A virtual key was revoked. */
    KEY_REVOKED,
    /** Calls were stopped. */
    FROZEN,
    /** Calls may be made again. */
    UNFROZEN,
    /** An account may be spent beyond its limit. */
    GRANTED,
    /** A grant ended, by time or because somebody ended it. */
    GRANT_ENDED,
    /** A charge of which nobody knows whether it was billed was taken back. */
    WRITTEN_OFF,
    /** An alert was acknowledged. */
    ACKNOWLEDGED
  }

  /** Copies the facts. */
  public ControlRecord {
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
  }

  /** Returns a record without further facts. */
  public static ControlRecord of(Kind kind, String subject, String by, String why, Instant at) {
    return new ControlRecord(kind, subject, by, why, at, Collections.emptySortedMap());
  }

  /** Returns this record with one more fact. */
  public ControlRecord with(String name, Object value) {
    SortedMap<String, String> more = new TreeMap<>(facts);
    more.putAll(Map.of(name, value.toString()));
    return new ControlRecord(kind, subject, by, why, at, more);
  }
}
