package dev.purser.core.pipeline;

import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.spi.Amounts;
import dev.purser.spi.Quote;
import dev.purser.spi.Room;

/**
 * How the worst case of a call depends on its output cap, and what cap a given room pays for.
 *
 * @param input a bound of what the model will read
 * @param choices how many answers are asked for; each may be as long as the cap
 * @param quote the call's prices
 */
record WorstCase(Usage input, int choices, Quote quote) {

  /** Returns the bound of a call whose answers are each at most {@code cap} tokens long. */
  Usage bound(long cap) {
    return input.toBuilder()
        .add(UsageKind.OUTPUT, saturatedProduct(cap, choices))
        .add(UsageKind.REQUEST, 1)
        .build();
  }

  /** Returns what to hold for a cap. */
  Amounts amounts(long cap) {
    return amounts(bound(cap));
  }

  /** Returns what to hold for a bound. */
  Amounts amounts(Usage bound) {
    return new Amounts(quote.worstCaseNanoUsd(bound), bound.inputTokens(), bound.outputTokens(), 1);
  }

  /**
   * Returns the largest cap below {@code cap} that the room pays for; −1 if it does not even pay for
   * {@code least}. Costs rise with the cap, so halving finds it whatever the prices are.
   */
  long largestCap(Room room, long least, long cap) {
    if (!fits(room, least)) {
      return -1;
    }
    long paid = least;
    long unpaid = cap;
    while (unpaid - paid > 1) {
      long middle = paid + (unpaid - paid) / 2;
      if (fits(room, middle)) {
        paid = middle;
      } else {
        unpaid = middle;
      }
    }
    return paid;
  }

  /** Whether the room pays for a cap. */
  boolean fits(Room room, long cap) {
    return room.fits(amounts(cap));
  }

  private static long saturatedProduct(long a, int b) {
    return a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
  }
}
