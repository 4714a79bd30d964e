package dev.purser.wire.dialect;

import static dev.purser.wire.dialect.Dialogue.seen;
import static dev.purser.wire.dialect.Dialogue.settled;
import static dev.purser.wire.frame.EventStreamMessage.chunk;
import static dev.purser.wire.frame.EventStreamMessage.joined;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import dev.purser.wire.Meter.Reading;
import dev.purser.wire.WireCall;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BedrockInvokeTest {

  private static final String HOST = "bedrock-runtime.us-east-1.amazonaws.com/model/";
  private static final String STREAM = "application/vnd.amazon.eventstream";
  private static final String CHAT = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "us.anthropic.claude-x-v1:0 | {\"anthropic_version\":\"b\",#}     | {\"max_tokens\":42,\"anthropic_version\":\"b\",#}",
        "anthropic.claude-v2        | {\"prompt\":\"x\"}                  | {\"max_tokens_to_sample\":42,\"prompt\":\"x\"}",
        "amazon.nova-pro-v1:0       | {\"inferenceConfig\":{},#}          | {\"inferenceConfig\":{\"maxTokens\":42},#}",
        "amazon.nova-pro-v1:0 | {\"inferenceConfig\":{\"max_new_tokens\":99},#} | {\"inferenceConfig\":{\"max_new_tokens\":42},#}",
        "amazon.titan-text-lite-v1  | {\"inputText\":\"x\"}               | {\"textGenerationConfig\":{\"maxTokenCount\":42},\"inputText\":\"x\"}",
        "meta.llama3-70b            | {\"prompt\":\"x\",\"max_gen_len\":9} | {\"prompt\":\"x\",\"max_gen_len\":42}",
        "ai21.j2-mid-v1             | {\"prompt\":\"x\"}                  | {\"maxTokens\":42,\"prompt\":\"x\"}",
        "mistral.mistral-7b         | {\"prompt\":\"x\"}                  | {\"max_tokens\":42,\"prompt\":\"x\"}",
        "cohere.command-text-v14    | {\"prompt\":\"x\"}                  | {\"max_tokens\":42,\"prompt\":\"x\"}",
        "openai.gpt-oss-20b-1:0     | {\"max_completion_tokens\":9,#}     | {\"max_completion_tokens\":42,#}",
        "arn:aws:bedrock:r:1:application-inference-profile/p | {\"anthropic_version\":\"b\",#} | {\"max_tokens\":42,\"anthropic_version\":\"b\",#}",
        "amazon.titan-embed-text-v2:0 | {\"inputText\":\"x\"}             | {\"inputText\":\"x\"}",
      })
  void everyFamilyHasItsOwnPlaceForTheCap(String model, String before, String after) {
    WireCall call = call(model, "invoke", before.replace("#", CHAT));

    byte[] edited = call.edited(new WireCall.Edit(null, OptionalLong.of(42), false));

    assertThat(new String(edited, UTF_8)).isEqualTo(after.replace("#", CHAT));
    assertThat(call.model()).isEqualTo(ModelId.of("aws", model));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "amazon.nova-pro-v1:0 | {\"usage\":{\"inputTokens\":7,\"outputTokens\":3}}",
        "meta.llama3-70b | {\"generation\":\"x\",\"prompt_token_count\":7,\"generation_token_count\":3}",
        "amazon.titan-text-lite-v1 | {\"inputTextTokenCount\":7.0,\"results\":[{\"tokenCount\":1.0},{\"tokenCount\":2.0}]}",
        "qwen.qwen3-32b-v1:0 | {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3,\"total_tokens\":10}}",
        "anthropic.claude-x-v1:0 | {\"type\":\"message\",\"usage\":{\"input_tokens\":7,\"output_tokens\":3}}",
      })
  void everyFamilyHasItsOwnCounts(String model, String answer) {
    String body = model.startsWith("meta") || model.contains("titan")
        ? "{\"prompt\":\"x\"}"
        : "{" + CHAT + "}";

    assertThat(settled(Dialogue.json(call(model, "invoke", body), answer)).usage())
        .isEqualTo(Usage.ofTokens(7, 3));
  }

  @Test
  void headersCountWhatTheBodyDoesNot() {
    WireCall call = call("mistral.mistral-7b", "invoke", "{\"prompt\":\"x\"}");
    byte[] body = "{\"outputs\":[{\"text\":\"hi\"}]}".getBytes(UTF_8);

    assertThat(settled(Dialogue.agreed(call, body, head("9", "4"))).usage())
        .isEqualTo(Usage.ofTokens(9, 4));
    assertThat(Dialogue.agreed(call, body, head("9", "-4")).trouble())
        .isEqualTo(AbandonReason.NO_USAGE);
    assertThat(Dialogue.agreed(call, body, head("9", "99999999999999999999")).trouble())
        .isEqualTo(AbandonReason.NO_USAGE);
  }

  @Test
  void theBodysOwnCountsComeFirst() {
    WireCall call = call("meta.llama3-70b", "invoke", "{\"prompt\":\"x\"}");
    byte[] body = "{\"prompt_token_count\":1,\"generation_token_count\":0}".getBytes(UTF_8);

    assertThat(settled(Dialogue.agreed(call, body, head("9", "4"))).usage())
        .isEqualTo(Usage.ofTokens(1, 0));
  }

  @Test
  void anEmbeddingWritesNothing() {
    WireCall call = call("amazon.titan-embed-text-v2:0", "invoke", "{\"inputText\":\"x\"}");

    assertThat(settled(Dialogue.json(call, "{\"embedding\":[0.1],\"inputTextTokenCount\":4}"))
            .usage())
        .isEqualTo(Usage.ofTokens(4, 0));
  }

  @Test
  void theLastChunkCountsWhatTheModelDoesNot() {
    String last = "{\"generations\":[{\"text\":\"hi\"}],\"amazon-bedrock-invocationMetrics\":"
        + "{\"inputTokenCount\":7,\"outputTokenCount\":3}}";

    assertThat(settled(stream("cohere.command-text-v14", "{\"prompt\":\"x\"}", last))
            .usage())
        .isEqualTo(Usage.ofTokens(7, 3));
  }

  @Test
  void claudesOwnCountComesBeforeBedrocks() {
    Reading reading = stream(
        "anthropic.claude-x-v1:0",
        "{\"anthropic_version\":\"b\",\"max_tokens\":9," + CHAT + "}",
        "{\"type\":\"message_start\",\"message\":{\"model\":\"claude-x\",\"usage\":{\"input_tokens\":98,\"output_tokens\":1}}}",
        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":5}}",
        "{\"type\":\"message_stop\",\"amazon-bedrock-invocationMetrics\":{\"inputTokenCount\":130,\"outputTokenCount\":5}}");

    assertThat(settled(reading).usage()).isEqualTo(Usage.ofTokens(98, 5));
    assertThat(settled(reading).answeredBy()).isEqualTo(ModelId.of("aws", "claude-x"));
  }

  @Test
  void countsOfAStreamThatIsCutAreThoseSoFar() {
    byte[] whole = joined(
        chunk("{\"generation\":\"Hi\",\"prompt_token_count\":9,\"generation_token_count\":1}"),
        chunk("{\"generation\":\" you\",\"prompt_token_count\":null,\"generation_token_count\":2}"),
        chunk(
            "{\"generation\":\" all\",\"prompt_token_count\":null,\"generation_token_count\":3}"));
    byte[] cut = Arrays.copyOf(whole, whole.length - 8);

    Reading reading = Dialogue.agreed(
        call("meta.llama3-70b", "invoke-with-response-stream", "{\"prompt\":\"x\"}"), cut, STREAM);

    assertThat(reading.trouble()).isEqualTo(AbandonReason.STREAM_CUT);
    assertThat(seen(reading).stated()).isEqualTo(Usage.ofTokens(9, 2));
    assertThat(seen(reading).inputStated()).isTrue();
    assertThat(seen(reading).outputStated()).isTrue();
  }

  @Test
  void choicesAndStreamsAreAskedForByEachFamilyInItsWay() {
    assertThat(call("cohere.command", "invoke", "{\"prompt\":\"x\",\"num_generations\":3}")
            .choices())
        .isEqualTo(3);
    assertThat(call("m", "invoke-with-response-stream", "{\"prompt\":\"x\"}").stream())
        .isTrue();
    assertThat(call("m", "invoke", "{\"prompt\":\"x\",\"stream\":true}").stream())
        .isFalse();
  }

  private static WireCall.AnswerHead head(String input, String output) {
    return Dialogue.head(
        "application/json",
        Map.of(
            "x-amzn-bedrock-input-token-count", input,
            "x-amzn-bedrock-output-token-count", output));
  }

  private static Reading stream(String model, String body, String... documents) {
    byte[][] chunks = new byte[documents.length][];
    for (int i = 0; i < documents.length; i++) {
      chunks[i] = chunk(documents[i]);
    }
    return Dialogue.agreed(
        call(model, "invoke-with-response-stream", body), joined(chunks), STREAM);
  }

  private static WireCall call(String model, String action, String body) {
    return Dialogue.call("POST", HOST + model + "/" + action, body);
  }
}
