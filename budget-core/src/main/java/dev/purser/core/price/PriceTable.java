package dev.purser.core.price;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * All prices. Immutable.
 *
 * @param version names the table in records
 * @param day the day on which it was last brought up to date
 * @param providers the providers, in the order in which their aliases are tried
 */
record PriceTable(String version, LocalDate day, List<ProviderPrices> providers) {

  /** Finds a provider by its name or an alias, given in lower case. */
  Optional<ProviderPrices> provider(String name) {
    Optional<ProviderPrices> exact =
        providers.stream().filter(provider -> provider.name().equals(name)).findFirst();
    return exact.isPresent()
        ? exact
        : providers.stream().filter(provider -> provider.isAlso(name)).findFirst();
  }
}
