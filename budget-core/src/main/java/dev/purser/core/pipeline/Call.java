package dev.purser.core.pipeline;

import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.CallIntent;
import dev.purser.api.Ceiling;
import dev.purser.api.ModelId;
import dev.purser.api.Settlement;
import dev.purser.core.route.Route;
import dev.purser.spi.Quote;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a call that stay the same from its admission to its record.
 *
 * @param at the clock reading of its admission, which decides the windows; of a call that waits, that
 *     of the try that succeeds
 */
record Call(
    String id,
    Instant at,
    String api,
    Attribution attribution,
    @Nullable AttributionScope scope,
    List<Ceiling> ceilings,
    ModelId requested,
    Route route,
    @Nullable String serviceTier,
    @Nullable String region,
    @Nullable String bill,
    int attempt,
    boolean stream,
    Quote quote) {

  static Call of(
      String id, Instant at, CallIntent intent, Attribution who, Route route, Quote quote) {
    return new Call(
        id,
        at,
        intent.api(),
        who,
        intent.scope(),
        intent.ceilings(),
        intent.model(),
        route,
        intent.serviceTier(),
        intent.region(),
        intent.bill(),
        intent.attempt() + intent.tried().size(),
        intent.stream(),
        quote);
  }

  /** Returns the model that it is sent to. */
  ModelId model() {
    return route.model();
  }

  /** Returns what an answer is charged, at the prices of the call's admission. */
  Charge charge(Settlement settlement) {
    if (settlement.statedCost() != null) {
      return new Charge(
          settlement, quote.chargeNanoUsd(settlement), quote.costNanoUsd(onItsTier(settlement)));
    }
    String stated = settlement.serviceTier();
    long charge = quote.chargeNanoUsd(onItsTier(settlement));
    if (stated == null || stated.equals("auto")) {
      // The answer does not say whether it was served on the tier asked for or on the standard one.
      charge = Math.max(charge, quote.chargeNanoUsd(onItsTier(settlement).onTier(null)));
    }
    return new Charge(settlement, charge, null);
  }

  private Settlement onItsTier(Settlement settlement) {
    String stated = settlement.serviceTier();
    Settlement onTier =
        stated == null || stated.equals("auto") ? settlement.onTier(serviceTier) : settlement;
    return onTier.region() == null ? onTier.inRegion(region) : onTier;
  }

  /** Returns this call, tried once more at a later reading of the clock. */
  Call at(Instant later) {
    return new Call(
        id,
        later,
        api,
        attribution,
        scope,
        ceilings,
        requested,
        route,
        serviceTier,
        region,
        bill,
        attempt,
        stream,
        quote);
  }
}
