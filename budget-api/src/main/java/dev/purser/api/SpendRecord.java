package dev.purser.api;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a call. Holds no credential, and no prompt and no answer unless somebody asked for
 * them. Immutable.
 *
 * @param id the call's id; a corrected charge, or a budget that only watches, has a record of its own
 *     with the same id
 * @param outcome how the call ended
 * @param startedAt when it was admitted or refused
 * @param endedAt when it ended
 * @param api the API it spoke, or the endpoint of an unmetered call
 * @param attribution what it was for
 * @param requested the model asked for
 * @param model the model that was called; another than was asked for if the call was routed
 * @param routing why it was routed, or null if it was not
 * @param answered the model that answered, or null where nobody said
 * @param serviceTier the tier it was served on, or null
 * @param usage what was used, by all models that had a part in the answer; for a charge without an
 *     answer, the bound that was reserved
 * @param reservedNanoUsd what was held, in nano-dollars
 * @param costNanoUsd what was charged, in nano-dollars
 * @param spentNanoUsd what this record adds to what was spent, in nano-dollars: less than nothing where
 *     it takes back what was charged before; the sum over all records is what was spent
 * @param computedNanoUsd where the answer stated its cost, and that was charged: what the usage costs
 *     by the price table, in nano-dollars; else null
 * @param priceTable the version of the prices
 * @param priceKnown whether the model has a price of its own there
 * @param reason why the reserved amount was charged, or why the call is unmetered; else null
 * @param refusal the facts of a refusal, else null
 * @param denial the facts of a denial, else null
 * @param responseId the provider's id of the answer, or null
 * @param bill the bill that the call only read, or null
 * @param exchange what else was seen of the call
 */
