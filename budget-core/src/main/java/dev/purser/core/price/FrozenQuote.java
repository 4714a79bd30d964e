package dev.purser.core.price;

import dev.purser.api.ModelId;
import dev.purser.api.ModelUsage;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.spi.Quote;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The prices of one table at one instant, for one model asked for. Immutable. */
final class FrozenQuote implements Quote {

  /** What most models can write at the most; who is unknown may be one of them. */
  private static final long UNKNOWN_MAX_OUTPUT = 128_000;

  private final String table;
  private final ModelLookup lookup;
  private final ModelId model;
  private final @Nullable String askedTier;
  private final @Nullable String askedRegion;
  private final Instant at;
  private final boolean known;
  private final long contextTokens;
  private final long maxOutputTokens;
  private final ModelPrices prices;
  private final Tariff asked;

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
    this.askedRegion = askedRegion;
    this.at = at;
    Listing listing = lookup.find(model);
    ModelPrices prices = listing.at(at);
    this.known = listing.known();
    this.maxOutputTokens =
        known ? prices.maxOutputTokens() : Math.max(prices.maxOutputTokens(), UNKNOWN_MAX_OUTPUT);
    this.contextTokens = known ? prices.contextTokens() : 0;
    this.prices = prices;
    this.asked = prices.tariffAt(at, askedRegion);
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
  public long contextTokens() {
    return contextTokens;
  }

  @Override
  public long maxOutputTokens() {
    return maxOutputTokens;
  }

  @Override
  public long worstCaseNanoUsd(Usage bound) {
    PicoDollars worst = asked.price(TieredRates::worstCase, bound, askedTier, known);
    // A provider may serve a call on the standard tier that asked for a cheaper one.
    PicoDollars standard = asked.price(TieredRates::worstCase, bound, null, known);
    return (worst.compareTo(standard) > 0 ? worst : standard).toNanoUsd();
  }

  @Override
  public long costNanoUsd(Settlement settlement) {
    return cost(settlement).toNanoUsd();
  }

  /** Returns the cost before it is rounded. */
  PicoDollars cost(Settlement settlement) {
    String tier = settlement.serviceTier();
    // A region that was asked for is billed, whether or not the answer repeats it.
    String region = settlement.region() == null ? askedRegion : settlement.region();
    PicoDollars cost = cost(settlement.usage(), settlement.answeredBy(), tier, region);
    for (ModelUsage each : settlement.besides()) {
      cost.add(cost(each.usage(), each.model(), tier, region));
    }
    return cost;
  }

  private PicoDollars cost(
      Usage usage, @Nullable ModelId answeredBy, @Nullable String tier, @Nullable String region) {
    if (answeredBy != null
        && !answeredBy.equals(model)
        && !(known && BedrockName.isMakersName(model, answeredBy))) {
      Listing answering = lookup.find(answeredBy);
      Tariff other = answering.known() ? answering.at(at).tariffAt(at, region) : null;
      // Whoever answers under a free model's name where another was asked for has to prove it.
      if (other != null && (asked.isFree() || !other.isFree())) {
        return other.price(TieredRates::cost, usage, tier, true);
      }
    }
    Tariff own = Objects.equals(region, askedRegion) ? asked : prices.tariffAt(at, region);
    // Where the model is unknown, the discounts of the one that stands in prove nothing.
    return own.price(TieredRates::cost, usage, tier, known);
  }

  @Override
  public String toString() {
    return "Quote[" + model + " at " + at + ", table " + table + (known ? "]" : ", unknown model]");
  }
}
