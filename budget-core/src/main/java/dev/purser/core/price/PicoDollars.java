package dev.purser.core.price;

import java.math.BigInteger;

/**
 * An exact sum of units × price in pico-dollars, kept in 128 bits: 24 kinds of up to 2^63 units at
 * up to 2^44 pico-dollars stay below 2^112. Not safe for use by several threads.
 */
final class PicoDollars implements Comparable<PicoDollars> {

  private static final int PICO_PER_NANO = 1_000;

  private long high;
  private long low;

  /** Adds {@code units} at a price, neither of them negative. */
  void add(long units, long picoPerUnit) {
    long product = units * picoPerUnit;
    low += product;
    long carry = Long.compareUnsigned(low, product) < 0 ? 1 : 0;
    high += Math.multiplyHigh(units, picoPerUnit) + carry;
  }

  /** Adds another sum. */
  void add(PicoDollars other) {
    low += other.low;
    long carry = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
    high += other.high + carry;
  }

  /** Returns the sum in nano-dollars, rounded up; {@link Long#MAX_VALUE} if it is out of range. */
  long toNanoUsd() {
    if (high == 0 && low >= 0) {
      return low / PICO_PER_NANO + (low % PICO_PER_NANO == 0 ? 0 : 1);
    }
    BigInteger nano = exact()
        .add(BigInteger.valueOf(PICO_PER_NANO - 1L))
        .divide(BigInteger.valueOf(PICO_PER_NANO));
    return nano.bitLength() < Long.SIZE ? nano.longValue() : Long.MAX_VALUE;
  }

  /** Returns the sum in pico-dollars. */
  BigInteger exact() {
    BigInteger lower = BigInteger.valueOf(low & Long.MAX_VALUE);
    return BigInteger.valueOf(high)
        .shiftLeft(Long.SIZE)
        .add(low < 0 ? lower.setBit(Long.SIZE - 1) : lower);
  }

  @Override
  public int compareTo(PicoDollars other) {
    int byHigh = Long.compare(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PicoDollars that && high == that.high && low == that.low;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(high) * 31 + Long.hashCode(low);
  }

  @Override
  public String toString() {
    return exact() + " pico-dollars";
  }
}
