package dev.purser.core.price;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A provider's part of the table. Immutable.
 *
 * @param name its short name
 * @param aliases other names it is known by
 * @param owns the names of models that are its own, wherever they are served
 * @param fallback the providers whose models it serves at their list price
 * @param models its entries; the first that matches counts
 * @param isReseller whether it resells models under their vendors' prefixes, at prices of its own
 */
record ProviderPrices(
    String name,
    List<NamePattern> aliases,
    List<NamePattern> owns,
    List<String> fallback,
    List<ModelPrices> models,
    boolean isReseller) {

  /** Whether it goes by that name, given in lower case. */
  boolean isAlso(String alias) {
    return aliases.stream().anyMatch(pattern -> pattern.matches(alias));
  }

  /** Whether a model of that name, given in lower case, is its own. */
  boolean owns(String model) {
    return owns.stream().anyMatch(pattern -> pattern.matches(model));
  }

  /** Whether any of these models goes by a name with a vendor's prefix. */
  static boolean resells(List<ModelPrices> models) {
    return models.stream()
        .flatMap(model -> model.names().stream())
        .anyMatch(NamePattern::isPrefixed);
  }

  /** Finds the entry for a model name, given in lower case. */
  Optional<ModelPrices> find(String model) {
    return models.stream().filter(entry -> entry.matches(model)).findFirst();
  }

  /** Returns the dearest model. */
  ModelPrices dearestAt(Instant at) {
    ModelPrices dearest = models.get(0);
    long most = dearest.dearnessAt(at);
    for (ModelPrices model : models) {
      long dearness = model.dearnessAt(at);
      if (dearness > most) {
        dearest = model;
        most = dearness;
      }
    }
    return dearest;
  }
}
