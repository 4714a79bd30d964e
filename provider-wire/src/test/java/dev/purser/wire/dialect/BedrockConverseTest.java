package dev.purser.wire.dialect;

import static dev.purser.wire.dialect.Dialogue.settled;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Prompt.MediaKind;
import dev.purser.api.Settlement;
import dev.purser.api.UsageKind;
import dev.purser.wire.Calls;
import dev.purser.wire.WireCall;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BedrockConverseTest {

  private static final String HOST = "bedrock-runtime.us-east-1.amazonaws.com";
  private static final String MESSAGES =
      "\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]}]";

  @ParameterizedTest
  @CsvSource({
    "bedrock-runtime.eu-west-1.amazonaws.com, /model/eu.anthropic.claude-x-v1%3A0/converse,"
        + " eu.anthropic.claude-x-v1:0",
    "bedrock-runtime.eu-west-1.amazonaws.com, /model/amazon.nova-lite-v1:0/converse/,"
        + " amazon.nova-lite-v1:0",
    "vpce-1-x.bedrock-runtime.us-east-1.vpce.amazonaws.com, /model/a%2Bb/converse, a+b",
    "proxy.example.com, /aws/model/m/converse, m",
    "proxy.example.com, /model/arn:aws:bedrock:us-east-1:1:inference-profile/us.x/converse,"
        + " arn:aws:bedrock:us-east-1:1:inference-profile/us.x",
    "proxy.example.com, /model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Aapplication-inference-profile%2Fp/converse,"
        + " arn:aws:bedrock:us-east-1:1:application-inference-profile/p",
  })
  void isSpokenOnAnyHostAndNamesTheModelInThePath(String host, String path, String model) {
    WireCall call = Dialogue.call("POST", host + path, "{" + MESSAGES + "}");

    assertThat(call.dialect().name()).isEqualTo("bedrock.converse");
    assertThat(call.model()).isEqualTo(ModelId.of("aws", model));
    assertThat(call.stream()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/model/m/count-tokens", "/model/m/apply", "/models/m/converse", "/model//converse"
      })
  void whatIsFreeOrAnotherApiIsNotSpoken(String path) {
    assertThat(Dialects.find("POST", HOST, path)).isNull();
    assertThat(Dialects.find("GET", HOST, "/model/m/converse")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"inferenceConfig\":{\"maxTokens\":900,\"topP\":1},#} | {\"inferenceConfig\":{\"maxTokens\":42,\"topP\":1},#}",
        "{\"inferenceConfig\":{\"topP\":1},#}                   | {\"inferenceConfig\":{\"maxTokens\":42,\"topP\":1},#}",
        "{#}                                                    | {\"inferenceConfig\":{\"maxTokens\":42},#}",
      })
  void theCapIsSetAndEveryOtherByteStays(String before, String after) {
    WireCall call = call("converse-stream", before.replace("#", MESSAGES));

    byte[] edited = call.edited(new WireCall.Edit(null, OptionalLong.of(42), false));

    assertThat(new String(edited, UTF_8)).isEqualTo(after.replace("#", MESSAGES));
    assertThat(call.stream()).isTrue();
  }

  @Test
  void cachedTokensAreBesideTheInputAndTheirTwinsAreNotAdded() {
    Settlement settlement = settled(Dialogue.json(
        call("converse", "{" + MESSAGES + "}"),
        "{\"output\":{\"message\":{\"content\":[{\"text\":\"hi\"}]}},\"stopReason\":\"end_turn\","
            + "\"serviceTier\":{\"type\":\"priority\"},\"usage\":{\"inputTokens\":3,\"outputTokens\":5,"
            + "\"cacheReadInputTokens\":70,\"cacheReadInputTokenCount\":70,\"cacheWriteInputTokens\":40,"
            + "\"cacheWriteInputTokenCount\":40,\"totalTokens\":118,\"cacheDetails\":["
            + "{\"ttl\":\"5m\",\"inputTokens\":10},{\"ttl\":\"1h\",\"inputTokens\":30}]}}"));

    assertThat(settlement.usage().count(UsageKind.INPUT)).isEqualTo(3);
    assertThat(settlement.usage().count(UsageKind.CACHE_READ)).isEqualTo(70);
    assertThat(settlement.usage().count(UsageKind.CACHE_WRITE_5M)).isEqualTo(10);
    assertThat(settlement.usage().count(UsageKind.CACHE_WRITE_1H)).isEqualTo(30);
    assertThat(settlement.usage().outputTokens()).isEqualTo(5);
    assertThat(settlement.serviceTier()).isEqualTo("priority");
    assertThat(settlement.answeredBy()).isNull();
  }

  @Test
  void aPromptRouterSaysWhichModelItChose() {
    Settlement settlement = settled(
        Dialogue.json(
            call("converse", "{" + MESSAGES + "}"),
            "{\"usage\":{\"inputTokens\":3,\"outputTokens\":5},\"trace\":{\"promptRouter\":{"
                + "\"invokedModelId\":\"arn:aws:bedrock:us-east-1:1:inference-profile/us.amazon.nova-pro-v1:0\"}}}"));

    assertThat(settlement.answeredBy()).isEqualTo(ModelId.of("aws", "us.amazon.nova-pro-v1:0"));
  }

  @Test
  void tiersAndLatencyAreAskedFor() {
    assertThat(call("converse", "{\"serviceTier\":{\"type\":\"flex\"}," + MESSAGES + "}")
            .serviceTier())
        .isEqualTo("flex");
    assertThat(
            call("converse", "{\"performanceConfig\":{\"latency\":\"optimized\"}," + MESSAGES + "}")
                .serviceTier())
        .isEqualTo("optimized");
  }

  @Test
  void thePromptIsTakenApart() {
    Prompt prompt = call(
            "converse",
            "{\"system\":[{\"text\":\"Be brief.\"},{\"cachePoint\":{\"type\":\"default\"}}],\"messages\":["
                + "{\"role\":\"user\",\"content\":[{\"text\":\"Hi\"},"
                + "{\"image\":{\"format\":\"png\",\"source\":{\"bytes\":\"iVBORw0KGgo=\"}}},"
                + "{\"document\":{\"format\":\"pdf\",\"name\":\"d\",\"source\":{\"s3Location\":{}}}},"
                + "{\"document\":{\"format\":\"txt\",\"name\":\"d\",\"source\":{\"text\":\"words\"}}},"
                + "{\"guardContent\":{\"text\":{\"text\":\"guarded\"}}},"
                + "{\"toolResult\":{\"toolUseId\":\"t\",\"content\":[{\"json\":{\"a\":1}},{\"text\":\"r\"}]}},"
                + "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"Hm.\",\"signature\":\"QUJDREVG\"}}}]}],"
                + "\"toolConfig\":{\"tools\":[{\"toolSpec\":{\"name\":\"f\"}}]}}")
        .prompt();

    assertThat(prompt.texts())
        .contains("Be brief.", "Hi", "words", "guarded", "{\"a\":1}", "r", "Hm.")
        .contains("{\"toolSpec\":{\"name\":\"f\"}}");
    assertThat(prompt.media())
        .extracting(Prompt.Media::kind)
        .containsExactly(MediaKind.IMAGE, MediaKind.FILE);
    assertThat(prompt.opaqueBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "{\"messages\":7}", "{\"messages\":[{]}", "{\"messages\":[\"hi\"]}"})
  void whatIsNoConversationIsNotRead(String body) {
    assertThat(Calls.read(HOST, "/model/m/converse", Map.of(), body.getBytes(UTF_8)))
        .isNull();
  }

  private static WireCall call(String action, String body) {
    return Dialogue.call("POST", HOST + "/model/us.anthropic.claude-x-v1%3A0/" + action, body);
  }
}
