package dev.purser.core.price;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers of LiteLLM's table without passing through a {@code double}: {@code 1.25e-07} as a
 * number or as text.
 */
final class LiteLlmNumber {

  /** Pico-dollars in a dollar. */
  private static final int PICO = 12;

  /** Whoever wrote the table computed in doubles: 2.8000000000000003e-07 stands for 2.8e-07. */
  private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);

  /** No price and no limit has an exponent beyond this; arithmetic on one would not end. */
  private static final int MOST_EXPONENT = 40;

  private LiteLlmNumber() {}

  /**
   * Returns the number.
   *
   * @return null where there is none
   * @throws IllegalArgumentException if there is something else
   */
  static @Nullable BigDecimal of(@Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return null;
    }
    if (!node.isNumber() && !node.isTextual()) {
      throw new IllegalArgumentException("is no number");
    }
    try {
      BigDecimal number = node.isNumber() ? node.decimalValue() : new BigDecimal(node.asText());
      if (Math.abs((long) number.precision() - number.scale()) > MOST_EXPONENT) {
        throw new IllegalArgumentException("is absurd: " + cut(node.asText()));
      }
      return number.round(DIGITS);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is no number: " + cut(node.asText()), e);
    }
  }

  /** Returns dollars in pico-dollars, rounded up. */
  static BigDecimal pico(BigDecimal usd) {
    return usd.movePointRight(PICO).setScale(0, RoundingMode.CEILING);
  }

  private static String cut(String text) {
    return text.length() > MOST_EXPONENT ? text.substring(0, MOST_EXPONENT) + "…" : text;
  }
}
