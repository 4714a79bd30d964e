package dev.purser.core;

import dev.purser.core.config.Configuration;
import dev.purser.core.config.PriceCheck;
import dev.purser.core.pipeline.Pipeline;
import dev.purser.core.price.BundledPriceBook;
import dev.purser.core.price.LiteLlmPrices;
import dev.purser.spi.PriceBook;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a guard's prices come from.
 *
 * @param bundled the table that is always there
 * @param tables those in force, of which the bundled one is the last; null where a price book was given
 *     that takes the place of all
 * @param book what calls are priced by
 */
record Pricing(BundledPriceBook bundled, @Nullable PricesInForce tables, PriceBook book) {

  /**
   * Takes what the builder was told.
   *
   * @param given takes the place of every table, or null
   * @param loaded a table that was loaded by code, or null
   * @param configuration the configuration file, beside which others are looked for, or null
   */
  static Pricing of(
      @Nullable PriceBook given, @Nullable LiteLlmPrices loaded, @Nullable Path configuration) {
    BundledPriceBook bundled = BundledPriceBook.load();
    if (given == null) {
      PricesInForce tables = new PricesInForce(bundled, loaded, configuration);
      return new Pricing(bundled, tables, tables);
    }
    if (loaded != null) {
      throw new IllegalArgumentException(
          "prices: come from the price book that was given; leave out the table of LiteLLM, or it");
    }
    return new Pricing(bundled, null, given);
  }

  /** Returns what looks at the prices of a configuration. */
  PriceCheck check() {
    return tables == null ? PriceCheck.NONE : tables::problems;
  }

  /** Puts the prices of a configuration in force. */
  void begin(Configuration checked) {
    if (tables == null) {
      InForce.refusePrices(checked);
    } else {
      tables.put(tables.read(checked.prices()));
    }
  }

  /** Warns of old prices, unless somebody chose them. */
  void tellAge(Configuration checked, Pipeline pipeline) {
    if (tables != null && tables.areBundled(checked.prices())) {
      pipeline.pricesAreOf(bundled.version(), bundled.day());
    }
  }
}
