package dev.purser.api;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something a person should know, with what that person needs to act. Holds no secret. Immutable.
 *
 * @param kind what happened
 * @param severity whether somebody should be woken
 * @param subject what it is about: a budget's account, a key, a session, a model, an endpoint, a sink
 * @param owner who is told; empty where nobody was named
 * @param message a sentence for a person
 * @param key what it is told once for, {@code rule|scope|period}, also after a restart; empty where it is told
 *     each time
 * @param facts the numbers that made it fire, by name, as text
 * @param sessions the sessions that contributed most, with what they spent
 * @param models the models that contributed most, with what they cost
 * @param next what its owner may do
 * @param at when it was noticed
 * @param until when what it tells of is over by itself, such as the end of a budget's window; or null
 */
public record Alert(
    Kind kind,
    Severity severity,
    String subject,
    String owner,
    String message,
    String key,
    SortedMap<String, String> facts,
    List<String> sessions,
    List<String> models,
    List<String> next,
    Instant at,
    @Nullable Instant until) {

  /** What happened. */
  public enum Kind {
    /** A budget's account has spent 50, 80 or 100 percent of its limit, or what it says. */
    CAP,
    /** A key spends much more on a day than it does usually. */
    SPIKE,
    /** A session spends much within an hour. */
    SESSION_BURN,
    /** A key's calls have moved to frontier models. */
    MODEL_MIX,
    /** A quarter's budget is spent faster than the quarter goes by. */
    QUARTER_PACE,
    /** A session asks the same again and again, or goes on without anybody saying anything. */
    LOOP,
    /** A key is used by several users. */
    SHARED_KEY,
    /** A key that nobody answers for is used. */
    KEY_WITHOUT_OWNER,
    /** What answers say that they cost is not what the price table says. */
    COSTS_DIFFER,
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
    /** The journal cannot be written, or lost something. */
    JOURNAL,
    /** The price table is older than 90 days. */
    OLD_PRICES,
    /** A part of the library failed and was passed over. */
    FAULT
  }

  /** Whether somebody should be woken. */
  public enum Severity {
    /** To be read on the next working day. */
    NOTICE,
    /** To be acted on now. */
    PAGE
  }

  /** Copies the collections. */
  public Alert {
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    sessions = List.copyOf(sessions);
    models = List.copyOf(models);
    next = List.copyOf(next);
  }

  /** Makes a notice of which nothing more is known, told each time. */
  public Alert(Kind kind, String subject, String message, Instant at) {
    this(
        kind,
        kind == Kind.JOURNAL ? Severity.PAGE : Severity.NOTICE,
        subject,
        "",
        message,
        "",
        new TreeMap<>(),
        List.of(),
        List.of(),
        List.of(),
        at,
        null);
  }

  /** Returns this alert with another severity. */
  public Alert severity(Severity other) {
    return copy(other, owner, key, facts, sessions, models, next, until);
  }

  /** Returns this alert for another owner. */
  public Alert owner(String other) {
    return copy(severity, other, key, facts, sessions, models, next, until);
  }

  /**
   * Returns this alert, told once.
   *
   * @param once what for, {@code rule|scope|period}
   * @param over when what it tells of is over, or null
   */
  public Alert once(String once, @Nullable Instant over) {
    return copy(severity, owner, once, facts, sessions, models, next, over);
  }

  /** Returns this alert with the numbers that made it fire. */
  public Alert facts(Map<String, String> numbers) {
    return copy(severity, owner, key, new TreeMap<>(numbers), sessions, models, next, until);
  }

  /** Returns this alert with the sessions and the models that contributed most. */
  public Alert from(List<String> topSessions, List<String> topModels) {
    return copy(severity, owner, key, facts, topSessions, topModels, next, until);
  }

  /** Returns this alert with what its owner may do. */
  public Alert next(String... steps) {
    return copy(severity, owner, key, facts, sessions, models, List.of(steps), until);
  }

  private Alert copy(
      Severity newSeverity,
      String newOwner,
      String newKey,
      SortedMap<String, String> newFacts,
      List<String> newSessions,
      List<String> newModels,
      List<String> newNext,
      @Nullable Instant newUntil) {
    return new Alert(
        kind,
        newSeverity,
        subject,
        newOwner,
        message,
        newKey,
        newFacts,
        newSessions,
        newModels,
        newNext,
        at,
        newUntil);
  }
}
