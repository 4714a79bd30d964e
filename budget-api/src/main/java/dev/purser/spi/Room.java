package dev.purser.spi;

import dev.purser.api.Measure;
import java.util.EnumMap;
import java.util.Map;

/**
 * How much of each measure some accounts could carry together: the least over the accounts that
 * count it, without bound where none does. Immutable.
 */
public final class Room {

  private final Map<Measure, Long> least;

  private Room(Map<Measure, Long> least) {
    this.least = least;
  }

  /** Returns a builder that knows no account yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** Whether there is room for all of {@code amounts}; nothing fits everywhere. */
  public boolean fits(Amounts amounts) {
    for (Map.Entry<Measure, Long> entry : least.entrySet()) {
      long amount = amounts.of(entry.getKey());
      if (amount > 0 && amount > entry.getValue()) {
        return false;
      }
    }
    return true;
  }

  /** Returns the room for one measure; {@link Long#MAX_VALUE} if no account counts it. */
  public long of(Measure measure) {
    return least.getOrDefault(measure, Long.MAX_VALUE);
  }

  @Override
  public String toString() {
    return "Room" + least;
  }

  /** Collects accounts. Not safe for use by several threads. */
  public static final class Builder {
    private final Map<Measure, Long> least = new EnumMap<>(Measure.class);

    private Builder() {}

    /** Adds an account with room for {@code amount}; less than nothing counts as nothing. */
    public Builder add(Measure measure, long amount) {
      least.merge(measure, Math.max(0, amount), Math::min);
      return this;
    }

    /** Returns the room that all added accounts have. */
    public Room build() {
      return new Room(new EnumMap<>(least));
    }
  }
}
