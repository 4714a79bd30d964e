package dev.purser.core.price;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the table has for a model: its entry, or where there is none the providers whose dearest
 * model stands in for it. Immutable.
 *
 * @param entry the model's own entry; null if it has none
 * @param suspects the providers it may come from; not empty where there is no entry
 */
record Listing(@Nullable ModelPrices entry, List<ProviderPrices> suspects) {

  /** Whether the model has an entry of its own. */
  boolean known() {
    return entry != null;
  }

  /** Returns the entry that prices the model. */
  ModelPrices at(Instant at) {
    if (entry != null) {
      return entry;
    }
    return suspects.stream()
        .map(provider -> provider.dearestAt(at))
        .max(Comparator.comparingLong(model -> model.dearnessAt(at)))
        .orElseThrow();
  }
}
