package dev.purser.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says about its cost.
 *
 * @param usage what the provider bills by
 * @param besides what other models used for the same answer, such as an advisor that the answering
 *     model asked; not part of {@code usage}
 * @param answeredBy the model that answered, or null where the answer does not say; prices are its
 *     own if they are known
 * @param serviceTier the tier the call was served on, or null where the answer does not say
 * @param region the region that it was served in, where the provider bills a surcharge for the choice
 *     of one, such as {@code us}; else null
 * @param responseId the provider's id of the answer, or null
 * @param statedCost what the answer says it costs, which then is the charge; else null
 */
public record Settlement(
    Usage usage,
    List<ModelUsage> besides,
    @Nullable ModelId answeredBy,
    @Nullable String serviceTier,
    @Nullable String region,
    @Nullable String responseId,
    @Nullable Usd statedCost) {

  /** Copies the list. */
  public Settlement {
    besides = List.copyOf(besides);
    if (statedCost != null && statedCost.nanos() < 0) {
      throw new IllegalArgumentException("negative cost: " + statedCost);
    }
  }

  /** Makes a settlement of what one model used. */
  public Settlement(
      Usage usage,
      @Nullable ModelId answeredBy,
      @Nullable String serviceTier,
      @Nullable String responseId) {
    this(usage, List.of(), answeredBy, serviceTier, null, responseId, null);
  }

  /** Returns a settlement that only says what was used. */
  public static Settlement of(Usage usage) {
    return new Settlement(usage, null, null, null);
  }

  /** Returns this settlement with what other models used besides. */
  public Settlement besides(List<ModelUsage> others) {
    return new Settlement(usage, others, answeredBy, serviceTier, region, responseId, statedCost);
  }

  /** Returns this settlement on another service tier. */
  public Settlement onTier(@Nullable String tier) {
    return new Settlement(usage, besides, answeredBy, tier, region, responseId, statedCost);
  }

  /** Returns this settlement with the region that the provider bills for. */
  public Settlement inRegion(@Nullable String servedIn) {
    return new Settlement(
        usage, besides, answeredBy, serviceTier, servedIn, responseId, statedCost);
  }

  /** Returns this settlement with what the answer says it costs. */
  public Settlement costing(@Nullable Usd stated) {
    return new Settlement(usage, besides, answeredBy, serviceTier, region, responseId, stated);
  }

  /** Returns the tokens that all models read. */
  public long inputTokens() {
    long tokens = usage.inputTokens();
    for (ModelUsage each : besides) {
      tokens = saturatedSum(tokens, each.usage().inputTokens());
    }
    return tokens;
  }

  /** Returns the tokens that all models wrote. */
  public long outputTokens() {
    long tokens = usage.outputTokens();
    for (ModelUsage each : besides) {
      tokens = saturatedSum(tokens, each.usage().outputTokens());
    }
    return tokens;
  }

  private static long saturatedSum(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
