package dev.purser.core.price;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table and refuses an absurd one as a whole: a wrong price is worse than none. Every
 * message names the entry at fault.
 */
final class PriceTableReader {

  private static final ObjectReader JSON = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
      .build()
      .readerFor(PriceFile.class);

  /** The most output of a model of which neither that nor the context window is known. */
  private static final long DEFAULT_MAX_OUTPUT = 128_000;

  /** No region costs ten times as much as another, and none less than what is listed. */
  private static final int MOST_PERMILLE = 10_000;

  private static final String WEB_SEARCH = "web_search";

  private final long dearestSearch;

  private PriceTableReader(long dearestSearch) {
    this.dearestSearch = dearestSearch;
  }

  /**
   * Reads the rows of a table.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  static PriceFile rows(InputStream json) throws IOException {
    try {
      return JSON.readValue(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("price table: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Returns the table that the rows make.
   *
   * @throws IllegalArgumentException if it is malformed or absurd
   */
  static PriceTable table(PriceFile file) {
    String version = stated(file.version(), "price table: version");
    String where = "price table " + version;
    LocalDate source =
        checked(where + ": as_of", () -> LocalDate.parse(stated(file.asOf(), "as_of")));
    String updated = file.updated();
    LocalDate day =
        updated == null ? source : checked(where + ": updated", () -> LocalDate.parse(updated));
    Map<String, PriceFile.Provider> rows = stated(file.providers(), where + ": providers");
    PriceTableReader reader = new PriceTableReader(dearestSearch(rows));
    List<ProviderPrices> providers = new ArrayList<>();
    rows.forEach((name, row) -> {
      String at = where + ": " + stated(name, where + ": provider name");
      providers.add(checked(at, () -> reader.provider(name, row)));
    });
    PriceTable table = new PriceTable(version, day, List.copyOf(providers));
    checkFallbacks(where, table);
    return table;
  }

  private static void checkFallbacks(String where, PriceTable table) {
    for (ProviderPrices provider : table.providers()) {
      for (String fallback : provider.fallback()) {
        if (table.provider(fallback).isEmpty()) {
          throw new IllegalArgumentException(
              where + ": " + provider.name() + ": no provider " + fallback + " to fall back to");
        }
      }
    }
    if (table.provider(ModelLookup.LAST_RESORT).isEmpty()) {
      throw new IllegalArgumentException(where + ": no provider " + ModelLookup.LAST_RESORT);
    }
  }

  // A search at a provider of which no such price is known must not be free.
  private static long dearestSearch(Map<String, PriceFile.Provider> rows) {
    return rows.values().stream()
        .map(PriceFile.Provider::fees)
        .filter(Objects::nonNull)
        .mapToLong(fees -> fees.getOrDefault(WEB_SEARCH, 0L))
        .max()
        .orElse(0);
  }

  private ProviderPrices provider(String name, PriceFile.Provider row) {
    List<ModelPrices> models = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (PriceFile.Model model : stated(row.models(), "models")) {
      String id = stated(model.id(), "model id");
      if (!ids.add(id)) {
        throw new IllegalArgumentException(id + " is listed twice");
      }
      models.add(checked(id, () -> model(id, row, model)));
    }
    return new ProviderPrices(
        name,
        patterns(row.aka()),
        patterns(row.owns()),
        row.fallback() == null ? List.of() : List.copyOf(row.fallback()),
        List.copyOf(models),
        row.reseller() == null ? ProviderPrices.resells(models) : row.reseller());
  }

  private ModelPrices model(String id, PriceFile.Provider provider, PriceFile.Model model) {
    List<NamePattern> names = patterns(stated(model.match(), "match"));
    List<Period> periods = new ArrayList<>();
    for (PriceFile.Era era : stated(model.periods(), "periods")) {
      periods.add(new Period(
          era.from() == null ? Long.MIN_VALUE : Instant.parse(era.from()).getEpochSecond(),
          windows(era.daily()),
          tariff(provider, model, era)));
    }
    return new ModelPrices(
        id,
        names,
        tokens(model.context(), 0),
        tokens(model.maxOutput(), tokens(model.context(), DEFAULT_MAX_OUTPUT)),
        regions(model.regions()),
        List.copyOf(periods));
  }

