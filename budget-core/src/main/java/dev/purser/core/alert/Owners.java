package dev.purser.core.alert;

import dev.purser.api.Budget;
import dev.purser.api.VirtualKey;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who is told: the budget's owner, else the key's, else the default one. Safe for use by several threads.
 */
public final class Owners {

  private final Function<String, @Nullable VirtualKey> keys;
  private volatile String byDefault;

  /**
   * @param keys finds a virtual key by its name
   * @param byDefault who is told where nobody else is named; null for nobody
   */
  public Owners(Function<String, @Nullable VirtualKey> keys, @Nullable String byDefault) {
    this.keys = keys;
    this.byDefault = Objects.requireNonNullElse(byDefault, "");
  }

  /** Names another default owner. */
  public void byDefault(@Nullable String owner) {
    byDefault = Objects.requireNonNullElse(owner, "");
  }

  /** Returns who is told where nobody else is named. */
  String byDefault() {
    return byDefault;
  }

  String of(Budget budget) {
    return Objects.requireNonNullElse(budget.owner(), byDefault);
  }

  /** Returns who answers for a key; the default owner for one that is none of ours. */
  String ofKey(@Nullable String key) {
    String owner = named(key);
    return owner == null ? byDefault : owner;
  }

  /** Whether nobody answers for a virtual key. */
  boolean isOrphan(@Nullable String key) {
    return key != null && keys.apply(key) != null && named(key) == null;
  }

  private @Nullable String named(@Nullable String key) {
    VirtualKey known = key == null ? null : keys.apply(key);
    return known == null ? null : known.owner();
  }
}
