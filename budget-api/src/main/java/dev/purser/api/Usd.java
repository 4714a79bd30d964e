package dev.purser.api;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * An amount of US dollars, held as a whole number of nano-dollars (1 USD = 1,000,000,000).
 *
 * <p>The range is about ±9.2 billion dollars. Arithmetic is exact and throws {@link
 * ArithmeticException} where the result leaves the range.
 *
 * @param nanos the amount in nano-dollars; may be negative, as what remains of an overdrawn budget
 */
public record Usd(long nanos) implements Comparable<Usd> {

  /** No money. */
  public static final Usd ZERO = new Usd(0);

  private static final int SCALE = 9;
  private static final Pattern FORM =
      Pattern.compile("(-?)\\$?(\\d{1,3}(?:,\\d{3})+|\\d+)(\\.\\d+)?");

  /**
   * Reads an amount such as {@code "75"}, {@code "$0.25"} or {@code "1,250.00"}.
   *
   * @throws IllegalArgumentException if the text is not an amount, has more than nine decimals, or
   *     is out of range
   */
  public static Usd of(String text) {
    var form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "not an amount of US dollars: \"" + text + "\" (write 75, $0.25 or 1,250.00)");
    }
    String decimals = form.group(3);
    BigDecimal amount = new BigDecimal(
        form.group(1) + form.group(2).replace(",", "") + (decimals == null ? "" : decimals));
    try {
      return new Usd(amount.movePointRight(SCALE).longValueExact());
    } catch (ArithmeticException e) {
      String why = amount.stripTrailingZeros().scale() > SCALE
          ? "more than nine decimals; the smallest amount is one nano-dollar"
          : "out of range; the largest is " + new Usd(Long.MAX_VALUE);
      throw new IllegalArgumentException("amount \"" + text + "\" has " + why, e);
    }
  }

  /** Returns the given number of nano-dollars. */
  public static Usd ofNanos(long nanos) {
    return nanos == 0 ? ZERO : new Usd(nanos);
  }

  /**
   * Returns the sum.
   *
   * @throws ArithmeticException if it is out of range
   */
  public Usd plus(Usd other) {
    return ofNanos(Math.addExact(nanos, other.nanos));
  }

  /**
   * Returns the difference.
   *
   * @throws ArithmeticException if it is out of range
   */
  public Usd minus(Usd other) {
    return ofNanos(Math.subtractExact(nanos, other.nanos));
  }

  /** Whether this is more than nothing. */
  public boolean isPositive() {
    return nanos > 0;
  }

  /** Returns the exact amount in dollars. */
  public BigDecimal toBigDecimal() {
    return BigDecimal.valueOf(nanos, SCALE);
  }

  @Override
  public int compareTo(Usd other) {
    return Long.compare(nanos, other.nanos);
  }

  /**
   * Renders every digit, with at least two decimals and no currency sign: {@code 75.00}, {@code
   * 0.0000375}.
   */
  @Override
  public String toString() {
    BigDecimal exact = toBigDecimal().stripTrailingZeros();
    return (exact.scale() < 2 ? exact.setScale(2) : exact).toPlainString();
  }
}
