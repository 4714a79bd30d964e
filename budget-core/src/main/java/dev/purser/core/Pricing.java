package dev.purser.core;

import dev.purser.api.ModelId;
import dev.purser.core.config.Configuration;
import dev.purser.core.config.PriceCheck;
import dev.purser.core.pipeline.Pipeline;
import dev.purser.core.price.BundledPriceBook;
import dev.purser.core.price.FreeModels;
import dev.purser.core.price.LiteLlmPrices;
import dev.purser.core.route.Options;
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

  /**
   * Finds the models of a configuration's routes in prices.
   *
   * @param prices where bare names are looked up; null where a price book was given that cannot be asked
   * @throws IllegalArgumentException if one is unknown
   */
  static Options options(Configuration checked, @Nullable BundledPriceBook prices) {
    FreeModels free = new FreeModels(checked.freeModels());
    return Options.of(checked.routing(), name -> {
      ModelId known = prices == null ? null : prices.model(name);
      int slash = name.indexOf('/');
      if (known != null || slash <= 0) {
        return known;
      }
      ModelId stated = ModelId.of(name.substring(0, slash), name.substring(slash + 1));
      return prices == null || free.contains(stated) ? stated : null;
    });
  }

  /** Puts the prices of a configuration in force and returns them; null if a price book takes their place. */
  @Nullable BundledPriceBook begin(Configuration checked) {
    if (tables == null) {
      InForce.refusePrices(checked);
      return null;
    }
    BundledPriceBook read = tables.read(checked.prices());
    tables.put(read);
    return read;
  }

  /** Warns of old prices, unless somebody chose them. */
  void tellAge(Configuration checked, Pipeline pipeline) {
    if (tables != null && tables.areBundled(checked.prices())) {
      pipeline.pricesAreOf(bundled.version(), bundled.day());
    }
  }
}
