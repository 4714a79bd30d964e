package dev.purser.core.price;

import dev.purser.api.ModelId;
import dev.purser.api.ModelUsage;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.spi.Quote;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The prices of one table at one instant, for one model asked for. Immutable. */
final class FrozenQuote implements Quote {

  /** What most models can write at the most; who is unknown may be one of them. */
  private static final long UNKNOWN_MAX_OUTPUT = 128_000;

  private final String table;
  private final ModelLookup lookup;
  private final ModelId model;
  private final @Nullable String askedTier;
  private final Instant at;
  private final boolean known;
  private final long maxOutputTokens;
  private final Tariff tariff;

  FrozenQuote(
      String table,
      ModelLookup lookup,
      ModelId model,
      @Nullable String askedTier,
      @Nullable String askedRegion,
      Instant at) {
    this.table = table;
    this.lookup = lookup;
    this.model = model;
    this.askedTier = askedTier;
    this.at = at;
    Listing listing = lookup.find(model);
    ModelPrices prices = listing.at(at);
    this.known = listing.known();
    this.maxOutputTokens =
        known ? prices.maxOutputTokens() : Math.max(prices.maxOutputTokens(), UNKNOWN_MAX_OUTPUT);
    this.tariff = prices.tariffAt(at);
  }

  @Override
  public String table() {
    return table;
  }

  @Override
  public boolean known() {
    return known;
  }

  @Override
  public long maxOutputTokens() {
    return maxOutputTokens;
  }

  @Override
  public long worstCaseNanoUsd(Usage bound) {
    PicoDollars asked = tariff.price(TieredRates::worstCase, bound, askedTier, known);
    // A provider may serve a call on the standard tier that asked for a cheaper one.
    PicoDollars standard = tariff.price(TieredRates::worstCase, bound, null, known);
    return (asked.compareTo(standard) > 0 ? asked : standard).toNanoUsd();
  }

  @Override
  public long costNanoUsd(Settlement settlement) {
    return cost(settlement).toNanoUsd();
  }

  /** Returns the cost before it is rounded. */
  PicoDollars cost(Settlement settlement) {
    String tier = settlement.serviceTier();
    PicoDollars cost = cost(settlement.usage(), settlement.answeredBy(), tier);
    for (ModelUsage each : settlement.besides()) {
      cost.add(cost(each.usage(), each.model(), tier));
    }
    return cost;
  }

  private PicoDollars cost(Usage usage, @Nullable ModelId answeredBy, @Nullable String tier) {
    if (answeredBy != null && !answeredBy.equals(model)) {
      Listing answering = lookup.find(answeredBy);
      if (answering.known()) {
        Tariff other = answering.at(at).tariffAt(at);
        return other.price(TieredRates::cost, usage, tier, true);
      }
    }
    // Where the model is unknown, the discounts of the one that stands in prove nothing.
    return tariff.price(TieredRates::cost, usage, tier, known);
  }

  @Override
  public String toString() {
    return "Quote[" + model + " at " + at + ", table " + table + (known ? "]" : ", unknown model]");
  }
}
