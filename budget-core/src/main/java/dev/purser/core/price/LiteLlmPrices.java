package dev.purser.core.price;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.purser.api.Dimension;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The prices of a LiteLLM table, {@code model_prices_and_context_window.json}, as it is. Immutable.
 *
 * <p>An entry that is no model, states no price, or does what is not priced by tokens or by units that
 * answers report (videos, provisioned capacity) is passed over and counted. A price below zero or
 * above $10,000 a million tokens refuses the whole file: what else is wrong in it nobody knows. The
 * user may name the entries to leave out.
 */
public final class LiteLlmPrices {

  // Of an entry that is there twice the last one counts, as it does for LiteLLM.
  private static final ObjectReader JSON = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build()
      .readerFor(JsonNode.class);

  /** Twenty times the table of 2026. */
  private static final int LARGEST = 32 << 20;

  private static final int MOST_NAMED = 10;

  private static final String NAME = "litellm";

  private static final Set<String> MODES = Set.of(
      "chat",
      "completion",
      "responses",
      "embedding",
      "image_generation",
      "image_edit",
      "audio_transcription",
      "audio_speech",
      "moderation",
      "rerank",
      "ocr",
      "realtime");

  /** LiteLLM's names for providers that are otherwise known by a name which those do not contain. */
  private static final Map<String, String> PROVIDERS =
      Map.of("codestral", "mistral", "text-completion-codestral", "mistral");

  private record Row(String provider, String name, String id, LiteLlmEntry entry) {}

  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Integer> skipped = new TreeMap<>();
  private final List<String> absurd = new ArrayList<>();

  private LiteLlmPrices(JsonNode table, Filters without) {
    table.properties().forEach(entry -> {
      if (!without.match(entry.getKey())) {
        read(entry.getKey(), entry.getValue());
      }
    });
  }

  /** The entries to leave out. */
  private record Filters(List<dev.purser.api.Filter> patterns) {
    boolean match(String name) {
      return patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }
  }

  /**
   * Reads a table.
   *
   * @param without the names of entries to leave out, such as {@code wandb/*}; a {@code *} stands for
   *     any characters
   * @throws IllegalArgumentException if it is no such table, or an entry is absurd; the message names
   *     the entries
   * @throws IOException if it cannot be read
   */
  public static LiteLlmPrices read(Path file, String... without) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in, List.of(without));
    }
  }

  static LiteLlmPrices read(String file, InputStream in, List<String> without) throws IOException {
    byte[] json = in.readNBytes(LARGEST + 1);
    if (json.length > LARGEST) {
      throw new IllegalArgumentException(file + ": is larger than 32 MiB");
    }
    JsonNode table;
    try {
      table = JSON.readValue(json);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw new IllegalArgumentException(
          file + ": is no JSON" + (at == null ? "" : ": line " + at.getLineNr()) + ": "
              + e.getOriginalMessage().lines().findFirst().orElse(""),
          e);
    }
    if (!table.isObject()) {
      throw new IllegalArgumentException(file + ": is no table of LiteLLM: no object");
    }
    Filters filters = new Filters(
        without.isEmpty()
            ? List.of()
            : List.of(new dev.purser.api.Filter(Dimension.MODEL, without)));
    LiteLlmPrices prices = new LiteLlmPrices(table, filters);
    prices.check(file);
    return prices;
  }

  private void check(String file) {
    if (!absurd.isEmpty()) {
      int more = absurd.size() - MOST_NAMED;
      throw new IllegalArgumentException(file + ": "
          + String.join("; ", absurd.subList(0, Math.min(absurd.size(), MOST_NAMED)))
          + (more > 0 ? "; and " + more + " more entries" : "")
          + ". Correct them, or name them to leave them out");
    }
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(file + ": is no table of LiteLLM: it prices no model");
    }
  }

  private void read(String id, JsonNode fields) {
    if (id.equals("sample_spec") || !fields.isObject()) {
      skip("no model");
      return;
    }
    LiteLlmEntry entry = LiteLlmEntry.of(fields);
    String provider = fields.path("litellm_provider").asText("");
    if (!MODES.contains(entry.mode())) {
      skip("mode " + entry.mode());
    } else if (provider.isBlank()) {
      skip("no provider");
    } else if (id.contains("*") || id.contains("commitment/")) {
      // Bedrock's provisioned capacity, by the hour.
      skip("no model");
    } else {
      price(id, entry, PROVIDERS.getOrDefault(provider, provider));
    }
  }

  private void price(String id, LiteLlmEntry entry, String provider) {
    String name = id.toLowerCase(Locale.ROOT);
    try {
      if (entry.model(id, name) == null) {
        skip("no price");
      } else {
        rows.add(new Row(provider, name, id, entry));
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      absurd.add(id + ": " + e.getMessage());
    }
  }

  private void skip(String why) {
    skipped.merge(why, 1, Integer::sum);
  }

  /** Returns how many models have a price. */
  public int models() {
    return rows.size();
  }

  /** Returns how many entries were passed over, by why. */
  public Map<String, Integer> skipped() {
    return Collections.unmodifiableMap(skipped);
  }

  /**
   * Returns the rows of a table.
   *
   * @param providerName returns the table's name for a provider
   */
  PriceLayer layer(UnaryOperator<String> providerName) {
    Map<String, Map<String, PriceFile.Model>> providers = new LinkedHashMap<>();
    for (Row row : rows) {
      String provider = providerName.apply(row.provider());
      String name = bare(row, provider, providerName);
      PriceFile.Model model = row.entry().model(row.id() + " (LiteLLM)", name);
      if (model != null) {
        providers
            .computeIfAbsent(provider, each -> new LinkedHashMap<>())
            .merge(name, model, LiteLlmPrices::dearer);
      }
    }
    Map<String, List<PriceFile.Model>> models = new LinkedHashMap<>();
    providers.forEach((provider, each) -> models.put(provider, List.copyOf(each.values())));
    return new PriceLayer(NAME, models);
  }

  /** Takes off the prefix by which LiteLLM chooses a provider: {@code gemini/gemini-2.5-pro}. */
  private static String bare(Row row, String provider, UnaryOperator<String> providerName) {
    int slash = row.name().indexOf('/');
    if (slash <= 0 || slash == row.name().length() - 1) {
      return row.name();
    }
    String prefix = row.name().substring(0, slash);
    boolean chooses = prefix.equals(row.provider().toLowerCase(Locale.ROOT))
        || providerName.apply(PROVIDERS.getOrDefault(prefix, prefix)).equals(provider);
    return chooses ? row.name().substring(slash + 1) : row.name();
  }

  /** Two routes to one model of one provider: nobody knows which one a call took. */
  private static PriceFile.Model dearer(PriceFile.Model one, PriceFile.Model other) {
    return dearness(other) > dearness(one) ? other : one;
  }

  private static long dearness(PriceFile.Model model) {
    List<PriceFile.Era> periods = model.periods();
    List<Map<String, Long>> rates = periods == null ? null : periods.get(0).rates();
    if (rates == null) {
      return 0;
    }
    Map<String, Long> usual = rates.get(0);
    return usual.getOrDefault("input", 0L) + usual.getOrDefault("output", 0L);
  }

  @Override
  public String toString() {
    return "LiteLlmPrices[" + models() + " models, passed over " + skipped + "]";
  }
}
