package dev.purser.wire.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.api.Usd;
import dev.purser.wire.Calls;
import dev.purser.wire.WireCall;
import org.junit.jupiter.api.Test;

/** Usages that say more, or less, than what is billed, and what is made of them. */
class MistakenUsageTest {

  private static final String CHAT = "{\"model\":\"m\",\"messages\":[]}";

  private static Usage chat(String host, String usage) {
    WireCall call = Answers.call(host, "/v1/chat/completions", CHAT);
    return Answers.usage(call, Calls.json(), "{\"usage\":" + usage + "}");
  }

  @Test
  void aTotalBeyondItsPartsIsReasoningOnlyWhereItIsLeftOut() {
    String usage = "{\"prompt_tokens\":1000,\"completion_tokens\":10,\"total_tokens\":1100}";

    assertThat(chat("api.openai.com", usage)).isEqualTo(Usage.ofTokens(1_000, 10));
    assertThat(chat("api.x.ai", usage).count(UsageKind.REASONING)).isEqualTo(90);
    assertThat(chat("gateway.example", usage).count(UsageKind.REASONING)).isEqualTo(90);
  }

  @Test
  void cachesThatAGatewayKeepsApartAreNoReasoning() {
    Usage usage = chat(
        "gateway.example",
        "{\"prompt_tokens\":100,\"completion_tokens\":50,\"total_tokens\":10150,"
            + "\"cache_read_input_tokens\":10000}");

    assertThat(usage.count(UsageKind.REASONING)).isZero();
    assertThat(usage.outputTokens()).isEqualTo(50);
  }

  @Test
  void soundThatOnlyTheTotalCountsIsInput() {
    Usage usage = chat(
        "api.mistral.ai",
        "{\"prompt_audio_seconds\":12,\"prompt_tokens\":4,\"completion_tokens\":3,\"total_tokens\":382}");

    assertThat(usage.count(UsageKind.INPUT_AUDIO)).isEqualTo(375);
    assertThat(usage.outputTokens()).isEqualTo(3);
  }

  @Test
  void aCostThatOpenRouterStatesOfAMessageIsTheCharge() {
    WireCall call = Answers.call(
        "openrouter.ai",
        "/api/v1/messages",
        "{\"model\":\"anthropic/claude-opus-4.6\",\"max_tokens\":9,\"messages\":[]}");

    assertThat(Answers.read(
                call,
                Calls.json(),
                "{\"type\":\"message\",\"usage\":{\"input_tokens\":5,\"output_tokens\":1,\"cost\":0.5}}")
            .settlement()
            .statedCost())
        .isEqualTo(Usd.of("0.5"));
  }

  @Test
  void anHoursCacheBehindAGatewayIsAnHours() {
    Usage usage = chat(
        "gateway.example",
        "{\"prompt_tokens\":1000,\"completion_tokens\":1,\"prompt_tokens_details\":{"
            + "\"cache_creation_tokens\":900,"
            + "\"cache_creation_token_details\":{\"ephemeral_1h_input_tokens\":600}}}");

    assertThat(usage.count(UsageKind.CACHE_WRITE_1H)).isEqualTo(600);
    assertThat(usage.count(UsageKind.CACHE_WRITE_5M)).isEqualTo(300);
  }

  @Test
  void fastIsATierEvenIfTheAnswerIsSilentOfItsSpeed() {
    WireCall call = Answers.call(
        "api.anthropic.com",
        "/v1/messages",
        "{\"model\":\"claude-opus-4-6\",\"speed\":\"fast\",\"max_tokens\":9,\"messages\":[]}");
    Settlement settlement = Answers.read(
            call,
            Calls.json(),
            "{\"type\":\"message\",\"usage\":{\"input_tokens\":5,\"output_tokens\":1,"
                + "\"service_tier\":\"standard\"}}")
        .settlement();

    assertThat(settlement.serviceTier()).isEqualTo("fast");
  }

  @Test
  void aRegionOfVertexIsAskedForInThePath() {
    String path =
        "/v1/projects/p/locations/%s/publishers/anthropic/models/claude-opus-4-6:rawPredict";
    String body = "{\"max_tokens\":9,\"messages\":[]}";

    assertThat(Answers.call("aiplatform.googleapis.com", path.formatted("global"), body)
            .region())
        .isNull();
    assertThat(Answers.call("us-east5-aiplatform.googleapis.com", path.formatted("us-east5"), body)
            .region())
        .isEqualTo("us-east5");
  }

  @Test
  void fieldsThatNestWithoutEndAreNoWayOut() {
    String deep = "[".repeat(20_000) + "]".repeat(20_000);

    assertThat(Answers.call(
                "localhost",
                "/api/chat",
                "{\"model\":\"m\",\"messages\":[],\"input\":" + deep + "}")
            .prompt()
            .opaqueBytes())
        .isGreaterThan(30_000);
    assertThat(Answers.call(
            "generativelanguage.googleapis.com",
            "/v1beta/interactions",
            "{\"model\":\"gemini-3-flash-preview\",\"input\":" + deep + "}"))
        .isNotNull();
  }

  @Test
  void anEmbeddingHoldsNothingForOutput() {
    assertThat(Answers.call("localhost", "/api/embed", "{\"model\":\"m\",\"input\":\"a\"}")
            .outputCap())
        .hasValue(0);
    assertThat(Answers.call("localhost", "/v1/embeddings", "{\"model\":\"m\",\"input\":\"a\"}")
            .outputCap())
        .hasValue(0);
  }
}
