package dev.purser.samples.demo;

import java.math.BigDecimal;

/**
 * An exact amount of money as a provider counts it: its prices are whole pico-dollars a token.
 *
 * @param picos pico-dollars (1 USD = 1,000,000,000,000)
 */
record PicoUsd(long picos) {

  private static final int SCALE = 12;
  private static final long PICOS_PER_NANO = 1_000;

  static PicoUsd ofNanos(long nanos) {
    return new PicoUsd(Math.multiplyExact(nanos, PICOS_PER_NANO));
  }

  /** Returns by how much this is more than {@code limit}; nothing if it is not. */
  PicoUsd above(PicoUsd limit) {
    return new PicoUsd(Math.max(0, Math.subtractExact(picos, limit.picos)));
  }

  /** Renders every digit, with at least two decimals: {@code 0.9000875}. */
  @Override
  public String toString() {
    BigDecimal exact = BigDecimal.valueOf(picos, SCALE).stripTrailingZeros();
    return (exact.scale() < 2 ? exact.setScale(2) : exact).toPlainString();
  }
}
