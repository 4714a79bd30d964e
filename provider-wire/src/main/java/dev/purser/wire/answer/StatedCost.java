package dev.purser.wire.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Reads costs that an answer states. Many are floats that somebody printed, such as {@code
 * 7.099999999999999e-05}: read as decimals, and rounded up once to a nano-dollar, after the noise of
 * binary floating point was taken off.
 */
public final class StatedCost {

  /** No call costs more; a bill like that is a mistake. */
  private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000);

  private static final int LONGEST = 64;

  /** Digits beyond these are what a sum of doubles leaves behind. */
  private static final int PICO = 12;

  private static final int NANO = 9;

  private StatedCost() {}

  /** Returns dollars, or null where none are stated that could be. */
  public static @Nullable Usd dollars(JsonNode value) {
    // More than a double holds is infinite, and has no decimals.
    boolean number = value.isNumber() && Double.isFinite(value.doubleValue());
    return number ? dollars(value.decimalValue()) : null;
  }

  /** Returns dollars that stand in a header, or null. */
  public static @Nullable Usd dollars(@Nullable String text) {
    if (text == null || text.isBlank() || text.length() > LONGEST) {
      return null;
    }
    try {
      return dollars(new BigDecimal(text.strip()));
    } catch (NumberFormatException e) {
      return null; // such as "None", which LiteLLM writes where it knows no price
    }
  }

  /** Returns xAI's ticks, ten billion to a dollar, as dollars; null where none are stated. */
  public static @Nullable Usd ticks(JsonNode value) {
    return value.isIntegralNumber() ? dollars(value.decimalValue().movePointLeft(10)) : null;
  }

  /** Returns the sum of two costs; null where one is not known. */
  public static @Nullable Usd sum(@Nullable Usd a, @Nullable Usd b) {
    return a == null || b == null ? null : a.plus(b);
  }

  private static @Nullable Usd dollars(BigDecimal dollars) {
    if (dollars.signum() < 0
        || dollars.precision() - dollars.scale() > LONGEST
        || dollars.compareTo(LARGEST) > 0) {
      return null;
    }
    if (dollars.scale() - dollars.precision() > LONGEST) {
      return Usd.ZERO; // less than anybody can bill, and a long way to write out
    }
    BigDecimal nanos = dollars
        .setScale(PICO, RoundingMode.HALF_EVEN)
        .setScale(NANO, RoundingMode.UP)
        .movePointRight(NANO);
    return Usd.ofNanos(nanos.longValueExact());
  }
}
