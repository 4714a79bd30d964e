package dev.purser.core.config;

import dev.purser.api.ModelPrice;
import dev.purser.api.ModelPrice.Size;
import dev.purser.api.UsageKind;
import dev.purser.core.config.Node.Mapping;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Reads one price of a file, as {@link BudgetReader} reads budgets. */
record PriceReader(Problems problems) {

  private static final Map<String, UsageKind> RATES = new LinkedHashMap<>();
  private static final Map<String, UsageKind> FEES = new LinkedHashMap<>();
  private static final List<String> KEYS;
  private static final List<String> TIER_KEYS;
  private static final List<String> SIZE_KEYS;

  static {
    for (UsageKind kind : UsageKind.values()) {
      String word = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
      (kind.isInput() || kind.isOutput() ? RATES : FEES).put(word, kind);
    }
    SIZE_KEYS = and(RATES, "tokens");
    TIER_KEYS = and(RATES, "above");
    KEYS = and(
        RATES,
        "provider",
        "model",
        "aliases",
        "above",
        "service-tiers",
        "regions",
        "fees",
        "context",
        "max-output");
  }

  private static List<String> and(Map<String, UsageKind> rates, String... more) {
    return Stream.concat(Stream.of(more), rates.keySet().stream()).toList();
  }

  ModelPrice read(Node node) {
    if (!(node instanceof Mapping mapping)) {
      problems.add(node.problem("must be a mapping with provider, model and input"));
      return price("?", List.of(node.path()), List.of());
    }
    Fields fields = new Fields(mapping, KEYS, problems);
    fields.require("provider");
    fields.require("model");
    List<String> models = new ArrayList<>();
    fields.read("model", PriceReader::model).ifPresent(models::add);
    models.addAll(fields.list("aliases", PriceReader::model));
    if (models.isEmpty()) {
      models.add(node.path());
    }
    return new ModelPrice(
        fields.read("provider", Words::filled).orElse("?"),
        models,
        sizes(fields),
        fees(fields),
        serviceTiers(fields),
        regions(fields),
        tokens(fields, "context"),
        tokens(fields, "max-output"));
  }

  private static ModelPrice price(String provider, List<String> models, List<Size> sizes) {
    return new ModelPrice(provider, models, sizes, Map.of(), Map.of(), Map.of(), 0, 0);
  }

  private static String model(String text) {
    String inner = text.replaceAll("^\\*|\\*$", "");
    if (inner.isBlank() || inner.contains("*") || inner.startsWith("/")) {
      throw new IllegalArgumentException(
          "not the name of a model: " + Excerpt.quoted(text) + "; a * may stand at either end");
    }
    return text;
  }

  private static long tokens(Fields fields, String key) {
    return fields.read(key, PriceReader::tokens).orElse(0L);
  }

  private static long tokens(String text) {
    long tokens = LimitWords.count("tokens", text);
    if (tokens < 1) {
      throw new IllegalArgumentException("must be at least 1 token, is " + tokens);
    }
    return tokens;
  }

  /** Returns no sizes where nothing is said of the price of a token. */
  private List<Size> sizes(Fields fields) {
    Map<UsageKind, Long> usual = rates(fields);
    List<Size> sizes = new ArrayList<>();
    if (usual.isEmpty() && !fields.has("above")) {
      return sizes;
    }
    if (!usual.containsKey(UsageKind.INPUT) && !fields.has("input")) {
      fields.require("input");
    }
    sizes.add(new Size(0, usual));
    for (Node node : fields.items("above")) {
      sizes.add(size(node, sizes.get(sizes.size() - 1).above()));
    }
    return sizes;
  }

  private Size size(Node node, long before) {
    if (!(node instanceof Mapping mapping)) {
      problems.add(node.problem("must be a mapping with tokens and prices"));
      return new Size(before + 1, Map.of());
    }
    Fields fields = new Fields(mapping, SIZE_KEYS, problems);
    fields.require("tokens");
    fields.require("input");
    long above = fields.read("tokens", PriceReader::tokens).orElse(before + 1);
    if (above <= before) {
      problems.add(new Problem(
          Node.under(node.path(), "tokens"),
          node.line(),
          "must be above the " + before + " of the size before, is " + above));
    }
    return new Size(Math.max(above, before + 1), rates(fields));
  }

  private static Map<UsageKind, Long> rates(Fields fields) {
    Map<UsageKind, Long> rates = new EnumMap<>(UsageKind.class);
    RATES.forEach((word, kind) ->
        fields.read(word, PriceWords::perMillion).ifPresent(pico -> rates.put(kind, pico)));
    return rates;
  }

  private static Map<UsageKind, Long> fees(Fields fields) {
    Map<UsageKind, Long> fees = new EnumMap<>(UsageKind.class);
    Fields stated = fields.fields("fees");
    Choice<UsageKind> kinds = new Choice<>("fee", FEES);
    for (String key : stated.keys()) {
      stated
          .readKey(key, kinds)
          .ifPresent(kind ->
              stated.read(key, PriceWords::perUnit).ifPresent(pico -> fees.put(kind, pico)));
    }
    return fees;
  }

  private Map<String, List<Size>> serviceTiers(Fields fields) {
    Map<String, List<Size>> tiers = new LinkedHashMap<>();
    Fields stated = fields.fields("service-tiers");
    for (String tier : stated.keys()) {
      stated.mapping(tier, TIER_KEYS).ifPresent(prices -> tiers.put(tier, sizes(prices)));
    }
    return tiers;
  }

  private static Map<String, Integer> regions(Fields fields) {
    Map<String, Integer> regions = new LinkedHashMap<>();
    Fields stated = fields.fields("regions");
    for (String region : stated.keys()) {
      stated.read(region, PriceWords::times).ifPresent(times -> regions.put(region, times));
    }
    return regions;
  }
}
