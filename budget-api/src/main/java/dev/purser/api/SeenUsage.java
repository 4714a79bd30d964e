package dev.purser.api;

import org.jspecify.annotations.Nullable;

/**
 * What could be seen of an answer whose usage nobody stated, or of which only a part came: a stream
 * that was cut, or a provider that counts nothing.
 *
 * @param stated what the answer had said of its usage by then
 * @param inputStated whether {@code stated} holds all of the input
 * @param outputStated whether {@code stated} holds the output up to where {@code visibleTokens} begin
 * @param visibleTokens a bound of the tokens that were written for everybody to see and that {@code stated}
 *     does not hold
 * @param hidden whether the model also wrote what nobody sees, so that the output has no bound but
 *     its cap
 * @param answeredBy the model that answered, or null
 * @param serviceTier the tier the call was served on, or null
 * @param responseId the provider's id of the answer, or null
 */
public record SeenUsage(
    Usage stated,
    boolean inputStated,
    boolean outputStated,
    long visibleTokens,
    boolean hidden,
    @Nullable ModelId answeredBy,
    @Nullable String serviceTier,
    @Nullable String responseId) {

  /** Refuses a negative count. */
  public SeenUsage {
    if (visibleTokens < 0) {
      throw new IllegalArgumentException("negative tokens: " + visibleTokens);
    }
  }
}
