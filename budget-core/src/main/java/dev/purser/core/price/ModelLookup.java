package dev.purser.core.price;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.purser.api.ModelId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds models in the table and remembers what it found, so that patterns are matched once a model
 * and not once a call. Safe for use by several threads.
 *
 * <p>A name is looked for at its provider, then at the providers whose models that one serves, then
 * at the provider that a prefix names ({@code groq/llama-3.3-70b}); a provider that is not in the
 * table is passed over for the one that owns models of such a name. Resellers price models their
 * own way: a name that is not in their list stays unknown.
 */
final class ModelLookup {

  private static final int REMEMBERED = 4_096;

  /** Longer names are no model's, and must not fill the cache. */
  private static final int LONGEST_NAME = 512;

  /** Whose dearest model stands in where not even the provider is known. */
  static final String LAST_RESORT = "openai";

  private final PriceTable table;
  private final Cache<ModelId, Listing> listings =
      // Maintenance takes microseconds: not worth a borrowed pool, which would outlive us.
      Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run).build();

  ModelLookup(PriceTable table) {
    this.table = table;
  }

  /** Returns what the table has for a model. */
  Listing find(ModelId model) {
    if (model.provider().length() + model.name().length() > LONGEST_NAME) {
      return search("", model.provider().length() > LONGEST_NAME ? "" : lower(model.provider()));
    }
    return listings.get(model, key -> search(lower(key.name()), lower(key.provider())));
  }

  private Listing search(String name, String providerName) {
    Set<String> suspects = new TreeSet<>();
    Optional<ProviderPrices> provider = table.provider(providerName);
    Optional<ModelPrices> entry = provider.isPresent()
        ? atProvider(name, provider.get(), suspects)
        : anywhere(name, suspects);
    if (suspects.isEmpty()) {
      suspects.add(LAST_RESORT);
    }
    return new Listing(
        entry.orElse(null),
        table.providers().stream()
            .filter(each -> suspects.contains(each.name()))
            .toList());
  }

  private Optional<ModelPrices> atProvider(
      String name, ProviderPrices provider, Set<String> suspects) {
    suspects.add(provider.name());
    suspects.addAll(provider.fallback());
    Optional<ModelPrices> entry = firstOf(spellings(name, provider), provider);
    for (String other : provider.fallback()) {
      ProviderPrices fallback = table.provider(other).orElseThrow();
      entry = entry.or(() -> firstOf(spellings(name, fallback), fallback));
    }
    if (entry.isEmpty()) {
      Optional<ModelPrices> byPrefix = atPrefix(name, provider.name(), suspects);
      return provider.isReseller() ? Optional.empty() : byPrefix;
    }
    return entry;
  }

  private Optional<ModelPrices> anywhere(String name, Set<String> suspects) {
    Optional<ModelPrices> entry = atPrefix(name, "", suspects);
    String bare = name.substring(name.lastIndexOf('/') + 1);
    for (ProviderPrices owner : table.providers()) {
      if (entry.isEmpty() && owner.owns(bare)) {
        suspects.add(owner.name());
        entry = owner.find(bare);
      }
    }
    return entry;
  }

  private Optional<ModelPrices> atPrefix(String name, String unlessProvider, Set<String> suspects) {
    int slash = name.indexOf('/');
    if (slash <= 0) {
      return Optional.empty();
    }
    Optional<ProviderPrices> named = table
        .provider(name.substring(0, slash))
        .filter(provider -> !provider.name().equals(unlessProvider));
    return named.flatMap(provider -> atProvider(name.substring(slash + 1), provider, suspects));
  }

  private static Optional<ModelPrices> firstOf(List<String> spellings, ProviderPrices provider) {
    return spellings.stream().flatMap(name -> provider.find(name).stream()).findFirst();
  }

  /**
   * As it stands, without what only says how it is served, behind its last slash, and behind a
   * Bedrock-like {@code us.anthropic.}.
   */
  private static List<String> spellings(String name, ProviderPrices provider) {
    List<String> spellings = new ArrayList<>(4);
    spellings.add(name);
    String plain = RouteSuffix.strip(name, provider);
    if (!plain.equals(name)) {
      spellings.add(plain);
    }
    int slash = name.lastIndexOf('/');
    if (slash >= 0) {
      spellings.add(name.substring(slash + 1));
    }
    int vendor = name.lastIndexOf(provider.name() + ".");
    if (vendor >= 0) {
      spellings.add(name.substring(vendor + provider.name().length() + 1));
    }
    return spellings;
  }

  private static String lower(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
