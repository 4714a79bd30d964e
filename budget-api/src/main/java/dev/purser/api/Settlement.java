package dev.purser.api;

import org.jspecify.annotations.Nullable;

/**
 * What an answer says about its cost.
 *
 * @param usage what the provider bills by
 * @param answeredBy the model that answered, or null where the answer does not say; prices are its
 *     own if they are known
 * @param serviceTier the tier the call was served on, or null where the answer does not say
 * @param responseId the provider's id of the answer, or null
 */
public record Settlement(
    Usage usage,
    @Nullable ModelId answeredBy,
    @Nullable String serviceTier,
    @Nullable String responseId) {

  /** Returns a settlement that only says what was used. */
  public static Settlement of(Usage usage) {
    return new Settlement(usage, null, null, null);
  }
}
