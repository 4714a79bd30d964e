package dev.purser.core.price;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.UsageKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads one entry of LiteLLM's table. What is absurd is refused; what this table cannot say is left
 * out.
 *
 * @param fields the entry's fields
 * @param mode what the model does, {@code chat} if it does not say
 */
record LiteLlmEntry(JsonNode fields, String mode) {

  /** $10,000 a million tokens, in dollars a token. */
  private static final BigDecimal MOST_PER_TOKEN = new BigDecimal("0.01");

  /** Ten dollars a unit. */
  private static final BigDecimal MOST_PER_UNIT = BigDecimal.TEN;

  private static final BigDecimal MOST_TIMES = BigDecimal.TEN;
  private static final long MOST_TOKENS = 1_000_000_000;

  static LiteLlmEntry of(JsonNode fields) {
    return new LiteLlmEntry(fields, fields.path("mode").asText("chat").toLowerCase(Locale.ROOT));
  }

  /**
   * Returns a row of the table.
   *
   * @param id the entry's name, for messages
   * @param name the model's name at its provider
   * @return null if the entry states no price
   * @throws IllegalArgumentException if a price is absurd; the message names the field
   */
  PriceFile.@Nullable Model model(String id, String name) {
    LiteLlmRates rates = rates();
    List<Map<String, Long>> standard = rates.standard();
    Map<String, Long> fees = fees();
    if (standard == null && isFreeModeration()) {
      standard = List.of(new TreeMap<>(Map.of("input", 0L, "output", 0L)));
    }
    if (standard == null && fees.isEmpty()) {
      return null;
    }
    return new PriceFile.Model(
        id,
        List.of(name),
        tokens("max_input_tokens"),
        maxOutput(),
        List.of(new PriceFile.Era(null, null, standard, fees)),
        standard == null ? null : modes(rates),
        regions());
  }

  /** Zero may mean that nobody filled it in; of moderation it is known to be meant. */
  private boolean isFreeModeration() {
    return mode.equals("moderation") && fields.has("input_cost_per_token");
  }

  private LiteLlmRates rates() {
    LiteLlmRates rates = new LiteLlmRates();
    fields.properties().forEach(field -> {
      LiteLlmField meant = LiteLlmField.of(field.getKey());
      if (meant != null) {
        rates.add(meant, price(field.getKey(), field.getValue(), MOST_PER_TOKEN));
      }
    });
    for (JsonNode size : fields.path("tiered_pricing")) {
      long above = size.path("range").path(0).asLong(0);
      size.properties().forEach(field -> {
        LiteLlmField meant = LiteLlmField.of(field.getKey());
        if (meant != null) {
          rates.add(
              new LiteLlmField(meant.kind(), above, meant.tier()),
              price(field.getKey(), field.getValue(), MOST_PER_TOKEN));
        }
      });
    }
    return rates;
  }

  private @Nullable Map<String, PriceFile.Mode> modes(LiteLlmRates rates) {
    Map<String, PriceFile.Mode> modes = new TreeMap<>();
    Map<String, PriceFile.Mode> stated = rates.modes();
    if (stated != null) {
      modes.putAll(stated);
    }
    Integer fast = permille("fast", fields.path("provider_specific_entry").get("fast"));
    if (fast != null) {
      modes.put("fast", new PriceFile.Mode(null, fast));
    }
    return modes.isEmpty() ? null : modes;
  }

  private Map<String, Long> fees() {
    Map<String, Long> fees = new TreeMap<>();
    JsonNode search = fields.path("search_context_cost_per_query");
    // By how much context a search returns; the answer does not say, so the dearest.
    search.properties().forEach(size -> fee(fees, UsageKind.WEB_SEARCH, size.getValue()));
    if (search.isNumber()) {
      fee(fees, UsageKind.WEB_SEARCH, search);
    }
    JsonNode files = fields.get("file_search_cost_per_1k_calls");
    if (files != null && files.isNumber()) {
      fee(fees, UsageKind.FILE_SEARCH, files.decimalValue().movePointLeft(3));
    }
    fee(fees, UsageKind.CODE_INTERPRETER, fields.get("code_interpreter_cost_per_session"));
    fee(fees, UsageKind.REQUEST, fields.get("input_cost_per_request"));
    switch (mode) {
      case "rerank" -> fee(fees, UsageKind.RERANK_SEARCH, fields.get("input_cost_per_query"));
      case "ocr" -> fee(fees, UsageKind.PAGE, fields.get("ocr_cost_per_page"));
      case "audio_speech" -> both(fees, UsageKind.CHARACTER, "character");
      case "audio_transcription" -> both(fees, UsageKind.SECOND, "second");
      case "image_generation", "image_edit" -> both(fees, UsageKind.PICTURE, "image");
      default -> {}
    }
    return fees;
  }

