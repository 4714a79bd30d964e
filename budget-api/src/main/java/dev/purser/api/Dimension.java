package dev.purser.api;

import org.jspecify.annotations.Nullable;

/**
 * A field of a call that a budget counts apart: {@code Budget.daily(…).per(KEY)} gives every key a
 * limit of its own.
 */
public final class Dimension {

  /** What a call counts under that lacks a value for a dimension. */
  public static final String NONE = "(none)";

  /** The virtual key. */
  public static final Dimension KEY = new Dimension("key");

  /** The user. */
  public static final Dimension USER = new Dimension("user");

  /** The team. */
  public static final Dimension TEAM = new Dimension("team");

  /** The session. */
  public static final Dimension SESSION = new Dimension("session");

  /** The task class. */
  public static final Dimension TASK_CLASS = new Dimension("taskClass");

  /** The model that is called. */
  public static final Dimension MODEL = new Dimension("model");

  /** The provider that is called. */
  public static final Dimension PROVIDER = new Dimension("provider");

  private static final String TAG = "tag:";

  private final String name;

  private Dimension(String name) {
    this.name = name;
  }

  /** Returns the dimension of a free tag. */
  public static Dimension tag(String tag) {
    if (tag.isBlank()) {
      throw new IllegalArgumentException("a tag dimension needs the tag's name");
    }
    return new Dimension(TAG + tag);
  }

  /** Returns the name: {@code key}, {@code team}, …, or {@code tag:} and the tag's name. */
  public String name() {
    return name;
  }

  /** Returns the value that a call has in this dimension, {@value #NONE} if it has none. */
  public String valueOf(Attribution attribution, ModelId model) {
    String value = find(attribution, model);
    return value == null ? NONE : value;
  }

  private @Nullable String find(Attribution attribution, ModelId model) {
    return switch (name) {
      case "key" -> attribution.key();
      case "user" -> attribution.user();
      case "team" -> attribution.team();
      case "session" -> attribution.session();
      case "taskClass" -> attribution.taskClass();
      case "model" -> model.name();
      case "provider" -> model.provider();
      default -> attribution.tags().get(name.substring(TAG.length()));
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dimension that && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
