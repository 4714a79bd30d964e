package dev.purser.api;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model costs, said by the user in place of what a price table says. Prices of tokens replace
 * those of the table as a whole; whatever else is left out stays as it is there. Immutable; nothing in
 * it is checked before a guard is built with it.
 *
 * @param provider the provider's name, such as {@code openai}
 * @param models the names that the model goes by there, in the provider's spelling; a {@code *} at
 *     either end stands for any characters
 * @param sizes the prices of tokens by the size of the request, from 0 on; empty to leave those of the
 *     table, or for a model that bills no tokens
 * @param fees pico-dollars a unit of what is not a token
 * @param serviceTiers the prices of tokens on other service tiers, by the tier's name on the wire
 * @param regions thousandths of the price of every token, by the region that was chosen
 * @param contextTokens the context window; 0 to leave it as it is
 * @param maxOutputTokens the most tokens it writes for one choice; 0 to leave it as it is
 */
public record ModelPrice(
    String provider,
    List<String> models,
    List<Size> sizes,
    Map<UsageKind, Long> fees,
    Map<String, List<Size>> serviceTiers,
    Map<String, Integer> regions,
    long contextTokens,
    long maxOutputTokens) {

  /** Copies the lists and the maps, which keep their order. */
  public ModelPrice {
    models = List.copyOf(models);
    sizes = List.copyOf(sizes);
    fees = byKind(fees);
    Map<String, List<Size>> tiers = new LinkedHashMap<>();
    serviceTiers.forEach((tier, each) -> tiers.put(tier, List.copyOf(each)));
    serviceTiers = Collections.unmodifiableMap(tiers);
    regions = Collections.unmodifiableMap(new LinkedHashMap<>(regions));
  }

  /**
   * The prices of requests of a size, which hold for the whole request.
   *
   * @param above how many input tokens a request must exceed, cached ones counted
   * @param prices pico-dollars a token: $1 a million is 1,000,000
   */
  public record Size(long above, Map<UsageKind, Long> prices) {

    /** Copies the map. */
    public Size {
      prices = byKind(prices);
    }
  }

  private static Map<UsageKind, Long> byKind(Map<UsageKind, Long> prices) {
    Map<UsageKind, Long> copy = new EnumMap<>(UsageKind.class);
    copy.putAll(prices);
    return Collections.unmodifiableMap(copy);
  }
}
