package dev.purser.api;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who and what a call is for. Every part may be absent; {@code repo}, {@code branch} and {@code pr}
 * are reserved tags, for joining spend with output.
 *
 * <pre>{@code
 * try (AttributionScope run = Attribution.key("alice").team("platform").open()) {
 *   agent.run();
 * }
 * }</pre>
 */
public final class Attribution {

  /** Says nothing about a call. */
  public static final Attribution NONE =
      new Attribution(null, null, null, null, List.of(), null, Collections.emptySortedMap());

  private final @Nullable String key;
  private final @Nullable String user;
  private final @Nullable String team;
  private final @Nullable String session;
  private final List<String> ancestors;
  private final @Nullable String taskClass;
  private final SortedMap<String, String> tags;

  /** Computed when it is first asked for, by whichever threads do: all find the same. */
  private int hash;

  private Attribution(
      @Nullable String key,
      @Nullable String user,
      @Nullable String team,
      @Nullable String session,
      List<String> ancestors,
      @Nullable String taskClass,
      SortedMap<String, String> tags) {
    this.key = key;
    this.user = user;
    this.team = team;
    this.session = session;
    this.ancestors = session != null && ancestors.contains(session)
        ? ancestors.stream().filter(above -> !above.equals(session)).toList()
        : ancestors;
    this.taskClass = taskClass;
    this.tags = tags;
  }

  /** Returns an attribution to a virtual key. */
  public static Attribution key(String key) {
    return NONE.withKey(key);
  }

  /** Returns this attribution with the virtual key {@code key}. */
  public Attribution withKey(String key) {
    return new Attribution(named("key", key), user, team, session, ancestors, taskClass, tags);
  }

  /** Returns this attribution with a user. */
  public Attribution user(String user) {
    return new Attribution(key, named("user", user), team, session, ancestors, taskClass, tags);
  }

  /** Returns this attribution with a team. */
  public Attribution team(String team) {
    return new Attribution(key, user, named("team", team), session, ancestors, taskClass, tags);
  }

  /** Returns this attribution with a session: one run of an agent, one conversation. */
  public Attribution session(String session) {
    return new Attribution(key, user, team, named("session", session), ancestors, taskClass, tags);
  }

  /**
   * Returns this attribution with the session that its session is a part of: a sub-agent's calls
   * draw on the budgets of every session above it. The first parent that a session names is its
   * parent for good. A scope inside another one names that one's session, and all above it, by
   * itself. A session is no part of itself: naming it as its own parent says nothing.
   */
  public Attribution parent(String parentSession) {
    return ancestors(List.of(parentSession));
  }

  /**
   * Returns this attribution with all sessions that its session is a part of, the nearest first: for
   * whoever hands an attribution on, so that one in the middle counts although it makes no call.
   */
  public Attribution ancestors(List<String> sessionsAbove) {
    sessionsAbove.forEach(above -> named("parent session", above));
    List<String> distinct = List.copyOf(new LinkedHashSet<>(sessionsAbove));
    return new Attribution(key, user, team, session, distinct, taskClass, tags);
  }

  /** Returns this attribution with a task class, such as {@code routine} or {@code complex}. */
  public Attribution taskClass(String taskClass) {
    return new Attribution(
        key, user, team, session, ancestors, named("task class", taskClass), tags);
  }

  /** Returns this attribution with one more tag; a tag of the same name is replaced. */
  public Attribution tag(String name, String value) {
    SortedMap<String, String> more = new TreeMap<>(tags);
    more.put(named("tag name", name), named("tag " + name, value));
    return new Attribution(
        key, user, team, session, ancestors, taskClass, Collections.unmodifiableSortedMap(more));
  }

  /** Returns the virtual key, or null. */
  public @Nullable String key() {
    return key;
  }

  /** Returns the user, or null. */
  public @Nullable String user() {
    return user;
  }

  /** Returns the team, or null. */
  public @Nullable String team() {
    return team;
  }

  /** Returns the session, or null. */
  public @Nullable String session() {
    return session;
  }

  /** Returns the session that the session is a part of, or null. */
  public @Nullable String parent() {
    return ancestors.isEmpty() ? null : ancestors.get(0);
  }

  /** Returns the sessions that the session is a part of, the nearest first; unmodifiable. */
  public List<String> ancestors() {
    return ancestors;
  }

  /** Returns the task class, or null. */
  public @Nullable String taskClass() {
    return taskClass;
  }

  /** Returns the tags, sorted by name; unmodifiable. */
  public SortedMap<String, String> tags() {
    return tags;
  }

  /**
   * Returns this attribution, with the parts it lacks taken from {@code other}. The parent goes with
   * the session: another session than {@code other}'s, that names no parent, is a part of that one,
   * unless that one is a part of it.
   */
  public Attribution orElse(Attribution other) {
    if (other.equals(NONE) || equals(other)) {
      return this;
    }
    if (equals(NONE)) {
      return other;
    }
    SortedMap<String, String> both = tags;
    if (!other.tags.isEmpty()) {
      both = new TreeMap<>(other.tags);
      both.putAll(tags);
      both = Collections.unmodifiableSortedMap(both);
    }
    return new Attribution(
        key != null ? key : other.key,
        user != null ? user : other.user,
        team != null ? team : other.team,
        session != null ? session : other.session,
        ancestorsWithin(other),
        taskClass != null ? taskClass : other.taskClass,
        both);
  }

  private List<String> ancestorsWithin(Attribution other) {
    String parent = parent();
    if (parent != null && (session != null || !parent.equals(other.session))) {
      return ancestors.get(ancestors.size() - 1).equals(other.session)
          ? joined(ancestors, other.ancestors)
          : ancestors;
    }
    if (session == null || other.session == null || session.equals(other.session)) {
      return other.ancestors;
    }
    // A scope that goes back to a session above it does not turn the two upside down.
    int above = other.ancestors.indexOf(session);
    return above < 0
        ? joined(List.of(other.session), other.ancestors)
        : other.ancestors.subList(above + 1, other.ancestors.size());
  }

  private static List<String> joined(List<String> near, List<String> far) {
    Set<String> all = new LinkedHashSet<>(near);
    all.addAll(far);
    return List.copyOf(all);
  }

  /**
   * Attributes calls of this thread until the scope is closed. Parts that this attribution lacks
   * are taken from the scope around it.
   */
  public AttributionScope open() {
    return AttributionScope.open(this);
  }

  private static String named(String what, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("an attribution's " + what + " must not be blank");
    }
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attribution that
        && Objects.equals(key, that.key)
        && Objects.equals(user, that.user)
        && Objects.equals(team, that.team)
        && Objects.equals(session, that.session)
        && ancestors.equals(that.ancestors)
        && Objects.equals(taskClass, that.taskClass)
        && tags.equals(that.tags);
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = Objects.hash(key, user, team, session, ancestors, taskClass, tags);
      hash = known;
    }
    return known;
  }

  /** Renders the parts that are present: {@code {key=alice, team=platform}}. */
  @Override
  public String toString() {
    Map<String, String> parts = new TreeMap<>(tags);
    put(parts, "key", key);
    put(parts, "user", user);
    put(parts, "team", team);
    put(parts, "session", session);
    put(parts, "parent", ancestors.isEmpty() ? null : String.join(" < ", ancestors));
    put(parts, "taskClass", taskClass);
    return parts.toString();
  }

  private static void put(Map<String, String> parts, String name, @Nullable String value) {
    if (value != null) {
      parts.put(name, value);
    }
  }
}
