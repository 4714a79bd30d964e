package dev.purser.core.price;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the choice of a region adds to the price of every token, on whatever service tier. Immutable.
 *
 * <p>OpenAI bills 10 % more for models since GPT-5.4 at {@code us.} and {@code eu.api.openai.com},
 * Anthropic for models since Opus 4.6 where {@code inference_geo} is {@code us} ("Pricing" of
 * developers.openai.com and platform.claude.com). Fees stay as they are.
 *
 * @param permille thousandths of the price by region, in lower case
 */
record Regions(Map<String, Integer> permille) {

  /** No region costs more than another. */
  static final Regions NONE = new Regions(Map.of());

  /** The price as it is listed, in thousandths of it. */
  static final int LISTED = 1_000;

  Regions {
    permille = Map.copyOf(permille);
  }

  /**
   * Returns thousandths of the listed price. A region that is not listed where others are may be one
   * of them by another name, such as {@code us-east5}: the dearest has to do.
   *
   * @param region as the provider or the call names it; null where none was chosen
   */
  int of(@Nullable String region) {
    if (region == null || permille.isEmpty()) {
      return LISTED;
    }
    String name = region.strip().toLowerCase(Locale.ROOT);
    return switch (name) {
      // Anthropic answers not_available where a model knows no regions.
      case "", "global", "default", "none", "not_available" -> LISTED;
      default -> {
        Integer listed = permille.get(name);
        yield listed != null ? listed : dearest();
      }
    };
  }

  private int dearest() {
    int dearest = LISTED;
    for (int each : permille.values()) {
      dearest = Math.max(dearest, each);
    }
    return dearest;
  }
}
