package dev.purser.wire.dialect;

import static dev.purser.wire.dialect.Dialogue.settled;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.ModelId;
import dev.purser.api.ModelUsage;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.wire.Meter.Reading;
import dev.purser.wire.WireCall;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnthropicBatchesTest {

  private static final String URL = "api.anthropic.com/v1/messages/batches";
  private static final String FAILED =
      "{\"custom_id\":\"f\",\"result\":{\"type\":\"errored\",\"error\":{\"type\":\"error\"}}}\n";

  @Test
  void aBatchCostsWhatItsResultsSayAndIsReadForNothing() {
    WireCall call = results();

    assertThat(call.bill()).isEqualTo("batch:b_1");
    assertThat(call.outputCap()).hasValue(0);
    assertThat(call.prompt().texts()).isEmpty();
    assertThat(call.model()).isEqualTo(ModelId.of("anthropic", ""));
  }

  @Test
  void resultsAddUp() {
    Settlement settlement = settled(read(
        line("claude-a", 10, 2) + FAILED + line("claude-b", 100, 20) + line("claude-a", 1, 1)));

    assertThat(settlement.usage()).isEqualTo(Usage.ofTokens(11, 3));
    assertThat(settlement.answeredBy()).isEqualTo(ModelId.of("anthropic", "claude-a"));
    assertThat(settlement.besides())
        .isEqualTo(
            List.of(new ModelUsage(ModelId.of("anthropic", "claude-b"), Usage.ofTokens(100, 20))));
    assertThat(settlement.serviceTier()).isEqualTo("batch");
  }

  @Test
  void whatCameOfResultsThatAreCutIsCharged() {
    String whole = line("claude-a", 10, 2);

    assertThat(settled(read(whole + whole.substring(0, whole.length() - 9))).usage())
        .isEqualTo(Usage.ofTokens(10, 2));
  }

  @Test
  void aBatchOfWhichNothingSucceededCostsNothing() {
    assertThat(settled(read(FAILED + FAILED)).usage()).isEqualTo(Usage.NONE);
    assertThat(settled(read(FAILED)).usage()).isEqualTo(Usage.NONE);
  }

  @Test
  void aLineThatCannotBeReadIsSkippedAndTheOthersAreCharged() {
    Reading reading = read(line("claude-a", 10, 2) + "no json\n" + line("claude-a", 10, 2));

    assertThat(settled(reading).usage()).isEqualTo(Usage.ofTokens(20, 4));
    assertThat(read("no json\n").trouble()).isEqualTo(AbandonReason.MALFORMED_ANSWER);
  }

  @Test
  void theAnswerToANewBatchWillNotSayWhatItCosts() {
    assertThat(Dialogue.call("POST", URL, "{\"requests\":[]}").unmetered())
        .isEqualTo("a batch, which is charged when its results are read");
  }

  private static WireCall results() {
    return Dialogue.call("GET", URL + "/b_1/results", "");
  }

  private static Reading read(String answer) {
    return Dialogue.agreed(results(), answer.getBytes(UTF_8), "application/x-jsonl");
  }

  private static String line(String model, int input, int output) {
    return "{\"custom_id\":\"c\",\"result\":{\"type\":\"succeeded\",\"message\":{\"model\":\""
        + model
        + "\",\"usage\":{\"input_tokens\":" + input + ",\"output_tokens\":" + output
        + ",\"service_tier\":\"batch\"}}}}\n";
  }
}
