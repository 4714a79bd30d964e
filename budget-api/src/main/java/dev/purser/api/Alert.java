package dev.purser.api;

import java.time.Instant;

/**
 * Something a person should know.
 *
 * @param kind what happened
 * @param subject what it is about: a model, an endpoint, a sink
 * @param message a sentence for a person, without secrets
 * @param at when it was noticed
 */
public record Alert(Kind kind, String subject, String message, Instant at) {

  /** What happened. */
  public enum Kind {
    /** A model has no known price and is charged as its provider's dearest. */
    UNKNOWN_MODEL,
    /** A call to a provider passed without being counted. */
    UNMETERED,
    /** Records were dropped because a sink's queue was full; told once a burst, and once while it lasts. */
    RECORDS_DROPPED,
    /** A budget that only watches would have refused a call; told once per account and window. */
    WOULD_REFUSE,
    /** A budget has as many accounts as it may; new values share one account. */
    ACCOUNTS_OVERFLOW,
    /** A session named another parent than before; it draws on both. */
    SESSION_PARENT,
    /** A changed configuration could not be taken over, or not without loss. */
    CONFIGURATION,
    /** The journal cannot be written, or can again. */
    JOURNAL,
    /** The price table is older than 90 days. */
    OLD_PRICES,
    /** A part of the library failed and was passed over. */
    FAULT
  }
}
