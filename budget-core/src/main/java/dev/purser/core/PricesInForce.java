package dev.purser.core;

import dev.purser.api.ModelId;
import dev.purser.core.config.Prices;
import dev.purser.core.config.Problem;
import dev.purser.core.price.BundledPriceBook;
import dev.purser.core.price.LiteLlmPrices;
import dev.purser.spi.PriceBook;
import dev.purser.spi.Quote;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The prices that calls are admitted at: the user's own, then those of a loaded file, then the bundled
 * table. Others may take their place while calls run; a quote that was given stays as it is. Safe for
 * use by several threads.
 */
final class PricesInForce implements PriceBook {

  private static final Logger log = LoggerFactory.getLogger(PricesInForce.class);

  private static final String FILE = "prices-file";

  private final BundledPriceBook bundled;
  private final @Nullable LiteLlmPrices loaded;
  private final @Nullable Path configuration;
  private volatile BundledPriceBook inForce;

  /** What was last checked and is good, so that it is not read twice and cannot change between. */
  private @Nullable Checked checked;

  private record Checked(Prices prices, BundledPriceBook book) {}

  /**
   * Begins with the bundled table.
   *
   * @param loaded a file that was loaded by code, or null
   * @param configuration the configuration file, beside which others are looked for, or null
   */
  PricesInForce(
      BundledPriceBook bundled, @Nullable LiteLlmPrices loaded, @Nullable Path configuration) {
    this.bundled = bundled;
    this.loaded = loaded;
    this.configuration = configuration;
    inForce = bundled;
  }

  /** Reads prices and says what is wrong with them; what is good waits for {@link #read}. */
  synchronized List<Problem> problems(Prices prices) {
    checked = null;
    BundledPriceBook file;
    try {
      file = withFile(prices);
    } catch (IllegalArgumentException e) {
      return List.of(new Problem(FILE, 0, String.valueOf(e.getMessage())));
    }
    try {
      checked = new Checked(prices, file.with(prices.own()));
      return List.of();
    } catch (IllegalArgumentException e) {
      return List.of(new Problem("prices", 0, String.valueOf(e.getMessage())));
    }
  }

  /**
   * Returns prices, which are not in force yet: those that were checked last, or else they are read
   * now.
   *
   * @throws IllegalArgumentException if the file cannot be read or prices are absurd
   */
  synchronized BundledPriceBook read(Prices prices) {
    Checked known = checked;
    checked = null;
    return known != null && known.prices().equals(prices)
        ? known.book()
        : withFile(prices).with(prices.own());
  }

  private BundledPriceBook withFile(Prices prices) {
    if (prices.file() != null && loaded != null) {
      throw new IllegalArgumentException("a table was loaded by code already");
    }
    LiteLlmPrices file = prices.file() == null ? loaded : load(prices.file(), prices);
    if (file == null) {
      return bundled;
    }
    log.info("Loaded {}", file);
    return bundled.with(file);
  }

  private LiteLlmPrices load(String file, Prices prices) {
    try {
      Path path = configuration == null
          ? Path.of(file)
          : configuration.toAbsolutePath().resolveSibling(file);
      return LiteLlmPrices.read(path, prices.without().toArray(String[]::new));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          "cannot be read: " + file + " (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  /** Puts prices in force for the calls that are admitted from now on. */
  void put(BundledPriceBook prices) {
    if (!prices.version().equals(inForce.version())) {
      log.info("The price table {} is in force", prices.version());
    }
    inForce = prices;
  }

  /** Whether nothing newer than the bundled table was loaded. */
  boolean areBundled(Prices prices) {
    return loaded == null && prices.file() == null;
  }

  @Override
  public Quote quote(
      ModelId model, @Nullable String serviceTier, @Nullable String region, Instant at) {
    return inForce.quote(model, serviceTier, region, at);
  }
}
