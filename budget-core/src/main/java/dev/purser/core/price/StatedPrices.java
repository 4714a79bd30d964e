package dev.purser.core.price;

import dev.purser.api.UsageKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prices of one tier as the table states them, checked for absurdity. Immutable.
 *
 * @param above how many input tokens a request must exceed
 * @param prices pico-dollars a unit
 */
record StatedPrices(long above, Map<UsageKind, Long> prices) {

  /**
   * One cent a token, $10,000 a million: 16 times the dearest model there was when this was
   * written. A price per million that was taken for one per token is far above it.
   */
  private static final long MOST_PER_TOKEN = 10_000_000_000L;

  /** $0.0001 a million tokens: the reverse mistake is far below it. */
  private static final long LEAST_PER_TOKEN = 100;

  /** Ten dollars a search, a picture, a session or a call: 5 times the dearest container. */
  private static final long MOST_PER_FEE = 10_000_000_000_000L;

  /** The key of a row that says how much input a request must exceed. */
  static final String ABOVE = "above";

  /** The prices of a model that bills no tokens. */
  static final List<StatedPrices> NONE = List.of(new StatedPrices(0, Map.of()));

  /** Reads the tiers of a price list: thresholds ascend from 0. */
  static List<StatedPrices> tiers(List<Map<String, Long>> rows) {
    List<StatedPrices> tiers = new ArrayList<>();
    long last = -1;
    for (Map<String, Long> row : rows) {
      StatedPrices tier = tier(row);
      if (tier.above <= last || (tiers.isEmpty() && tier.above != 0)) {
        throw new IllegalArgumentException(
            "price tiers do not ascend from 0: " + tier.above + " input tokens");
      }
      last = tier.above;
      tiers.add(tier);
    }
    return List.copyOf(tiers);
  }

  private static StatedPrices tier(Map<String, Long> row) {
    Map<UsageKind, Long> prices = new EnumMap<>(UsageKind.class);
    row.forEach((key, price) -> {
      if (!key.equals(ABOVE)) {
        UsageKind kind = kind(key);
        if (!kind.isInput() && !kind.isOutput()) {
          throw new IllegalArgumentException(key + " is a fee, not a rate");
        }
        prices.put(kind, token(key, price));
      }
    });
    refuseGifts(prices);
    Long above = row.getOrDefault(ABOVE, 0L);
    return new StatedPrices(above, prices);
  }

  private static long token(String key, long price) {
    if (price < 0 || price > MOST_PER_TOKEN || (price > 0 && price < LEAST_PER_TOKEN)) {
      throw new IllegalArgumentException(
          "absurd price of " + key + ": " + price + " pico-dollars a token");
    }
    return price;
  }

  // Free models exist; a model that is free in parts is a gap in somebody's table.
  private static void refuseGifts(Map<UsageKind, Long> prices) {
    boolean free = prices.containsValue(0L);
    if (free && prices.values().stream().anyMatch(price -> price > 0)) {
      throw new IllegalArgumentException("free in parts: " + prices);
    }
  }

  /** Reads fees. */
  static Map<UsageKind, Long> fees(@Nullable Map<String, Long> row) {
    Map<UsageKind, Long> fees = new EnumMap<>(UsageKind.class);
    if (row != null) {
      row.forEach((key, price) -> {
        UsageKind kind = kind(key);
        if (kind.isInput() || kind.isOutput()) {
          throw new IllegalArgumentException(key + " is a rate, not a fee");
        }
        fees.put(kind, fee(price));
      });
    }
    return fees;
  }

  /** Checks a fee. */
  static long fee(long price) {
    if (price < 0 || price > MOST_PER_FEE) {
      throw new IllegalArgumentException("absurd fee: " + price + " pico-dollars");
    }
    return price;
  }

  private static UsageKind kind(String key) {
    try {
      return UsageKind.valueOf(key.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("unknown kind of usage: " + key, e);
    }
  }
}
