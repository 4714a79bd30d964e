package dev.purser.core.freeze;

import dev.purser.api.Attribution;
import dev.purser.api.Freeze;
import dev.purser.api.FreezeTarget;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The freezes that stand.
 *
 * <p><b>Who may call it:</b> any thread. <b>Memory order:</b> one immutable value behind a volatile
 * field: a call that is registered before it looks here either sees a freeze, or is seen by whoever
 * put it up and looks at the registered calls afterwards ({@code ledger.md}, "Freeze").
 * <b>Progress:</b> a look is wait-free, and a single read while nothing is frozen; changes wait for
 * each other.
 */
public final class Freezes {

  private volatile Map<FreezeTarget, Freeze> standing = Map.of();

  /** Nothing is frozen. */
  public Freezes() {}

  /** Puts a freeze up; false if what it names was frozen before, by a freeze that then stays. */
  public synchronized boolean add(Freeze freeze) {
    Map<FreezeTarget, Freeze> next = new HashMap<>(standing);
    boolean added = next.putIfAbsent(freeze.target(), freeze) == null;
    standing = Map.copyOf(next);
    return added;
  }

  /** Takes a freeze off; false if there was none. */
  public synchronized boolean remove(FreezeTarget target) {
    Map<FreezeTarget, Freeze> next = new HashMap<>(standing);
    boolean removed = next.remove(target) != null;
    standing = Map.copyOf(next);
    return removed;
  }

  /** Returns the freezes that stand, the oldest first. */
  public List<Freeze> all() {
    return standing.values().stream().sorted(Comparator.comparing(Freeze::at)).toList();
  }

  /**
   * Returns a freeze that stops a call; null if there is none.
   *
   * @param lineage the call's session and all above it; asked for only where a session is frozen
   */
  public @Nullable Freeze stopping(Attribution who, Supplier<List<String>> lineage) {
    Map<FreezeTarget, Freeze> now = standing;
    if (now.isEmpty()) {
      return null;
    }
    for (Freeze freeze : now.values()) {
      if (covers(freeze.target(), who, lineage)) {
        return freeze;
      }
    }
    return null;
  }

  private static boolean covers(
      FreezeTarget target, Attribution who, Supplier<List<String>> lineage) {
    return switch (target.kind()) {
      case EVERYTHING -> true;
      case KEY -> target.name().equals(who.key());
      case TEAM -> target.name().equals(who.team());
      case SESSION -> lineage.get().contains(target.name());
    };
  }
}
