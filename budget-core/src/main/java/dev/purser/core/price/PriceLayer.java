package dev.purser.core.price;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Prices that come before those of a table. A model's prices of tokens replace those beneath as a
 * whole; limits, fees, service tiers and regions that an entry leaves out are those of the entry
 * beneath, so that nothing gets cheaper because somebody left it out.
 *
 * @param name where they come from, for messages and the table's version
 * @param providers models by the table's name for their provider
 */
record PriceLayer(String name, Map<String, List<PriceFile.Model>> providers) {

  private static final int FINGERPRINT = 8;

  /** Returns a table with these prices before its own. */
  PriceFile over(PriceFile base) {
    Map<String, PriceFile.Provider> merged = new LinkedHashMap<>();
    if (base.providers() != null) {
      merged.putAll(base.providers());
    }
    providers.forEach((provider, models) -> {
      PriceFile.Provider beneath = merged.getOrDefault(provider, PriceFile.Provider.NEW);
      List<Named> known = known(beneath, base);
      List<PriceFile.Model> all = new ArrayList<>();
      models.forEach(model -> all.add(over(model, find(model, known))));
      all.addAll(rows(beneath));
      merged.put(provider, beneath.with(all, resells(beneath)));
    });
    return base.with(base.version() + "+" + name + "." + fingerprint(), merged);
  }

  /** An entry beneath, its patterns read once. */
  private record Named(PriceFile.Model model, List<NamePattern> names) {}

  private static List<Named> known(PriceFile.Provider provider, PriceFile base) {
    List<Named> known = new ArrayList<>();
    addTo(known, provider);
    if (provider.fallback() != null && base.providers() != null) {
      for (String other : provider.fallback()) {
        addTo(known, base.providers().getOrDefault(other, PriceFile.Provider.NEW));
      }
    }
    return known;
  }

  private static void addTo(List<Named> known, PriceFile.Provider provider) {
    for (PriceFile.Model model : rows(provider)) {
      known.add(new Named(model, names(model).stream().map(NamePattern::parse).toList()));
    }
  }

  // Names with a slash in a layer must not make a reseller of who is none.
  private static boolean resells(PriceFile.Provider provider) {
    if (provider.reseller() != null) {
      return provider.reseller();
    }
    return rows(provider).stream()
        .flatMap(model -> names(model).stream())
        .map(NamePattern::parse)
        .anyMatch(NamePattern::isPrefixed);
  }

  private static Optional<PriceFile.Model> find(PriceFile.Model model, List<Named> known) {
    String name = names(model).get(0);
    String bare = name.replace("*", "");
    return known.stream()
        .filter(each -> each.names().stream()
            .anyMatch(pattern -> pattern.toString().equals(name) || pattern.matches(bare)))
        .map(Named::model)
        .findFirst();
  }

  private PriceFile.Model over(PriceFile.Model own, Optional<PriceFile.Model> beneath) {
    if (beneath.isEmpty()) {
      if (own.periods() == null) {
        throw new IllegalArgumentException(name + ": " + own.id()
            + " has no price of input, and there is no such model that it could take it from");
      }
      return own;
    }
    PriceFile.Model below = beneath.get();
    return new PriceFile.Model(
        own.id(),
        own.match(),
        own.context() == null ? below.context() : own.context(),
        own.maxOutput() == null ? below.maxOutput() : own.maxOutput(),
        periods(own, below),
        own.modes() == null ? below.modes() : own.modes(),
        own.regions() == null ? below.regions() : own.regions());
  }

  private static @Nullable List<PriceFile.Era> periods(PriceFile.Model own, PriceFile.Model below) {
    List<PriceFile.Era> beneath = below.periods();
    if (own.periods() == null || beneath == null) {
      return own.periods() == null ? beneath : own.periods();
    }
    PriceFile.Era era = own.periods().get(0);
    if (era.rates() == null) {
      return beneath.stream()
          .map(each -> new PriceFile.Era(
              each.from(), each.daily(), each.rates(), fees(each.fees(), era.fees())))
          .toList();
    }
    Map<String, Long> usual = beneath.get(beneath.size() - 1).fees();
    return List.of(new PriceFile.Era(null, null, era.rates(), fees(usual, era.fees())));
  }

  private static Map<String, Long> fees(
      @Nullable Map<String, Long> beneath, @Nullable Map<String, Long> own) {
    Map<String, Long> fees = new LinkedHashMap<>();
    if (beneath != null) {
      fees.putAll(beneath);
    }
    if (own != null) {
      fees.putAll(own);
    }
    return fees;
  }

  private static List<PriceFile.Model> rows(PriceFile.Provider provider) {
    return provider.models() == null ? List.of() : provider.models();
  }

  private static List<String> names(PriceFile.Model model) {
    return model.match() == null ? List.of() : model.match();
  }

  /** Tells two states of the same source apart in records; the same for the same prices. */
  private String fingerprint() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(providers).forEach((provider, models) -> {
      text.append(provider).append('\n');
      models.forEach(model -> text.append(canonical(model)).append('\n'));
    });
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256")
          .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, FINGERPRINT).toLowerCase(Locale.ROOT);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static String canonical(PriceFile.Model model) {
    return model.match() + " " + model.context() + " " + model.maxOutput() + " " + model.periods()
        + " " + model.modes() + " " + model.regions();
  }
}