  private static Regions regions(@Nullable Map<String, Integer> permille) {
    if (permille == null) {
      return Regions.NONE;
    }
    Map<String, Integer> lower = new HashMap<>();
    permille.forEach((region, price) -> {
      if (price < Regions.LISTED || price > MOST_PERMILLE) {
        throw new IllegalArgumentException(
            "absurd price of region " + region + ": " + price + " thousandths");
      }
      lower.put(lower(region), price);
    });
    return new Regions(lower);
  }

  private static long tokens(@Nullable Long tokens, long unlessStated) {
    if (tokens == null) {
      return unlessStated;
    }
    if (tokens < 0) {
      throw new IllegalArgumentException("negative number of tokens: " + tokens);
    }
    return tokens;
  }

  private Tariff tariff(PriceFile.Provider provider, PriceFile.Model model, PriceFile.Era era) {
    RateTiers tiers = new RateTiers(
        StatedPrices.fees(era.fees()),
        StatedPrices.fees(provider.fees()),
        provider.hourWriteTimesInput() == null ? 0 : provider.hourWriteTimesInput(),
        StatedPrices.fee(dearestSearch));
    List<StatedPrices> standard = era.rates() == null && era.fees() != null
        ? StatedPrices.NONE
        : StatedPrices.tiers(stated(era.rates(), "rates"));
    TieredRates usual = tiers.standard(standard);
    Map<String, TieredRates> modes = new HashMap<>();
    if (model.modes() != null) {
      model.modes().forEach((name, mode) -> modes.put(lower(name), mode(tiers, standard, mode)));
    }
    if (provider.batch() != null) {
      PriceFile.Mode half = new PriceFile.Mode(null, provider.batch());
      modes.computeIfAbsent("batch", batch -> mode(tiers, standard, half));
    }
    if (provider.tiers() != null) {
      provider.tiers().forEach((alias, name) -> alias(modes, usual, lower(alias), lower(name)));
    }
    return new Tariff(usual, modes);
  }

  private static TieredRates mode(
      RateTiers tiers, List<StatedPrices> standard, PriceFile.Mode mode) {
    if (mode.permille() != null && mode.rates() == null && mode.permille() > 0) {
      return tiers.times(standard, mode.permille());
    }
    if (mode.rates() != null && mode.permille() == null) {
      return tiers.mode(standard, StatedPrices.tiers(mode.rates()));
    }
    throw new IllegalArgumentException("a mode needs rates or a positive permille");
  }

  private static void alias(
      Map<String, TieredRates> modes, TieredRates standard, String alias, String name) {
    TieredRates meant = name.equals(Tariff.STANDARD) ? standard : modes.get(name);
    if (meant != null) {
      modes.putIfAbsent(alias, meant);
    }
  }

  private static List<Period.DailyWindow> windows(@Nullable List<String> daily) {
    if (daily == null) {
      return List.of();
    }
    return daily.stream().map(PriceTableReader::window).toList();
  }

  private static Period.DailyWindow window(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("not a time of day such as 00:30/16:30: " + text);
    }
    return new Period.DailyWindow(
        LocalTime.parse(text.substring(0, slash)).toSecondOfDay(),
        LocalTime.parse(text.substring(slash + 1)).toSecondOfDay());
  }

  private static List<NamePattern> patterns(@Nullable List<String> patterns) {
    return patterns == null
        ? List.of()
        : patterns.stream().map(NamePattern::parse).toList();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static <T> T stated(@Nullable T value, String what) {
    if (value == null
        || (value instanceof String text && text.isBlank())
        || (value instanceof List<?> list && list.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty())) {
      throw new IllegalArgumentException(what + " missing or empty");
    }
    return value;
  }

  private interface Step<T> {
    T run();
  }

  /** Runs a step so that what it refuses is reported with its place in the table. */
  private static <T> T checked(String where, Step<T> step) {
    try {
      return step.run();
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }
}
