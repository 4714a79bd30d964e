package dev.purser.wire.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.wire.Calls;
import dev.purser.wire.Meter;
import dev.purser.wire.WireCall.AnswerHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** LiteLLM's cost header, on real LiteLLM proxies and on whatever else sends it. */
class CostHeaderMeterTest {

  private static final String ANSWER =
      "{\"model\":\"gpt-4o\",\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5}}";

  private static Meter.Reading read(String type, String cost, String answer) {
    AnswerHead head = new AnswerHead(
        200, type, null, name -> name.equals("x-litellm-response-cost") ? cost : null);
    return Calls.pass(Calls.plain().meter(head, false), answer).reading();
  }

  @Test
  void theStatedCostIsTold() {
    Meter.Reading reading = read("application/json", "4.25e-05", ANSWER);

    assertThat(reading.settlement().statedCost()).isEqualTo(Usd.ofNanos(42_500));
    assertThat(reading.settlement().usage()).isEqualTo(Usage.ofTokens(10, 5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.0", "1e-30", "None", "", "-1", "NaN", "1e9"})
  void whatIsNoCostIsComputed(String cost) {
    assertThat(read("application/json", cost, ANSWER).settlement().statedCost()).isNull();
  }

  @Test
  void aStreamsHeaderWasSentBeforeItsCostWasKnown() {
    String events = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
        + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5}}\n\ndata: [DONE]\n\n";

    assertThat(read("text/event-stream", "0.000001", events).settlement().statedCost())
        .isNull();
  }

  @Test
  void aCostWithoutAUsageIsACost() {
    Meter.Reading reading = read("application/json", "0.5", "{\"model\":\"m\",\"choices\":[]}");

    assertThat(reading.settlement().statedCost()).isEqualTo(Usd.of("0.5"));
    assertThat(reading.settlement().usage()).isEqualTo(Usage.NONE);
  }
}
