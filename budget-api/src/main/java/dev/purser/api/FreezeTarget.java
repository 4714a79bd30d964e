package dev.purser.api;

import java.util.Locale;

/**
 * Whose calls a freeze stops.
 *
 * @param kind what is named
 * @param name its name; empty for everything
 */
public record FreezeTarget(Kind kind, String name) {

  /** What a freeze may name. */
  public enum Kind {
    /** A key: virtual, stated, or the fingerprint of a credential. */
    KEY,
    /** A session and all that are parts of it. */
    SESSION,
    /** A team. */
    TEAM,
    /** All calls. */
    EVERYTHING
  }

  private static final FreezeTarget EVERYTHING = new FreezeTarget(Kind.EVERYTHING, "");

  /** Checks that there is a name where there must be one. */
  public FreezeTarget {
    if (name.isBlank() != (kind == Kind.EVERYTHING)) {
      throw new IllegalArgumentException(
          kind == Kind.EVERYTHING ? "everything has no name" : "a freeze needs a name");
    }
  }

  /** Returns the calls of a key. */
  public static FreezeTarget key(String key) {
    return new FreezeTarget(Kind.KEY, key);
  }

  /** Returns the calls of a session and of its sub-agents. */
  public static FreezeTarget session(String session) {
    return new FreezeTarget(Kind.SESSION, session);
  }

  /** Returns the calls of a team. */
  public static FreezeTarget team(String team) {
    return new FreezeTarget(Kind.TEAM, team);
  }

  /** Returns all calls. */
  public static FreezeTarget everything() {
    return EVERYTHING;
  }

  /** Renders {@code key alice}, or {@code everything}. */
  @Override
  public String toString() {
    String word = kind.name().toLowerCase(Locale.ROOT);
    return name.isEmpty() ? word : word + " " + name;
  }
}
