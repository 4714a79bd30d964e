package dev.purser.core.price;

import dev.purser.api.ModelPrice;
import dev.purser.api.UsageKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Turns the user's own prices into rows of a table. */
final class OwnPrices {

  private static final String NAME = "own";

  private OwnPrices() {}

  /**
   * Returns the rows.
   *
   * @param providerName returns the table's name for a provider
   */
  static PriceLayer layer(List<ModelPrice> prices, UnaryOperator<String> providerName) {
    Map<String, List<PriceFile.Model>> providers = new LinkedHashMap<>();
    for (ModelPrice price : prices) {
      providers
          .computeIfAbsent(providerName.apply(price.provider()), provider -> new ArrayList<>())
          .add(model(price));
    }
    return new PriceLayer(NAME, providers);
  }

  private static PriceFile.Model model(ModelPrice price) {
    List<String> names = price.models().stream()
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .toList();
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a price of " + price.provider() + " names no model");
    }
    return new PriceFile.Model(
        names.get(0) + " (own price)",
        names,
        price.contextTokens() == 0 ? null : price.contextTokens(),
        price.maxOutputTokens() == 0 ? null : price.maxOutputTokens(),
        periods(price),
        price.serviceTiers().isEmpty() ? null : modes(price),
        price.regions().isEmpty() ? null : new TreeMap<>(price.regions()));
  }

  private static @Nullable List<PriceFile.Era> periods(ModelPrice price) {
    if (price.sizes().isEmpty() && price.fees().isEmpty()) {
      return null;
    }
    Map<String, Long> fees = new TreeMap<>();
    price.fees().forEach((kind, pico) -> fees.put(key(kind), pico));
    List<Map<String, Long>> rates = price.sizes().isEmpty() ? null : sizes(price.sizes());
    return List.of(new PriceFile.Era(null, null, rates, fees));
  }

  private static Map<String, PriceFile.Mode> modes(ModelPrice price) {
    Map<String, PriceFile.Mode> modes = new TreeMap<>();
    price
        .serviceTiers()
        .forEach((tier, sizes) ->
            modes.put(tier.toLowerCase(Locale.ROOT), new PriceFile.Mode(sizes(sizes), null)));
    return modes;
  }

  private static List<Map<String, Long>> sizes(List<ModelPrice.Size> sizes) {
    List<Map<String, Long>> rows = new ArrayList<>();
    for (ModelPrice.Size size : sizes) {
      Map<String, Long> row = new TreeMap<>();
      row.put(StatedPrices.ABOVE, size.above());
      size.prices().forEach((kind, pico) -> row.put(key(kind), pico));
      rows.add(row);
    }
    return rows;
  }

  private static String key(UsageKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
