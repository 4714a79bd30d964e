package dev.purser.core.price;

import dev.purser.api.UsageKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Turns stated prices into complete price lists. Immutable.
 *
 * @param fees of the model, which no service tier changes
 * @param usualFees what the provider charges where the model does not say
 * @param hourWriteTimesInput as in {@link Rates#complete}
 * @param webSearch as in {@link Rates#complete}
 */
record RateTiers(
    Map<UsageKind, Long> fees,
    Map<UsageKind, Long> usualFees,
    int hourWriteTimesInput,
    long webSearch) {

  /** Returns the price list of the standard tier. */
  TieredRates standard(List<StatedPrices> standard) {
    return new TieredRates(
        standard.stream().mapToLong(StatedPrices::above).toArray(),
        standard.stream().map(tier -> complete(tier.prices())).toArray(Rates[]::new));
  }

  /** Returns the standard price list with every token at {@code permille} thousandths. */
  TieredRates times(List<StatedPrices> standard, int permille) {
    return new TieredRates(
        standard.stream().mapToLong(StatedPrices::above).toArray(),
        standard.stream()
            .map(tier -> complete(tier.prices()).times(permille))
            .toArray(Rates[]::new));
  }

  /**
   * Returns the price list of another service tier. What it does not state costs what it costs at
   * standard; a size of request for which it states nothing costs the dearer of its last tier and
   * the standard one, for no source says that a discount reaches that far.
   */
  TieredRates mode(List<StatedPrices> standard, List<StatedPrices> mode) {
    long[] above = LongStream.concat(
            standard.stream().mapToLong(StatedPrices::above),
            mode.stream().mapToLong(StatedPrices::above))
        .sorted()
        .distinct()
        .toArray();
    Rates[] rates = LongStream.of(above)
        .mapToObj(threshold -> mode(last(standard, threshold), last(mode, threshold)))
        .toArray(Rates[]::new);
    return new TieredRates(above, rates);
  }

  private Rates mode(StatedPrices standard, StatedPrices mode) {
    Map<UsageKind, Long> prices = new EnumMap<>(UsageKind.class);
    prices.putAll(standard.prices());
    prices.putAll(mode.prices());
    Rates rates = complete(prices);
    return mode.above() < standard.above() ? rates.dearer(complete(standard.prices())) : rates;
  }

  private static StatedPrices last(List<StatedPrices> tiers, long threshold) {
    StatedPrices last = tiers.get(0);
    for (StatedPrices tier : tiers) {
      last = tier.above() <= threshold ? tier : last;
    }
    return last;
  }

  private Rates complete(Map<UsageKind, Long> prices) {
    Map<UsageKind, Long> stated = new EnumMap<>(UsageKind.class);
    stated.putAll(usualFees);
    stated.putAll(prices);
    stated.putAll(fees);
    return prices.isEmpty()
        ? Rates.byFeesAlone(stated, fees, webSearch)
        : Rates.complete(stated, hourWriteTimesInput, webSearch);
  }
}