  private void both(Map<String, Long> fees, UsageKind kind, String unit) {
    fee(fees, kind, fields.get("input_cost_per_" + unit));
    fee(fees, kind, fields.get("output_cost_per_" + unit));
  }

  private static void fee(Map<String, Long> fees, UsageKind kind, @Nullable JsonNode node) {
    BigDecimal usd = number(kind.toString(), node);
    if (usd != null) {
      fee(fees, kind, usd);
    }
  }

  private static void fee(Map<String, Long> fees, UsageKind kind, BigDecimal usd) {
    long pico = checked(kind + " fee", usd, MOST_PER_UNIT, "a unit");
    if (pico > 0) {
      fees.merge(kind.name().toLowerCase(Locale.ROOT), pico, Math::max);
    }
  }

  private @Nullable Map<String, Integer> regions() {
    Map<String, Integer> regions = new TreeMap<>();
    region(regions, "us", fields.get("regional_processing_uplift_multiplier_us"));
    region(regions, "eu", fields.get("regional_processing_uplift_multiplier_eu"));
    region(regions, "regional", fields.get("regional_endpoint_uplift_multiplier"));
    region(regions, "us", fields.path("provider_specific_entry").get("us"));
    return regions.isEmpty() ? null : regions;
  }

  private static void region(Map<String, Integer> regions, String name, @Nullable JsonNode node) {
    Integer permille = permille(name, node);
    if (permille != null && permille > Regions.LISTED) {
      regions.put(name, permille);
    }
  }

  private static @Nullable Integer permille(String what, @Nullable JsonNode node) {
    BigDecimal times = number(what, node);
    if (times == null) {
      return null;
    }
    if (times.compareTo(BigDecimal.ONE) < 0 || times.compareTo(MOST_TIMES) > 0) {
      throw new IllegalArgumentException(what + " is absurd: " + times.toPlainString() + " times");
    }
    return times.movePointRight(3).setScale(0, RoundingMode.CEILING).intValueExact();
  }

  private @Nullable Long maxOutput() {
    return switch (mode) {
      case "chat", "completion", "responses", "realtime" -> tokens("max_output_tokens");
      default -> 0L;
    };
  }

  private @Nullable Long tokens(String field) {
    BigDecimal tokens = number(field, fields.get(field));
    if (tokens == null || tokens.signum() == 0) {
      return null;
    }
    if (tokens.signum() < 0 || tokens.compareTo(BigDecimal.valueOf(MOST_TOKENS)) > 0) {
      throw new IllegalArgumentException(field + " is absurd: " + tokens.toPlainString());
    }
    return tokens.longValue();
  }

  private static long price(String field, JsonNode node, BigDecimal most) {
    BigDecimal usd = number(field, node);
    return usd == null ? 0 : checked(field, usd, most, "a token");
  }

  private static long checked(String field, BigDecimal usd, BigDecimal most, String unit) {
    if (usd.signum() < 0 || usd.compareTo(most) > 0) {
      throw new IllegalArgumentException(field + " is absurd: $" + usd.toPlainString() + " " + unit
          + ", not from nothing to $" + most.toPlainString());
    }
    return LiteLlmNumber.pico(usd).longValueExact();
  }

  private static @Nullable BigDecimal number(String field, @Nullable JsonNode node) {
    try {
      return LiteLlmNumber.of(node);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(field + " " + e.getMessage(), e);
    }
  }
}
