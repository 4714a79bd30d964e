package dev.purser.wire.json;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which values of a JSON document are wanted, by their paths. Arrays are looked through: {@code
 * choices.index} is the index of every choice. Immutable once it is in use.
 */
public final class Pick {

  private enum Kind {
    INNER,
    KEPT,
    TEXT
  }

  private final Kind kind;
  private final Map<String, Pick> fields = new HashMap<>();

  private Pick(Kind kind) {
    this.kind = kind;
  }

  /** Returns a pick of the values at these paths, such as {@code usage} or {@code response.id}. */
  public static Pick of(String... paths) {
    Pick root = new Pick(Kind.INNER);
    for (String path : paths) {
      root.add(path, Kind.KEPT);
    }
    return root;
  }

  /**
   * Adds paths of text that is not kept, but shown as it passes.
   *
   * @return this pick
   */
  public Pick showing(String... paths) {
    for (String path : paths) {
      add(path, Kind.TEXT);
    }
    return this;
  }

  private void add(String path, Kind leaf) {
    String[] names = path.split("\\.", -1);
    Pick at = this;
    for (int i = 0; i < names.length; i++) {
      Kind kind = i == names.length - 1 ? leaf : Kind.INNER;
      Pick next = at.fields.computeIfAbsent(names[i], unseen -> new Pick(kind));
      if (next.kind != kind) {
        throw new IllegalArgumentException(path + " is picked as a whole and in parts");
      }
      at = next;
    }
  }

  /** Returns what is wanted of the value of a field, or null if nothing in it is. */
  public @Nullable Pick at(String name) {
    Pick inner = fields.get(name);
    return inner != null && inner.kind == Kind.INNER ? inner : null;
  }

  @Nullable Pick field(String name) {
    return fields.get(name);
  }

  /** Whether the value is kept whole. */
  boolean isKept() {
    return kind == Kind.KEPT;
  }

  /** Whether the value is shown as it passes. */
  boolean isText() {
    return kind == Kind.TEXT;
  }
}
