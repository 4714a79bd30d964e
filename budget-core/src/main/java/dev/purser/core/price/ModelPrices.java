package dev.purser.core.price;

import dev.purser.api.UsageKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model's entry in the table. Immutable.
 *
 * @param id the entry's name, for messages
 * @param names which model names it prices
 * @param contextTokens its context window; 0 where it is not known
 * @param maxOutputTokens the most tokens it writes for one choice
 * @param regions what the choice of a region costs
 * @param periods its tariffs in order; the last one that holds counts, the first one if none does
 */
record ModelPrices(
    String id,
    List<NamePattern> names,
    long contextTokens,
    long maxOutputTokens,
    Regions regions,
    List<Period> periods) {

  /** Whether this entry prices a model of that name, given in lower case. */
  boolean matches(String name) {
    return names.stream().anyMatch(pattern -> pattern.matches(name));
  }

  /** Returns the tariff in force for a region; null for none. */
  Tariff tariffAt(Instant at, @Nullable String region) {
    return tariffAt(at).times(regions.of(region));
  }

  /** Returns the tariff in force as it is listed, without a region's surcharge. */
  Tariff tariffAt(Instant at) {
    long second = at.getEpochSecond();
    for (int i = periods.size() - 1; i > 0; i--) {
      if (periods.get(i).holdsAt(second)) {
        return periods.get(i).tariff();
      }
    }
    return periods.get(0).tariff();
  }

  /** Returns what a token in and a token out cost together: how dear this model is. */
  long dearnessAt(Instant at) {
    Rates rates = tariffAt(at).standard().forInput(0);
    return rates.price(UsageKind.INPUT) + rates.price(UsageKind.OUTPUT);
  }
}
