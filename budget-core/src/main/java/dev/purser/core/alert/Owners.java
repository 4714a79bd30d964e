package dev.purser.core.alert;

import dev.purser.api.Budget;
import dev.purser.api.VirtualKey;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who is told: the budget's owner, else the key's, else the team's, else the default one. Safe for use by several threads.
 */
public final class Owners {

  private final Function<String, @Nullable VirtualKey> keys;
  private final Map<String, String> teams;
  private volatile String byDefault;

  /**
   * @param keys finds a virtual key by its name
   * @param teams who answers for a team, by its name
   * @param byDefault who is told where nobody else is named; null for nobody
   */
  public Owners(
      Function<String, @Nullable VirtualKey> keys,
      Map<String, String> teams,
      @Nullable String byDefault) {
    this.keys = keys;
    this.teams = Map.copyOf(teams);
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

  /** Returns who answers for a budget. */
  public String of(Budget budget) {
    return Objects.requireNonNullElse(budget.owner(), byDefault);
  }

  /** Returns who answers for a key: its own owner, else its team's, else the default one. */
  String ofKey(@Nullable String key, @Nullable String team) {
    String owner = named(key);
    // A key without an owner of its own has the default one, by its configuration.
    if (owner != null && !owner.equals(byDefault)) {
      return owner;
    }
    String ofTeam = team == null ? null : teams.get(team);
    return ofTeam == null ? byDefault : ofTeam;
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