public record SpendRecord(
    String id,
    Outcome outcome,
    Instant startedAt,
    Instant endedAt,
    String api,
    Attribution attribution,
    ModelId requested,
    ModelId model,
    @Nullable String routing,
    @Nullable ModelId answered,
    @Nullable String serviceTier,
    Usage usage,
    long reservedNanoUsd,
    long costNanoUsd,
    long spentNanoUsd,
    @Nullable Long computedNanoUsd,
    String priceTable,
    boolean priceKnown,
    @Nullable String reason,
    @Nullable Refusal refusal,
    @Nullable Denial denial,
    @Nullable String responseId,
    @Nullable String bill,
    Exchange exchange) {

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
    UNMETERED;

    /** Whether the call costs, or may cost, something: all but those that were never counted. */
    public boolean charges() {
      return switch (this) {
        case SETTLED, CORRECTED, RELEASED, ABANDONED, ESTIMATED, WRITTEN_OFF -> true;
        case REFUSED, DENIED, OBSERVED, UNMETERED -> false;
      };
    }
  }

  /** Returns whence the usage comes. */
  public UsageSource usageSource() {
    return switch (outcome) {
      case SETTLED, CORRECTED -> UsageSource.REPORTED;
      case ESTIMATED -> UsageSource.ESTIMATED;
      case ABANDONED, WRITTEN_OFF -> UsageSource.RESERVED;
      case RELEASED, REFUSED, DENIED, OBSERVED, UNMETERED -> UsageSource.NONE;
    };
  }

  /** Returns this record, adding another amount to what was spent, in nano-dollars. */
  public SpendRecord spending(long nanoUsd) {
    return spentNanoUsd == nanoUsd ? this : toBuilder().spent(nanoUsd).build();
  }

  /** Returns a builder of a record of a call of a model. */
  public static Builder builder(String id, Outcome outcome, ModelId requested, Instant startedAt) {
    return new Builder(id, outcome, requested, startedAt);
  }

  /** Returns a builder that begins with this record. */
  public Builder toBuilder() {
    Builder builder = new Builder(id, outcome, requested, startedAt);
    builder.endedAt = endedAt;
    builder.api = api;
    builder.attribution = attribution;
    builder.model = model;
    builder.routing = routing;
    builder.answered = answered;
    builder.serviceTier = serviceTier;
    builder.usage = usage;
    builder.reservedNanoUsd = reservedNanoUsd;
    builder.costNanoUsd = costNanoUsd;
    builder.spentNanoUsd = spentNanoUsd;
    builder.computedNanoUsd = computedNanoUsd;
    builder.priceTable = priceTable;
    builder.priceKnown = priceKnown;
    builder.reason = reason;
    builder.refusal = refusal;
    builder.denial = denial;
    builder.responseId = responseId;
    builder.bill = bill;
    builder.exchange = exchange;
    return builder;
  }

  /** Collects the parts of a record; what is left out is nothing. Not safe for use by several threads. */
  public static final class Builder {
    private final String id;
    private final ModelId requested;
    private final Instant startedAt;
    private Outcome outcome;
    private @Nullable Instant endedAt;
    private String api = "direct";
    private Attribution attribution = Attribution.NONE;
    private @Nullable ModelId model;
    private @Nullable String routing;
    private @Nullable ModelId answered;
    private @Nullable String serviceTier;
    private Usage usage = Usage.NONE;
    private long reservedNanoUsd;
    private long costNanoUsd;
    private long spentNanoUsd;
    private @Nullable Long computedNanoUsd;
    private String priceTable = "";
    private boolean priceKnown;
    private @Nullable String reason;
    private @Nullable Refusal refusal;
    private @Nullable Denial denial;
    private @Nullable String responseId;
    private @Nullable String bill;
    private Exchange exchange = Exchange.NONE;

    private Builder(String id, Outcome outcome, ModelId requested, Instant startedAt) {
      this.id = id;
      this.outcome = outcome;
      this.requested = requested;
      this.startedAt = startedAt;
    }

    /** Sets how the call ended. */
    public Builder outcome(Outcome how) {
      outcome = how;
      return this;
    }

    /** Sets when it ended; when it began, if left out. */
    public Builder endedAt(Instant at) {
      endedAt = at;
      return this;
    }

    /** Sets the API, {@code direct} if left out. */
    public Builder api(String spoken) {
      api = spoken;
      return this;
    }

    /** Sets what it was for. */
    public Builder attribution(Attribution who) {
      attribution = who;
      return this;
    }

    /** Sets the model that was called, and why another than was asked for. */
    public Builder routed(ModelId called, @Nullable String why) {
      model = called;
      routing = why;
      return this;
    }

    /** Sets what the answer says of itself. */
    public Builder answered(
        @Nullable ModelId by, @Nullable String tier, @Nullable String answerId) {
      answered = by;
      serviceTier = tier;
      responseId = answerId;
      return this;
    }

    /** Sets what was used. */
    public Builder usage(Usage used) {
      usage = used;
      return this;
    }

    /** Sets what was held and what was charged, in nano-dollars, and that nothing was before. */
    public Builder charged(long reserved, long cost) {
      reservedNanoUsd = reserved;
      costNanoUsd = cost;
      return spent(cost);
    }

    /** Sets what the record adds to what was spent, in nano-dollars. */
    public Builder spent(long nanoUsd) {
      spentNanoUsd = nanoUsd;
      return this;
    }

    /** Sets what the price table makes of a usage whose cost was stated, in nano-dollars. */
    public Builder computed(@Nullable Long nanoUsd) {
      computedNanoUsd = nanoUsd;
      return this;
    }

    /** Sets the prices. */
    public Builder prices(String table, boolean known) {
      priceTable = table;
      priceKnown = known;
      return this;
    }

    /** Sets why the reserved amount was charged, or why nothing was counted. */
    public Builder reason(@Nullable String why) {
      reason = why;
      return this;
    }

    /** Sets the facts of a refusal. */
    public Builder refusal(@Nullable Refusal facts) {
      refusal = facts;
      return this;
    }

    /** Sets the facts of a denial. */
    public Builder denial(@Nullable Denial facts) {
      denial = facts;
      return this;
    }

    /** Sets the bill that was read. */
    public Builder bill(@Nullable String name) {
      bill = name;
      return this;
    }

    /** Sets what else was seen. */
    public Builder exchange(Exchange seen) {
      exchange = seen;
      return this;
    }

    /** Returns the record. */
    public SpendRecord build() {
      return new SpendRecord(
          id,
          outcome,
          startedAt,
          Objects.requireNonNullElse(endedAt, startedAt),
          api,
          attribution,
          requested,
          Objects.requireNonNullElse(model, requested),
          routing,
          answered,
          serviceTier,
          usage,
          reservedNanoUsd,
          costNanoUsd,
          spentNanoUsd,
          computedNanoUsd,
          priceTable,
          priceKnown,
          reason,
          refusal,
          denial,
          responseId,
          bill,
          exchange);
    }
  }
}
