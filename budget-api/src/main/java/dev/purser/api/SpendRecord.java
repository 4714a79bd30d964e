package dev.purser.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a call. Holds no prompt, no answer and no credential.
 *
 * @param id the call's id; a corrected charge, or a budget that only watches, has a record of its own
 *     with the same id
 * @param outcome how the call ended
 * @param startedAt when it was admitted or refused
 * @param endedAt when it ended
 * @param api the API it spoke, or the endpoint of an unmetered call
 * @param attribution what it was for
 * @param requested the model asked for
 * @param answered the model that answered, or null where nobody said
 * @param serviceTier the tier it was served on, or null
 * @param usage what was used, by all models that had a part in the answer; for a charge without an
 *     answer, the bound that was reserved
 * @param reservedNanoUsd what was held, in nano-dollars
 * @param costNanoUsd what was charged, in nano-dollars
 * @param computedNanoUsd where the answer stated its cost, and that was charged: what the usage costs
 *     by the price table, in nano-dollars; else null
 * @param priceTable the version of the prices
 * @param priceKnown whether the model has a price of its own there
 * @param reason why the reserved amount was charged, or why the call is unmetered; else null
 * @param refusal the facts of a refusal, else null
 * @param denial the facts of a denial, else null
 * @param responseId the provider's id of the answer, or null
 */
public record SpendRecord(
    String id,
    Outcome outcome,
    Instant startedAt,
    Instant endedAt,
    String api,
    Attribution attribution,
    ModelId requested,
    @Nullable ModelId answered,
    @Nullable String serviceTier,
    Usage usage,
    long reservedNanoUsd,
    long costNanoUsd,
    @Nullable Long computedNanoUsd,
    String priceTable,
    boolean priceKnown,
    @Nullable String reason,
    @Nullable Refusal refusal,
    @Nullable Denial denial,
    @Nullable String responseId) {

  /** How a call ended. */
  public enum Outcome {
    /** Charged what it used. */
    SETTLED,
    /** Charged what it used, after the reserved amount had been charged. */
    CORRECTED,
    /** Not billed. */
    RELEASED,
    /** Charged at the reserved amount, because nobody said what it used. */
    ABANDONED,
    /** Charged by what was seen of the answer, because nobody said what it used. */
    ESTIMATED,
    /** Not made, because no budget could carry it. */
    REFUSED,
    /** Not made, because its key or a freeze stands against it. */
    DENIED,
    /** Taken back, after the reserved amount had been charged and nobody said what it used. */
    WRITTEN_OFF,
    /** Made, although a budget that only watches could not carry it; the refusal says which. */
    OBSERVED,
    /** Passed without being counted. */
    UNMETERED
  }
}
