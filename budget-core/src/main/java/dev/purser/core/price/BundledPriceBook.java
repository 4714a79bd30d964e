package dev.purser.core.price;

import dev.purser.api.ModelId;
import dev.purser.api.ModelPrice;
import dev.purser.spi.PriceBook;
import dev.purser.spi.Quote;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The prices that come with Purser, a dated table of public list prices, and what users put before
 * them: their own prices, or a table of LiteLLM's. Immutable but for a bounded cache of model names,
 * and safe for use by several threads; quoting a model seen before waits for no lock, and no quote
 * does I/O.
 *
 * <p>Negotiated discounts are not known here. A model that is not in the table is quoted as the
 * dearest of its provider, never as free.
 */
public final class BundledPriceBook implements PriceBook {

  /** A gateway, say: its models are priced by the names that their vendors give them. */
  private static final String NOBODY = "other";

  private static final String RESOURCE = "prices.json";

  private final PriceFile rows;
  private final PriceTable table;
  private final ModelLookup lookup;

  private BundledPriceBook(PriceFile rows) {
    this.rows = rows;
    this.table = PriceTableReader.table(rows);
    this.lookup = new ModelLookup(table);
  }

  /**
   * Reads the bundled table.
   *
   * @throws IllegalArgumentException if the table is absurd; the message names the entry
   * @throws IllegalStateException if the resource is missing, as in a broken fat jar
   * @throws UncheckedIOException if it cannot be read
   */
  public static BundledPriceBook load() {
    try (InputStream json = BundledPriceBook.class.getResourceAsStream(RESOURCE)) {
      if (json == null) {
        throw new IllegalStateException(
            "the price table " + RESOURCE + " is missing beside " + BundledPriceBook.class);
      }
      return read(json);
    } catch (IOException e) {
      throw new UncheckedIOException("the price table " + RESOURCE + " cannot be read", e);
    }
  }

  /** Reads a table of the same shape. */
  static BundledPriceBook read(InputStream json) throws IOException {
    return new BundledPriceBook(PriceTableReader.rows(json));
  }

  /**
   * Returns these prices with those of a LiteLLM file before them.
   *
   * @throws IllegalArgumentException if they are absurd; the message names the entry
   */
  public BundledPriceBook with(LiteLlmPrices file) {
    return under(file.layer(this::providerName));
  }

  /**
   * Returns these prices with the user's own before them.
   *
   * @throws IllegalArgumentException if they are absurd, or an entry has no price and there is none
   *     that it could take over; the message names the entry
   */
  public BundledPriceBook with(List<ModelPrice> own) {
    return own.isEmpty() ? this : under(OwnPrices.layer(own, this::providerName));
  }

  private BundledPriceBook under(PriceLayer layer) {
    return new BundledPriceBook(layer.over(rows));
  }

  /** Returns the table's name for a provider, which may be a new one. */
  private String providerName(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    return table.provider(lower).map(ProviderPrices::name).orElse(lower);
  }

  /**
   * Returns the model of a name as people write it: {@code provider/name}, or the name alone where one
   * provider of the table makes it, or only one has it. The provider may be {@code other}, as whoever is
   * behind a host that nobody knows is called. Null if nobody has it, or it has no price.
   */
  public @Nullable ModelId model(String text) {
    String name = text.strip();
    int slash = name.indexOf('/');
    if (slash > 0) {
      ModelId stated =
          ModelId.of(providerName(name.substring(0, slash)), name.substring(slash + 1));
      if (stated.provider().equals(NOBODY) || table.provider(stated.provider()).isPresent()) {
        return lookup.find(stated).known() ? stated : null;
      }
    }
    String lower = name.toLowerCase(Locale.ROOT);
    List<ProviderPrices> having = table.providers().stream()
        .filter(provider -> provider.find(lower).isPresent())
        .toList();
    return having.stream()
        .filter(provider -> provider.owns(lower))
        .findFirst()
        .or(() -> having.size() == 1 ? Optional.of(having.get(0)) : Optional.empty())
        .map(provider -> ModelId.of(provider.name(), name))
        .orElse(null);
  }

  /** Returns the version of the table, which records name. */
  public String version() {
    return table.version();
  }

  /** Returns the day on which the table was last brought up to date. */
  public LocalDate day() {
    return table.day();
  }

  @Override
  public Quote quote(
      ModelId model, @Nullable String serviceTier, @Nullable String region, Instant at) {
    return quoteExactly(model, serviceTier, region, at);
  }

  FrozenQuote quoteExactly(
      ModelId model, @Nullable String serviceTier, @Nullable String region, Instant at) {
    return new FrozenQuote(table.version(), lookup, model, serviceTier, region, at);
  }

  @Override
  public String toString() {
    return "BundledPriceBook[" + table.version() + "]";
  }
}
