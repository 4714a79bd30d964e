package dev.purser.wire.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.ModelId;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicMessagesTest {

  private static final String URL = "api.anthropic.com/v1/messages";
  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
  private static final String VERTEX =
      "us-east5-aiplatform.googleapis.com/v1/projects/p/locations/l"
          + "/publishers/anthropic/models/claude-sonnet-4-5@20250929:";

  @ParameterizedTest
  @CsvSource({
    "api.anthropic.com/v1/messages, anthropic",
    "api.anthropic.com/v1/messages/, anthropic",
    "api.deepseek.com/anthropic/v1/messages, deepseek",
    "bedrock-mantle.us-east-1.api.aws/anthropic/v1/messages, aws",
    "gateway.example.com/some/where/v1/messages, other",
  })
  void isSpokenOnAnyHost(String url, String provider) {
    WireCall call = read(url, "\"max_tokens\":10");

    assertThat(call.dialect().name()).isEqualTo("anthropic.messages");
    assertThat(call.model()).isEqualTo(ModelId.of(provider, "claude-sonnet-4-5"));
    assertThat(call.outputCap()).hasValue(10);
  }

  @Test
  void vertexNamesTheModelInThePath() {
    WireCall call = Dialogue.call(
        "POST",
        VERTEX + "streamRawPredict",
        "{\"anthropic_version\":\"vertex-2023-10-16\",\"max_tokens\":7," + MESSAGES + "}");

    assertThat(call.model()).isEqualTo(ModelId.of("google", "claude-sonnet-4-5@20250929"));
    assertThat(call.stream()).isTrue();
    assertThat(call.outputCap()).hasValue(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/messages/count_tokens",
        "/v1/messages/batches/b/cancel",
        "/v1/threads/t/messages",
        "/v1/models",
      })
  void whatIsFreeOrAnotherApiIsNotSpoken(String path) {
    assertThat(Dialects.find("POST", "api.anthropic.com", path)).isNull();
    assertThat(Dialects.find("GET", "api.anthropic.com", "/v1/messages")).isNull();
  }

  @Test
  void theCapIsLoweredAndEveryOtherByteStays() {
    String before = "{ \"model\":\"claude-sonnet-4-5\", \"max_tokens\" : 4096 ,\"x\":\"\\u00e9\","
        + MESSAGES + "}";

    byte[] after = Dialogue.call("POST", URL, before)
        .edited(new WireCall.Edit(null, OptionalLong.of(99), false));

    assertThat(new String(after, UTF_8)).isEqualTo(before.replace("4096", "99"));
  }

  @ParameterizedTest
  @CsvSource({"3000, 2999", "5000, 4096", "500, 1024"})
  void thinkingStaysBelowALoweredCap(long cap, long budget) {
    String thinking =
        "\"max_tokens\":9000,\"thinking\":{\"budget_tokens\":4096,\"type\":\"enabled\"}";

    byte[] after = read(URL, thinking).edited(new WireCall.Edit(null, OptionalLong.of(cap), false));

    assertThat(new String(after, UTF_8))
        .contains("\"max_tokens\":" + cap + ",")
        .contains("{\"budget_tokens\":" + budget + ",\"type\":\"enabled\"}");
  }

  @Test
  void toBeFastIsATierAndAGeographyARegion() {
    WireCall call =
        read(URL, "\"speed\":\"fast\",\"service_tier\":\"auto\",\"inference_geo\":\"us\"");

    assertThat(call.serviceTier()).isEqualTo("fast");
    assertThat(call.region()).isEqualTo("us");
    assertThat(read(URL, "\"inference_geo\":\"global\"").region()).isNull();
    assertThat(read(URL, "\"service_tier\":\"standard_only\"").serviceTier())
        .isEqualTo("standard_only");
  }

  @Test
  void theModelsThatMayTakeOverAreAlternatives() {
    assertThat(read(URL, "\"fallbacks\":[{\"model\":\"claude-opus-4-8\"}]").alternatives())
        .containsExactly(ModelId.of("anthropic", "claude-opus-4-8"));
    assertThat(read(URL, "\"fallbacks\":\"default\"").alternatives())
        .containsExactly(ModelId.of("anthropic", ""));
  }

  @Test
  void theSessionThatClaudeCodeWritesIsRead() {
    String user = "user_" + "0a".repeat(32) + "_account__session_";
    String session = "12345678-1234-1234-1234-123456789abc";

    assertThat(
            read(URL, "\"metadata\":{\"user_id\":\"" + user + session + "\"}").session())
        .isEqualTo(session);
    assertThat(read(URL, "\"metadata\":{\"user_id\":\"me_session_" + session + "\"}")
            .session())
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{", "{\"messages\":\"hi\"}", "{\"messages\":[{]}", "{\"messages\":["})
  void whatIsNoMessageIsNotRead(String body) {
    var dialect = new AnthropicMessages();

    assertThat(dialect.read(
            new WireRequest("POST", "h", "/v1/messages", null, name -> null, body.getBytes(UTF_8))))
        .isNull();
  }

  private static WireCall read(String url, String more) {
    return Dialogue.call(
        "POST", url, "{\"model\":\"claude-sonnet-4-5\"," + MESSAGES + "," + more + "}");
  }
}
