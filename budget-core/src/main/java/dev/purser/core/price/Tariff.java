package dev.purser.core.price;

import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a model costs during one period, by service tier. Immutable. */
final class Tariff {

  static final String STANDARD = "standard";

  /** How a price list is applied to a usage: as a cost or as a worst case. */
  @FunctionalInterface
  interface Pricing {
    PicoDollars apply(TieredRates rates, Usage usage);
  }

  private final TieredRates standard;
  private final Map<String, TieredRates> modes;

  /**
   * Makes a tariff.
   *
   * @param modes the price lists of other service tiers, by name in lower case
   */
  Tariff(TieredRates standard, Map<String, TieredRates> modes) {
    this.standard = standard;
    this.modes = Map.copyOf(modes);
  }

  /** Returns this tariff with every token of every tier at {@code permille} thousandths. */
  Tariff times(int permille) {
    if (permille == Regions.LISTED) {
      return this;
    }
    Map<String, TieredRates> scaled = new HashMap<>();
    modes.forEach((name, rates) -> scaled.put(name, rates.times(permille)));
    return new Tariff(standard.times(permille), scaled);
  }

  /** Whether tokens cost nothing. */
  boolean isFree() {
    Rates rates = standard.forInput(0);
    return rates.price(UsageKind.INPUT) == 0 && rates.price(UsageKind.OUTPUT) == 0;
  }

  /** Returns the prices of the standard tier. */
  TieredRates standard() {
    return standard;
  }

  /**
   * Prices a usage.
   *
   * @param tier the service tier's name on the wire; null for the standard one
   * @param discounts whether cheaper tiers of this model may be granted
   */
  PicoDollars price(Pricing pricing, Usage usage, @Nullable String tier, boolean discounts) {
    String name = tier == null ? STANDARD : tier.toLowerCase(Locale.ROOT);
    return switch (name) {
      case "", "auto", "default", STANDARD -> pricing.apply(standard, usage);
      default -> {
        TieredRates mode = discounts ? modes.get(name) : null;
        yield mode != null ? pricing.apply(mode, usage) : withoutPrice(pricing, usage, name);
      }
    };
  }

  // Batch and flex are discounts everywhere. Any other tier may be dearer than standard, and
  // nobody knows by how much: the dearest that is known has to do.
  private PicoDollars withoutPrice(Pricing pricing, Usage usage, String tier) {
    PicoDollars dearest = pricing.apply(standard, usage);
    if (tier.equals("batch") || tier.equals("flex")) {
      return dearest;
    }
    for (TieredRates mode : modes.values()) {
      PicoDollars cost = pricing.apply(mode, usage);
      dearest = cost.compareTo(dearest) > 0 ? cost : dearest;
    }
    return dearest;
  }
}
