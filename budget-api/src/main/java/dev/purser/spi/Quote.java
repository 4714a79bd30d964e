package dev.purser.spi;

import dev.purser.api.ModelId;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import org.jspecify.annotations.Nullable;

/**
 * The prices of a call, frozen at its admission: the same quote prices the worst case and the
 * settlement, whatever happens to the table in between. Immutable.
 */
public interface Quote {

  /** Returns the version of the price table. */
  String table();

  /**
   * Whether the model has a price of its own; false where it is charged as its provider's dearest.
   */
  boolean known();

  /**
   * Returns the most tokens that fit into the model's context window; 0 where that is not known. What
   * a provider counts towards it, and whether the answer is part of it, is the provider's business.
   */
  default long contextTokens() {
    return 0;
  }

  /** Returns the most tokens the model can write for one choice. */
  long maxOutputTokens();

  /**
   * Returns the most that a call of this bound can cost, rounded up to a nano-dollar: input may
   * turn out to be a cache write, output to be reasoning. Saturates at {@link Long#MAX_VALUE}.
   */
  long worstCaseNanoUsd(Usage bound);

  /**
   * Returns what the usage of an answer costs, rounded up once to a nano-dollar; whatever cost the
   * answer itself states is left aside. Saturates at {@link Long#MAX_VALUE}.
   */
  long costNanoUsd(Settlement settlement);

  /**
   * Returns what to charge for an answer: the cost that it states, or where it states none what its
   * usage costs.
   */
  default long chargeNanoUsd(Settlement settlement) {
    Usd stated = settlement.statedCost();
    return stated == null ? costNanoUsd(settlement) : stated.nanos();
  }

  /**
   * Returns the cost of what one model used, as {@link #costNanoUsd(Settlement)}.
   *
   * @param usage what was used
   * @param answeredBy the model that answered, null for the one asked for
   * @param serviceTier the tier the call was served on, null for the standard one
   */
  default long costNanoUsd(
      Usage usage, @Nullable ModelId answeredBy, @Nullable String serviceTier) {
    return costNanoUsd(new Settlement(usage, answeredBy, serviceTier, null));
  }
}
