package dev.purser.spi;

import dev.purser.api.ModelId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where prices come from. Safe for use by several threads; no I/O on the caller's path. */
public interface PriceBook {

  /**
   * Quotes a call. Never free for want of a price: a model that is not in the book is quoted as the
   * dearest of its provider, and the quote says so.
   *
   * @param model the model asked for
   * @param serviceTier the tier asked for, or null
   * @param region the region asked for, where the provider bills a surcharge for the choice, or null
   * @param at the instant of admission, which decides between prices that changed over time
   */
  Quote quote(ModelId model, @Nullable String serviceTier, @Nullable String region, Instant at);

  /** Quotes a call that chooses no region. */
  default Quote quote(ModelId model, @Nullable String serviceTier, Instant at) {
    return quote(model, serviceTier, null, at);
  }
}
