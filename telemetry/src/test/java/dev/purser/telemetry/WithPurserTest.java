package dev.purser.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.purser.api.AbandonReason;
import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Reservation;
import dev.purser.api.Settlement;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Both sinks on a real guard: what they show is what was charged. */
class WithPurserTest {

  private static CallIntent intent(String team) {
    return CallIntent.builder(ModelId.of("openai", "gpt-4o"))
        .api("openai.chat.completions")
        .attribution(Attribution.key("alice").team(team))
        .prompt(Prompt.ofTokens(1_000))
        .outputCap(1_000)
        .build();
  }

  @Test
  void theNumbersAreThoseOfTheLedger() {
    List<SpendRecord> records = new CopyOnWriteArrayList<>();
    long settled;
    try (Meters meters = new Meters()) {
      try (Purser purser = Purser.builder()
          .owner("dana@acme.dev")
          .budget(Budget.total("tripwire", Usd.of("0.03")))
          .sink(meters.micrometer)
          .sink(meters.openTelemetry)
          .sink(records::add)
          .build()) {
        Reservation first = purser.admit(intent("platform")).orThrow();
        first.settle(Settlement.of(Usage.ofTokens(1_000, 200)));
        Reservation late = purser.admit(intent("platform")).orThrow();
        late.abandon(AbandonReason.NOT_SETTLED);
        late.settle(Settlement.of(Usage.ofTokens(900, 100)));
        purser.admit(intent("platform")).orThrow().release();
        purser.admit(intent("search")).orThrow().abandon(AbandonReason.CALL_FAILED);
        assertThat(purser.admit(intent("search"))).isInstanceOf(Admission.Refused.class);
        settled = purser.balances().account("tripwire", "").orElseThrow().spent();
      }

      assertThat(records).hasSize(6);
      assertThat(meters.sum("purser.cost.nano_usd")).isEqualTo((double) settled);
      assertThat(meters.sum("purser.cost")).isCloseTo(settled / 1e9, within(1e-12));
      assertThat(meters.counted("purser.cost") - meters.counted("purser.cost.returned"))
          .isCloseTo(settled / 1e9, within(1e-12));
      assertThat(meters.sum("gen_ai.client.token.usage", "gen_ai.token.type", "input"))
          .isEqualTo(1_900);
      assertThat(meters.sum("gen_ai.client.token.usage", "gen_ai.token.type", "output"))
          .isEqualTo(300);
      assertThat(meters.count("gen_ai.client.operation.duration")).isEqualTo(4);
      meters.assertCounted(1, "purser.refusals", "purser.team", "search");
      meters.assertCounted(1, "purser.abandoned", "purser.reason", "call_failed");
      assertThat(meters.sum("purser.calls", "gen_ai.operation.name", "chat")).isEqualTo(6);
    }
  }
}
