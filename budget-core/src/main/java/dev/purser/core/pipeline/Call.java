package dev.purser.core.pipeline;

import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.Settlement;
import dev.purser.spi.Quote;
import java.time.Instant;
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
    ModelId requested,
    ModelId model,
    @Nullable String serviceTier,
    Quote quote) {

  static Call of(
      String id, Instant at, CallIntent intent, Attribution who, ModelId model, Quote quote) {
    return new Call(
        id,
        at,
        intent.api(),
        who,
        intent.scope(),
        intent.model(),
        model,
        intent.serviceTier(),
        quote);
  }

  /** Returns what an answer costs, in nano-dollars, at the prices of the call's admission. */
  long costNanoUsd(Settlement settlement) {
    String stated = settlement.serviceTier();
    if (stated != null && !stated.equals("auto")) {
      return costNanoUsd(settlement, stated);
    }
    // The answer does not say whether it was served on the tier asked for or on the standard one.
    return Math.max(costNanoUsd(settlement, null), costNanoUsd(settlement, serviceTier));
  }

  private long costNanoUsd(Settlement settlement, @Nullable String tier) {
    return quote.costNanoUsd(settlement.usage(), settlement.answeredBy(), tier);
  }

  /** Returns this call, tried once more at a later reading of the clock. */
  Call at(Instant later) {
    return new Call(id, later, api, attribution, scope, requested, model, serviceTier, quote);
  }
}
