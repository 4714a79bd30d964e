package dev.purser.core.price;

import dev.purser.api.UsageKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects the prices of one entry of LiteLLM's table by service tier and size of request, sizes in the
 * order of their numbers. Not safe for use by several threads.
 *
 * <p>A price of nothing is a gap in that table and counts as not stated: what is not stated costs what
 * a relative costs, see {@link Rates}. What a larger size does not state rises as its input does, or
 * its output, for a request is priced as a whole.
 */
final class LiteLlmRates {

  private static final String STANDARD = "";

  private final Map<String, SortedMap<Long, Map<UsageKind, Long>>> tiers = new HashMap<>();

  void add(LiteLlmField field, long pico) {
    if (pico > 0) {
      tiers
          .computeIfAbsent(field.tier() == null ? STANDARD : field.tier(), tier -> new TreeMap<>())
          .computeIfAbsent(field.above(), above -> new EnumMap<>(UsageKind.class))
          .put(field.kind(), pico);
    }
  }

  /** Returns the prices of the standard tier; null if there is none of input. */
  @Nullable List<Map<String, Long>> standard() {
    SortedMap<Long, Map<UsageKind, Long>> sizes = tiers.get(STANDARD);
    if (sizes == null || !sizes.containsKey(0L)) {
      return null;
    }
    // What only has a price of output, such as a picture, has input of some kind all the same.
    Map<UsageKind, Long> usual = sizes.get(0L);
    Long output = usual.get(UsageKind.OUTPUT);
    if (!usual.containsKey(UsageKind.INPUT) && output != null) {
      usual.put(UsageKind.INPUT, output);
    }
    return usual.containsKey(UsageKind.INPUT) ? rows(sizes) : null;
  }

  /** Returns the prices of the other tiers by name; null if there are none. */
  @Nullable Map<String, PriceFile.Mode> modes() {
    Map<String, PriceFile.Mode> modes = new TreeMap<>();
    tiers.forEach((tier, sizes) -> {
      if (!tier.equals(STANDARD)) {
        sizes.computeIfAbsent(0L, above -> new EnumMap<>(UsageKind.class));
        modes.put(tier, new PriceFile.Mode(rows(sizes), null));
      }
    });
    return modes.isEmpty() ? null : modes;
  }

  private static List<Map<String, Long>> rows(SortedMap<Long, Map<UsageKind, Long>> sizes) {
    List<Map<String, Long>> rows = new ArrayList<>();
    Map<UsageKind, Long> before = Map.of();
    for (Map.Entry<Long, Map<UsageKind, Long>> size : sizes.entrySet()) {
      Map<UsageKind, Long> prices = risen(before, size.getValue());
      Map<String, Long> row = new TreeMap<>();
      row.put(StatedPrices.ABOVE, size.getKey());
      prices.forEach((kind, pico) -> row.put(kind.name().toLowerCase(Locale.ROOT), pico));
      rows.add(row);
      before = prices;
    }
    return rows;
  }

  private static Map<UsageKind, Long> risen(
      Map<UsageKind, Long> before, Map<UsageKind, Long> stated) {
    Map<UsageKind, Long> prices = new EnumMap<>(UsageKind.class);
    before.forEach((kind, pico) -> {
      UsageKind by = kind.isInput() ? UsageKind.INPUT : UsageKind.OUTPUT;
      Long from = before.get(by);
      Long to = stated.get(by);
      prices.put(kind, from == null || to == null ? pico : times(pico, to, from));
    });
    prices.putAll(stated);
    return prices;
  }

  private static long times(long pico, long to, long from) {
    return BigDecimal.valueOf(pico)
        .multiply(BigDecimal.valueOf(to))
        .divide(BigDecimal.valueOf(from), 0, RoundingMode.CEILING)
        .longValue();
  }
}
