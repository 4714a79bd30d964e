package dev.purser.wire.dialect;

import static dev.purser.wire.dialect.Dialogue.seen;
import static dev.purser.wire.dialect.Dialogue.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.ModelId;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.Meter.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicAnswerTest {

  private static final String START = event(
      "message_start",
      "\"message\":{\"id\":\"msg_1\",\"model\":\"claude-x-20260101\",\"usage\":{\"input_tokens\":20,"
          + "\"cache_creation_input_tokens\":300,\"cache_read_input_tokens\":4000,"
          + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":100,\"ephemeral_1h_input_tokens\":200},"
          + "\"output_tokens\":2,\"service_tier\":\"priority\",\"inference_geo\":\"us\"}}");
  private static final String PING = "event: ping\ndata: {\"type\": \"ping\"}\n\n";
  private static final String TEXT =
      event("content_block_delta", "\"delta\":{\"type\":\"text_delta\",\"text\":\"Hello you\"}");
  private static final String DELTA = event(
      "message_delta",
      "\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"input_tokens\":null,\"output_tokens\":70,"
          + "\"output_tokens_details\":{\"thinking_tokens\":30}}");
  private static final String STOP = event("message_stop", "\"x\":0");
  private static final Usage WHOLE = Usage.builder()
      .add(UsageKind.INPUT, 20)
      .add(UsageKind.CACHE_READ, 4000)
      .add(UsageKind.CACHE_WRITE_5M, 100)
      .add(UsageKind.CACHE_WRITE_1H, 200)
      .add(UsageKind.OUTPUT, 40)
      .add(UsageKind.REASONING, 30)
      .build();

  @Test
  void ofEachFieldTheLastValueHoldsAndNoneIsAdded() {
    Reading reading = stream(START + PING + TEXT + DELTA + STOP);

    assertThat(reading.finished()).isTrue();
    Settlement settlement = settled(reading);
    assertThat(settlement.usage()).isEqualTo(WHOLE);
    assertThat(settlement.answeredBy()).isEqualTo(ModelId.of("anthropic", "claude-x-20260101"));
    assertThat(settlement.serviceTier()).isEqualTo("priority");
    assertThat(settlement.region()).isEqualTo("us");
    assertThat(settlement.responseId()).isEqualTo("msg_1");
  }

  @Test
  void aStreamThatBreaksOffAfterItsUsageIsSettledByIt() {
    assertThat(settled(stream(START + TEXT + DELTA)).usage()).isEqualTo(WHOLE);
  }

  @Test
  void aStreamThatIsCutIsChargedForItsInputAndItsText() {
    Reading reading = stream(START + PING + TEXT);

    assertThat(reading.settlement()).isNull();
    assertThat(reading.trouble()).isEqualTo(AbandonReason.STREAM_CUT);
    assertThat(seen(reading).inputStated()).isTrue();
    assertThat(seen(reading).stated().inputTokens()).isEqualTo(4320);
    assertThat(seen(reading).stated().outputTokens()).isEqualTo(2);
    assertThat(seen(reading).visibleTokens()).isBetween(2L, 12L);
    assertThat(seen(reading).hidden()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "text, false",
    "tool_use, false",
    "thinking, true",
    "redacted_thinking, true",
    "server_tool_use, true",
    "web_search_tool_result, true",
    "compaction, true",
  })
  void whatIsThoughtOrDoneElsewhereCannotBeSeen(String type, boolean hidden) {
    String block = event("content_block_start", "\"content_block\":{\"type\":\"" + type + "\"}");

    assertThat(seen(stream(START + block + TEXT)).hidden()).isEqualTo(hidden);
  }

  @ParameterizedTest
  @CsvSource({"enabled, true", "adaptive, true", "disabled, false"})
  void aModelThatWasAskedToThinkMayHaveDoneSo(String type, boolean hidden) {
    String body = "{\"model\":\"claude-x\",\"max_tokens\":9,\"stream\":true,\"messages\":[],"
        + "\"thinking\":{\"type\":\"" + type + "\"}}";

    Reading reading =
        Dialogue.stream(Dialogue.call("POST", "api.anthropic.com/v1/messages", body), START + TEXT);

    assertThat(seen(reading).hidden()).isEqualTo(hidden);
  }

  @Test
  void anErrorInTheMiddleLeavesWhatWasWritten() {
    String error = event("error", "\"error\":{\"type\":\"overloaded_error\",\"message\":\"no\"}");

    Reading reading = stream(START + TEXT + error);

    assertThat(reading.trouble()).isEqualTo(AbandonReason.ERROR_IN_ANSWER);
    assertThat(seen(reading).stated().inputTokens()).isEqualTo(4320);
    assertThat(settled(stream(error)).usage()).isEqualTo(Usage.NONE);
  }

  @Test
  void usageBeforeTheEndIsUsageSoFar() {
    String soFar = event("message_delta", "\"delta\":{},\"usage\":{\"output_tokens\":50}");

    Reading reading = stream(START + TEXT + soFar + TEXT);

    assertThat(reading.settlement()).isNull();
    assertThat(seen(reading).stated().outputTokens()).isEqualTo(50);
    assertThat(seen(reading).outputStated()).isTrue();
    assertThat(seen(reading).visibleTokens()).isPositive();
  }

  @Test
  void beingFastIsATier() {
    String usage =
        "\"usage\":{\"input_tokens\":3,\"output_tokens\":4,\"service_tier\":\"standard\","
            + "\"speed\":\"fast\",\"inference_geo\":\"not_available\"}";

    Settlement settlement = settled(json("{\"type\":\"message\"," + usage + "}"));

    assertThat(settlement.serviceTier()).isEqualTo("fast");
    assertThat(settlement.region()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"message\"}                                              | NO_USAGE",
        "{\"type\":\"message\",\"usage\":null}                               | NO_USAGE",
        "{\"type\":\"message\",\"usage\":{\"output_tokens\":5}}              | NO_USAGE",
        "{\"usage\":{\"input_tokens\":-1,\"output_tokens\":5}}               | IMPLAUSIBLE_USAGE",
        "{\"usage\":{\"input_tokens\":\"12\",\"output_tokens\":5}}           | IMPLAUSIBLE_USAGE",
        "{\"usage\":{\"input_tokens\":1e308,\"output_tokens\":5}}            | IMPLAUSIBLE_USAGE",
        "{\"usage\":{\"input_tokens\":9223372036854775808,\"output_tokens\":5}} | IMPLAUSIBLE_USAGE",
        "{\"usage\":{\"input_tokens\":1,\"output_tokens\"                    | STREAM_CUT",
        "<html>                                                              | MALFORMED_ANSWER",
      })
  void anAnswerWithoutAUsageThatCanBeSettlesNothing(String body, AbandonReason why) {
    Reading reading = json(body);

    assertThat(reading.settlement()).isNull();
    assertThat(reading.trouble()).isEqualTo(why);
  }

  @Test
  void zeroIsAUsage() {
    assertThat(settled(json("{\"usage\":{\"input_tokens\":0,\"output_tokens\":0}}"))
            .usage())
        .isEqualTo(Usage.NONE);
  }

  private static Reading stream(String answer) {
    return Dialogue.stream(
        Dialogue.call(
            "POST",
            "api.anthropic.com/v1/messages",
            "{\"model\":\"claude-x\",\"max_tokens\":9,\"stream\":true,\"messages\":[]}"),
        answer);
  }

  private static Reading json(String answer) {
    return Dialogue.json(
        Dialogue.call(
            "POST",
            "api.anthropic.com/v1/messages",
            "{\"model\":\"claude-x\",\"max_tokens\":9,\"messages\":[]}"),
        answer);
  }

  private static String event(String type, String fields) {
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields + "}      \n\n";
  }
}
