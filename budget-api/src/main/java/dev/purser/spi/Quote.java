package dev.purser.spi;

import dev.purser.api.ModelId;
import dev.purser.api.Usage;
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

  /** Returns the most tokens the model can write for one choice. */
  long maxOutputTokens();

  /**
   * Returns the most that a call of this bound can cost, rounded up to a nano-dollar: input may
   * turn out to be a cache write, output to be reasoning. Saturates at {@link Long#MAX_VALUE}.
   */
  long worstCaseNanoUsd(Usage bound);

  /**
   * Returns the cost of what was used, rounded up once to a nano-dollar. Saturates at {@link
   * Long#MAX_VALUE}.
   *
   * @param usage what was used
   * @param answeredBy the model that answered, null for the one asked for
   * @param serviceTier the tier the call was served on, null for the standard one
   */
  long costNanoUsd(Usage usage, @Nullable ModelId answeredBy, @Nullable String serviceTier);
}
