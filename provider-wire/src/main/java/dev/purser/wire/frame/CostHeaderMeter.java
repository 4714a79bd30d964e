package dev.purser.wire.frame;

import dev.purser.api.AbandonReason;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.wire.Meter;
import dev.purser.wire.Remarks;
import dev.purser.wire.WireCall.AnswerHead;
import dev.purser.wire.answer.StatedCost;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Meters an answer of a LiteLLM proxy, which states in a header what the call costs; not for streams,
 * whose headers go out before their cost is known. A cost of zero is none: LiteLLM writes it where it
 * knows no price of the model.
 *
 * @see <a href="https://docs.litellm.ai/docs/proxy/response_headers">LiteLLM's response headers</a>
 */
final class CostHeaderMeter implements Meter {

  private static final String COST = "x-litellm-response-cost";

  private final Meter meter;
  private final Usd cost;

  private CostHeaderMeter(Meter meter, Usd cost) {
    this.meter = meter;
    this.cost = cost;
  }

  /** Returns the meter itself where no cost is stated. */
  static Meter of(AnswerHead head, Meter meter) {
    Usd cost =
        isStream(head.contentType()) ? null : StatedCost.dollars(head.headers().apply(COST));
    return cost == null || !cost.isPositive() ? meter : new CostHeaderMeter(meter, cost);
  }

  private static boolean isStream(@Nullable String type) {
    String lower = type == null ? "" : type.toLowerCase(Locale.ROOT);
    return lower.contains("event-stream") || lower.contains("eventstream");
  }

  @Override
  public void accept(byte[] bytes, int offset, int length, Output output) {
    meter.accept(bytes, offset, length, output);
  }

  @Override
  public void end(Output output) {
    meter.end(output);
  }

  @Override
  public Reading reading() {
    Reading reading = meter.reading();
    Settlement settlement = reading.settlement();
    if (settlement == null && reading.finished() && reading.trouble() == AbandonReason.NO_USAGE) {
      return new Reading(true, Settlement.of(Usage.NONE).costing(cost), null);
    }
    return settlement == null || settlement.statedCost() != null
        ? reading
        : new Reading(reading.finished(), settlement.costing(cost), null);
  }

  @Override
  public Remarks remarks() {
    return meter.remarks();
  }
}
