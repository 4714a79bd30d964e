package dev.purser.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.ModelId;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usd;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChargesTest {

  private final Charges charges = new Charges();

  @Test
  void chargesAddUpWhateverTheirReason() {
    charges.accept(record("a", Outcome.SETTLED, 100));
    charges.accept(record("b", Outcome.ABANDONED, 20));

    assertThat(charges.total()).isEqualTo(Usd.ofNanos(120));
  }

  @Test
  void aCorrectedChargeReplacesTheOneBefore() {
    charges.accept(record("a", Outcome.ABANDONED, 180));
    charges.accept(record("a", Outcome.CORRECTED, 30));

    assertThat(charges.total()).isEqualTo(Usd.ofNanos(30));
  }

  @Test
  void whatWasNotBilledIsNoCharge() {
    charges.accept(record("a", Outcome.RELEASED, 0));
    charges.accept(record("b", Outcome.REFUSED, 0));
    charges.accept(record("c", Outcome.UNMETERED, 0));

    assertThat(charges.total()).isEqualTo(Usd.ZERO);
  }

  private static SpendRecord record(String id, Outcome outcome, long costNanoUsd) {
    return SpendRecord.builder(id, outcome, ModelId.of("openai", "gpt-4o"), Instant.EPOCH)
        .api("openai.chat.completions")
        .charged(180, costNanoUsd)
        .prices("test", true)
        .build();
  }
}
