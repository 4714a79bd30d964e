package dev.purser.core;

import dev.purser.api.Budget;
import dev.purser.api.JournalOptions;
import dev.purser.core.config.Configuration;
import dev.purser.core.config.ConfigurationFile;
import dev.purser.core.config.Estimates;
import dev.purser.core.config.Prices;
import dev.purser.core.key.KeyRing;
import dev.purser.core.pipeline.Pipeline;
import dev.purser.core.pipeline.Settings;
import dev.purser.core.price.BundledPriceBook;
import dev.purser.core.price.FreeModels;
import dev.purser.core.route.Options;
import dev.purser.core.route.Routes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration that a guard runs with, and how another takes its place: whole, or not at all.
 * Safe for use by several threads.
 */
final class InForce {

  private static final Logger log = LoggerFactory.getLogger(InForce.class);

  private final Pipeline pipeline;
  private final KeyRing keys;
  private final @Nullable PricesInForce prices;
  private final Routes routes;
  private final @Nullable ConfigurationFile file;
  private final @Nullable JournalOptions journal;
  private Configuration configuration;

  /** Begins with what the pipeline and the keys were built with. */
  InForce(
      Pipeline pipeline,
      KeyRing keys,
      @Nullable PricesInForce prices,
      Routes routes,
      Configuration configuration,
      @Nullable ConfigurationFile file) {
    this.pipeline = pipeline;
    this.keys = keys;
    this.prices = prices;
    this.routes = routes;
    this.configuration = configuration;
    this.file = file;
    journal = configuration.journal();
  }

  static Settings settings(Configuration configuration) {
    return new Settings(
        configuration.fit(),
        configuration.leastUsefulOutput(),
        configuration.maxWait(),
        configuration.lease(),
        configuration.estimates() == Estimates.STRICT,
        new FreeModels(configuration.freeModels()));
  }

  /** Reads the file again. */
  synchronized void reload() {
    if (file == null) {
      throw new IllegalStateException("there is no configuration file to read again");
    }
    putWithPrices(file.read());
  }

  /** Puts what a file says in force, and the prices too, whose own file may have changed alone. */
  private void putWithPrices(Configuration next) {
    if (prices == null) {
      refusePrices(next);
      put(next, Pricing.options(next, null));
      return;
    }
    BundledPriceBook read = prices.read(next.prices()); // first, for they may be refused
    put(next, Pricing.options(next, read));
    prices.put(read);
  }

  /** Refuses prices where a price book was given that takes the place of every table. */
  static void refusePrices(Configuration configuration) {
    if (!configuration.prices().equals(Prices.BUNDLED)) {
      throw new IllegalArgumentException(
          "prices: come from the price book that was given; leave out prices and prices-file, or it");
    }
  }

  /** Puts other budgets in force. */
  synchronized void revise(List<Budget> budgets) {
    put(configuration.with(budgets).checked(), null);
  }

  /** Looks whether the file has changed; tells of what is wrong with it, and goes on as before. */
  synchronized void look() {
    if (file == null) {
      return;
    }
    try {
      Optional<Configuration> changed = file.readIfChanged();
      if (changed.isPresent()) {
        putWithPrices(changed.get());
      }
    } catch (IllegalArgumentException e) {
      String problems = Objects.requireNonNull(e.getMessage());
      pipeline.rejected(problems);
      log.warn("The changed configuration is wrong; the one before stays in force. {}", problems);
    }
  }

  /** @param options the routes, or null for those in force */
  private void put(Configuration next, @Nullable Options options) {
    if (options != null) {
      routes.revise(options);
    }
    if (!next.equals(configuration)) {
      keys.configure(next.keys()); // first, for they may be refused
      pipeline.alerting().owners().byDefault(next.owner());
      pipeline.revise(next.budgets(), settings(next));
      if (!Objects.equals(next.journal(), journal)) {
        String what = "journal: has changed; the one before goes on until a restart";
        pipeline.rejected(what);
        log.warn(what);
      }
      configuration = next;
      log.info(
          "{} budgets and {} keys are in force",
          next.budgets().size(),
          next.keys().size());
    }
  }
}
