package dev.purser.core.config;

import dev.purser.api.Measure;
import dev.purser.api.Usd;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads limits. Money is an exact decimal of US dollars, with or without a {@code $}; counts are whole
 * numbers, where {@code k} stands for thousands and {@code M} for millions. Digits may be grouped by
 * underscores, never by commas, which YAML takes for the end of a value.
 */
final class LimitWords {

  private static final Pattern MONEY = Pattern.compile("-?\\$?\\d+(?:_\\d+)*(?:\\.\\d+)?");
  private static final Pattern COUNT = Pattern.compile("(-?\\d+(?:_\\d+)*)([kM]?)");

  /** Longer than any amount in range. */
  private static final int LONGEST = 40;

  private LimitWords() {}

  /** Returns nano-dollars, tokens, requests or calls, as {@code measure} says. */
  static long read(Measure measure, String text) {
    return measure == Measure.USD ? nanos(text) : count(measure, text);
  }

  private static long nanos(String text) {
    refuseCommas(text);
    if (text.length() > LONGEST || !MONEY.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "not an amount of US dollars: " + Excerpt.quoted(text) + "; write 75, $0.50 or $250_000");
    }
    return Usd.of(text.replace("_", "")).nanos();
  }

  /** Reads a count of anything but money. */
  static long count(Measure measure, String text) {
    return count(measure.name().toLowerCase(Locale.ROOT).replace('_', ' '), text);
  }

  static long count(String what, String text) {
    refuseCommas(text);
    Matcher form = COUNT.matcher(text);
    if (text.length() > LONGEST || !form.matches()) {
      throw new IllegalArgumentException("not a number of "
          + what
          + ": "
          + Excerpt.quoted(text)
          + "; write 2000, 2_000, 2k or 2M");
    }
    long unit = switch (form.group(2)) {
      case "k" -> 1_000;
      case "M" -> 1_000_000;
      default -> 1;
    };
    try {
      return Math.multiplyExact(Long.parseLong(form.group(1).replace("_", "")), unit);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("too many " + what + ": " + Excerpt.quoted(text), e);
    }
  }

  private static void refuseCommas(String text) {
    if (text.contains(",")) {
      throw new IllegalArgumentException(commaHint(text.replace(",", "")));
    }
  }

  /** Returns what to say of an amount with commas, given the amount without. */
  static String commaHint(String amount) {
    return "amounts are written without commas: " + Excerpt.of(amount);
  }
}
