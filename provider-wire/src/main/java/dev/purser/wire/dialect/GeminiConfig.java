package dev.purser.wire.dialect;

import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.request.JsonBody;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request to Google says of how it is to be answered. Its servers take the names of fields in
 * camel case and in snake case.
 *
 * @param body the request
 */
record GeminiConfig(JsonBody body) {

  /** More than Google makes; keeps an absurd number out of the hold. */
  private static final int MOST_CHOICES = 64;

  private static final Pattern NEVER_THINKS = Pattern.compile("gemini-(?:1\\.|2\\.0-).*|gemma.*");

  /** Vertex AI is told the tier in a header ("Flex PayGo" and "Priority PayGo" in its guides). */
  private static final String TIER_HEADER = "X-Vertex-AI-LLM-Shared-Request-Type";

  boolean isSnake() {
    return body.last("generationConfig") == null && body.last("generation_config") != null;
  }

  int choices() {
    BigDecimal asked = number(config("candidateCount", "candidate_count"));
    return asked == null || asked.compareTo(BigDecimal.ONE) <= 0
        ? 1
        : asked.min(BigDecimal.valueOf(MOST_CHOICES)).intValue();
  }

  /**
   * Whether the model may think before it answers: all since 2.5 may, unless they are told not to.
   *
   * @see <a href="https://ai.google.dev/gemini-api/docs/thinking">Gemini API: thinking</a>
   */
  boolean mayThink(String model) {
    JsonSlice thinking = config("thinkingConfig", "thinking_config");
    BigDecimal budget =
        number(thinking == null ? null : either(thinking, "thinkingBudget", "thinking_budget"));
    boolean off = budget != null && budget.signum() == 0;
    return !off && !NEVER_THINKS.matcher(model).matches();
  }

  @Nullable String serviceTier(Function<String, @Nullable String> headers) {
    String stated = body.text("serviceTier");
    String other = stated == null ? body.text("service_tier") : stated;
    return tier(other == null ? headers.apply(TIER_HEADER) : other);
  }

  /** Returns a tier as the price table names it; null where nothing is said. */
  static @Nullable String tier(@Nullable String stated) {
    String name = stated == null ? "" : stated.strip().toLowerCase(Locale.ROOT);
    if (name.startsWith("service_tier_")) {
      name = name.substring("service_tier_".length());
    }
    return name.isEmpty() || name.equals("unspecified") ? null : name;
  }

  private @Nullable JsonSlice config(String camel, String snake) {
    for (String name : new String[] {"generationConfig", "generation_config"}) {
      JsonSlice config = body.last(name);
      JsonSlice value = config == null ? null : either(config, camel, snake);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static @Nullable JsonSlice either(JsonSlice object, String camel, String snake) {
    JsonSlice value = object.fields().get(camel);
    return value == null ? object.fields().get(snake) : value;
  }

  private static @Nullable BigDecimal number(@Nullable JsonSlice value) {
    return value == null ? null : value.number();
  }
}
