package dev.purser.wire.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.ModelUsage;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.Meter;
import dev.purser.wire.Meter.Reading;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.AnswerHead;
import dev.purser.wire.corpus.Feeding;
import dev.purser.wire.corpus.Feeding.Fed;
import org.jspecify.annotations.Nullable;

/** What holds for the metering of anything that a server may send. */
final class Sanity {

  /** Hundreds of times what the longest context holds. */
  static final long MOST_UNITS = 1L << 31;

  /** A million dollars, in nano-dollars: no answer costs that. */
  private static final long MOST_NANOS = 1_000_000_000_000_000L;

  private Sanity() {}

  /**
   * The caller gets the very bytes, and the reading is the same however the network cuts them; nothing
   * is thrown, whatever is asked in between; no count and no cost is absurd.
   *
   * @param most how many tokens the answer can hold at most, which is one a byte once inflated
   */
  static void check(WireCall call, AnswerHead head, byte[] body, long most, long seed) {
    Fed whole = Feeding.whole(call.meter(head, false), body);
    Fed split = Feeding.randomly(new Impatient(call.meter(head, false)), body, seed);
    assertThat(whole.seen()).isEqualTo(body);
    assertThat(split.seen()).isEqualTo(body);
    assertThat(split.reading()).isEqualTo(whole.reading());
    plausible(whole.reading(), most);
    Fed hiding = Feeding.randomly(call.meter(head, true), body, seed);
    assertThat(hiding.seen()).hasSizeLessThanOrEqualTo(body.length);
    plausible(hiding.reading(), most);
  }

  static void plausible(Reading reading, long most) {
    assertThat(reading.finished()).isTrue();
    Settlement settlement = reading.settlement();
    if (settlement != null) {
      plausible(settlement.usage());
      for (ModelUsage each : settlement.besides()) {
        plausible(each.usage());
      }
      if (settlement.statedCost() != null) {
        assertThat(settlement.statedCost().nanos()).isBetween(0L, MOST_NANOS);
      }
    }
    if (reading.seen() != null) {
      plausible(reading.seen().stated());
      assertThat(reading.seen().visibleTokens()).isLessThanOrEqualTo(most);
    }
  }

  private static void plausible(Usage usage) {
    for (UsageKind kind : UsageKind.values()) {
      assertThat(usage.count(kind)).as(kind.name()).isBetween(0L, MOST_UNITS);
    }
  }

  /** Asks after each piece, as adapters do. */
  private record Impatient(Meter meter) implements Meter {

    @Override
    public void accept(byte[] bytes, int offset, int length, @Nullable Output output) {
      meter.accept(bytes, offset, length, output);
      plausibleSoFar();
    }

    @Override
    public void end(Output output) {
      meter.end(output);
    }

    @Override
    public Reading reading() {
      return meter.reading();
    }

    private void plausibleSoFar() {
      Reading soFar = meter.reading();
      if (soFar.settlement() != null) {
        plausible(soFar.settlement().usage());
      }
    }
  }
}
