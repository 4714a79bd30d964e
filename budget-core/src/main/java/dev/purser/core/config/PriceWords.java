package dev.purser.core.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** Reads prices: exact decimals of US dollars, with or without a {@code $}. */
final class PriceWords {

  private static final Pattern FORM = Pattern.compile("-?\\$?\\d+(?:_\\d+)*(?:\\.\\d+)?");
  private static final Pattern TIMES = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3})?");
  private static final int LONGEST = 40;

  /** Pico-dollars a token for $1 a million, and in a dollar, as powers of ten. */
  private static final int A_MILLION = 6;

  private static final int A_UNIT = 12;

  private static final BigDecimal MOST_A_MILLION = new BigDecimal("10000");
  private static final BigDecimal LEAST_A_MILLION = new BigDecimal("0.0001");
  private static final BigDecimal MOST_A_UNIT = BigDecimal.TEN;

  private PriceWords() {}

  /** Reads dollars a million tokens; returns pico-dollars a token. */
  static long perMillion(String text) {
    BigDecimal usd = usd(text, "2.50 for $2.50 a million tokens");
    if (usd.signum() == 0) {
      throw new IllegalArgumentException(
          "must be above zero; name models that cost nothing under free-models");
    }
    if (usd.compareTo(LEAST_A_MILLION) < 0) {
      throw new IllegalArgumentException("is below $0.0001 a million tokens: " + Excerpt.of(text)
          + "; prices are those of a million tokens, not of one");
    }
    if (usd.compareTo(MOST_A_MILLION) > 0) {
      throw new IllegalArgumentException("is above $10,000 a million tokens: " + Excerpt.of(text)
          + "; prices are those of a million tokens");
    }
    return exact(usd, A_MILLION, text, "six decimals");
  }

  /** Reads dollars a unit; returns pico-dollars. */
  static long perUnit(String text) {
    BigDecimal usd = usd(text, "0.01 for a cent each");
    if (usd.compareTo(MOST_A_UNIT) > 0) {
      throw new IllegalArgumentException("is above $10 each: " + Excerpt.of(text)
          + "; fees are those of one search, page, picture or call, not of a thousand");
    }
    return exact(usd, A_UNIT, text, "twelve decimals");
  }

  /** Reads by how much a region is dearer; returns thousandths. */
  static int times(String text) {
    BigDecimal times = TIMES.matcher(text).matches() ? new BigDecimal(text) : BigDecimal.ZERO;
    if (times.compareTo(BigDecimal.ONE) < 0 || times.compareTo(BigDecimal.TEN) > 0) {
      throw new IllegalArgumentException("not a multiple from 1 to 10: " + Excerpt.quoted(text)
          + "; write 1.1 where a region costs 10 % more");
    }
    return times.movePointRight(3).setScale(0, RoundingMode.UNNECESSARY).intValueExact();
  }

  private static BigDecimal usd(String text, String example) {
    if (text.contains(",")) {
      throw new IllegalArgumentException(LimitWords.commaHint(text.replace(",", "")));
    }
    if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "not a price in US dollars: " + Excerpt.quoted(text) + "; write " + example);
    }
    BigDecimal usd = new BigDecimal(text.replace("_", "").replace("$", ""));
    if (usd.signum() < 0) {
      throw new IllegalArgumentException("must not be below zero, is " + Excerpt.of(text));
    }
    return usd;
  }

  private static long exact(BigDecimal usd, int places, String text, String finest) {
    try {
      return usd.movePointRight(places).longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("has more than " + finest + ": " + Excerpt.of(text), e);
    }
  }
}
