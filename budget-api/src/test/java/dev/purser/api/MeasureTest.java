package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MeasureTest {

  @ParameterizedTest
  @CsvSource({
    "USD, 1500000000, $1.50",
    "USD, 1, $0.000000001",
    "TOKENS, 200, 200 tokens",
    "INPUT_TOKENS, 200, 200 input tokens",
    "OUTPUT_TOKENS, 0, 0 output tokens",
    "REQUESTS, 3, 3 requests",
    "CONCURRENT_CALLS, 8, 8 concurrent calls"
  })
  void anAmountIsRenderedWithItsUnit(Measure measure, long amount, String text) {
    assertThat(measure.amount(amount)).isEqualTo(text);
    assertThat(Budget.of("b", measure, 1, Window.DAY).amount(amount)).isEqualTo(text);
  }

  @ParameterizedTest
  @EnumSource(Measure.class)
  void aRefusalOfAnyMeasureIsReadBackFromItsToken(Measure measure) {
    Refusal refusal = new Refusal(
        Refusal.Reason.HELD, "b", "session=a & b", "dana", measure, 8, 1, 7, 1, Instant.EPOCH);

    assertThat(Refusal.parse("402 " + refusal.token() + "\"")).contains(refusal);
    assertThat(refusal.message()).contains(measure.amount(8), measure.amount(7));
  }

  @Test
  void aRefusalForWantOfASlotSaysThatItDoesNotReset() {
    Refusal refusal = new Refusal(
        Refusal.Reason.HELD, "open", "", "dana", Measure.CONCURRENT_CALLS, 8, 0, 8, 1, null);

    assertThat(Refusal.parse(refusal.token())).contains(refusal);
    assertThat(refusal.message())
        .contains("8 concurrent calls held of 8 concurrent calls", "does not reset");
    assertThat(refusal.retryAfter(Instant.EPOCH)).isPresent();
  }
}
