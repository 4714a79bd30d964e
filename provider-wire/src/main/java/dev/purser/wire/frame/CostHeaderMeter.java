package dev.purser.wire.frame;

import dev.purser.api.Settlement;
import dev.purser.api.Usd;
import dev.purser.wire.Meter;
import dev.purser.wire.WireCall.AnswerHead;
import dev.purser.wire.answer.StatedCost;

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
    Usd cost = StatedCost.dollars(head.headers().apply(COST));
    return cost == null || !cost.isPositive() ? meter : new CostHeaderMeter(meter, cost);
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
    return settlement == null || settlement.statedCost() != null
        ? reading
        : new Reading(reading.finished(), settlement.costing(cost), null);
  }
}
