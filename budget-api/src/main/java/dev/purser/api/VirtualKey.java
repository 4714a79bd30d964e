package dev.purser.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key that an application is handed in place of a provider's credential: whose it is, what it may
 * call, and the hashes of the secrets that open it. Its name is what calls are counted by, so that a
 * new secret changes nothing of what was spent. Immutable.
 *
 * <pre>{@code
 * VirtualKey.named("alice").owner("dana@acme.dev").team("platform").models("claude-haiku-*")
 * }</pre>
 */
public final class VirtualKey {

  /**
   * The hash of a secret, and how long it opens the key.
   *
   * @param until the first instant at which it does not any more, or null
   */
  public record Lock(KeyHash hash, @Nullable Instant until) {

    /** Returns this lock, open until {@code instant} or until before that. */
    public Lock until(Instant instant) {
      return until != null && until.isBefore(instant) ? this : new Lock(hash, instant);
    }

    /** Whether the secret opens the key at an instant. */
    public boolean opensAt(Instant at) {
      return until == null || at.isBefore(until);
    }
  }

  private final String name;
  private final @Nullable String owner;
  private final Attribution defaults;
  private final List<String> models;
  private final List<String> taskClasses;
  private final @Nullable Instant expires;
  private final @Nullable Instant revoked;
  private final List<Lock> locks;
  private final @Nullable Filter allowed;

  private VirtualKey(
      String name,
      @Nullable String owner,
      Attribution defaults,
      List<String> models,
      List<String> taskClasses,
      @Nullable Instant expires,
      @Nullable Instant revoked,
      List<Lock> locks) {
    this.name = name;
    this.owner = owner;
    this.defaults = defaults;
    this.models = models;
    this.taskClasses = taskClasses;
    this.expires = expires;
    this.revoked = revoked;
    this.locks = locks;
    allowed = models.isEmpty() ? null : new Filter(Dimension.MODEL, models);
  }

  /** Returns a key that nothing opens yet, and that may call every model. */
  public static VirtualKey named(String name) {
    return new VirtualKey(
        filled("name", name),
        null,
        Attribution.key(name),
        List.of(),
        List.of(),
        null,
        null,
        List.of());
  }

  /** Returns this key with the person who answers for it. */
  public VirtualKey owner(String owner) {
    return new VirtualKey(
        name, filled("owner", owner), defaults, models, taskClasses, expires, revoked, locks);
  }

  /** Returns this key with the user that all of its calls count for, whatever they say. */
  public VirtualKey user(String user) {
    return attributed(defaults.user(user));
  }

  /** Returns this key with the team that all of its calls count for, whatever they say. */
  public VirtualKey team(String team) {
    return attributed(defaults.team(team));
  }

  /**
   * Returns this key with an attribution for what its calls leave out: session, task class and tags.
   * Its user and team, if any, count for all calls.
   */
  public VirtualKey defaults(Attribution attribution) {
    return attributed(attribution.orElse(defaults).withKey(name));
  }

  private VirtualKey attributed(Attribution attribution) {
    return new VirtualKey(name, owner, attribution, models, taskClasses, expires, revoked, locks);
  }

  /**
   * Returns this key with the models that it may call: {@code provider/name} or the name alone, where
   * a {@code *} stands for any characters. None for every model.
   */
  public VirtualKey models(String... patterns) {
    return new VirtualKey(
        name, owner, defaults, filled("model", patterns), taskClasses, expires, revoked, locks);
  }

  /**
   * Returns this key with the task classes that its calls may have. One that has none gets the first.
   * None for every task class.
   */
  public VirtualKey taskClasses(String... taskClasses) {
    return new VirtualKey(
        name, owner, defaults, models, filled("task class", taskClasses), expires, revoked, locks);
  }

  /** Returns this key, valid until just before an instant. */
  public VirtualKey expires(@Nullable Instant expires) {
    return new VirtualKey(name, owner, defaults, models, taskClasses, expires, revoked, locks);
  }

  /** Returns this key, revoked at an instant; from when on does not matter, it is not valid. */
  public VirtualKey revoked(Instant at) {
    return new VirtualKey(name, owner, defaults, models, taskClasses, expires, at, locks);
  }

  /** Returns this key with other locks. */
  public VirtualKey locks(List<Lock> others) {
    return new VirtualKey(
        name, owner, defaults, models, taskClasses, expires, revoked, List.copyOf(others));
  }

  /** Returns this key with one more secret that opens it for as long as the key is valid. */
  public VirtualKey opensWith(KeyHash hash) {
    List<Lock> more = new ArrayList<>(locks);
    more.add(new Lock(hash, null));
    return locks(more);
  }

  /** Returns the name, which calls are counted by. */
  public String name() {
    return name;
  }

  /** Returns the person who answers for the key, or null. */
  public @Nullable String owner() {
    return owner;
  }

  /** Returns the user that all calls count for, or null. */
  public @Nullable String user() {
    return defaults.user();
  }

  /** Returns the team that all calls count for, or null. */
  public @Nullable String team() {
    return defaults.team();
  }

  /** Returns what calls count for that say nothing themselves; the key is this one. */
  public Attribution defaults() {
    return defaults;
  }

  /** Returns the patterns of models that may be called; empty for every model. */
  public List<String> models() {
    return models;
  }

  /** Returns the task classes that calls may have; empty for every one. */
  public List<String> taskClasses() {
    return taskClasses;
  }

  /** Returns the first instant at which the key is not valid any more, or null. */
  public @Nullable Instant expires() {
    return expires;
  }

  /** Returns when the key was revoked, or null. */
  public @Nullable Instant revoked() {
    return revoked;
  }

  /** Returns the hashes of the secrets that open the key; unmodifiable. */
  public List<Lock> locks() {
    return locks;
  }

  /** Returns the lock that a credential fits, even if it does not open any more. */
  public Optional<Lock> lockOf(Credential credential) {
    return locks.stream()
        .filter(lock -> lock.hash().id().equals(credential.keyId()))
        .filter(lock -> lock.hash().matches(credential))
        .findFirst();
  }

  /** Whether the key may call a model. */
  public boolean allows(ModelId model) {
    return allowed == null || allowed.matches(model.name()) || allowed.matches(model.toString());
  }

  /**
   * Returns whom a call counts for that states {@code stated}. Key, user and team are the key's own,
   * so that nobody leaves a budget by saying so; the rest is what is stated, else the key's default.
   */
  public Attribution attribute(Attribution stated) {
    Attribution who = stated.withKey(name).orElse(defaults);
    String user = defaults.user();
    String team = defaults.team();
    who = user == null ? who : who.user(user);
    who = team == null ? who : who.team(team);
    return who.taskClass() != null || taskClasses.isEmpty()
        ? who
        : who.taskClass(taskClasses.get(0));
  }

  private static List<String> filled(String what, String... values) {
    for (String value : values) {
      filled(what, value);
    }
    return List.of(values);
  }

  private static String filled(String what, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a key's " + what + " must not be blank");
    }
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VirtualKey that
        && name.equals(that.name)
        && Objects.equals(owner, that.owner)
        && defaults.equals(that.defaults)
        && models.equals(that.models)
        && taskClasses.equals(that.taskClasses)
        && Objects.equals(expires, that.expires)
        && Objects.equals(revoked, that.revoked)
        && locks.equals(that.locks);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, locks);
  }

  /** Renders the name and whom its calls count for; no hash. */
  @Override
  public String toString() {
    return "VirtualKey " + name + " " + defaults;
  }
}
