package dev.purser.wire.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.ModelId;
import dev.purser.wire.Calls;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.Edit;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatCallTest {

  private static final String MINIMAL = "{\"model\":\"gpt-4o\",\"messages\":[]}";

  @Test
  void theFactsOfARequestAreRead() {
    WireCall call = Calls.read("{\"stream\":true,\"n\":3,\"mod\\u0065l\":\"gpt-4o\","
        + "\"service_tier\":\"flex\",\"max_tokens\":50,\"messages\":[],"
        + "\"stream_options\":{\"include_usage\":true}}");

    assertThat(call.dialect().name()).isEqualTo("openai.chat.completions");
    assertThat(call.model()).isEqualTo(ModelId.of("openai", "gpt-4o"));
    assertThat(call.outputCap()).hasValue(50);
    assertThat(call.choices()).isEqualTo(3);
    assertThat(call.stream()).isTrue();
    assertThat(call.usageUnasked()).isFalse();
    assertThat(call.serviceTier()).isEqualTo("flex");
    assertThat(call.session()).isNull();
  }

  @Test
  void whatIsNotSaidIsTheDefault() {
    WireCall call = Calls.read(MINIMAL);

    assertThat(call.outputCap()).isEmpty();
    assertThat(call.choices()).isEqualTo(1);
    assertThat(call.stream()).isFalse();
    assertThat(call.usageUnasked()).isFalse();
    assertThat(call.serviceTier()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "null",
        "{}",
        "{\"model\":\"m\"}",
        "{\"model\":\"m\",\"messages\":{}}",
        "{\"model\":\"m\",\"messages\":[}",
        "{\"model\":\"m\",\"messages\":[{\"role\":}]}",
        "{\"model\":\"m\",\"messages\":[]",
        "{\"model\":\"m\",\"messages\":[]} x",
        "{\"model\":\"m\" \"messages\":[]}",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\"}}]}]}"
      })
  void anythingElseIsNoCall(String body) {
    assertThat(Calls.read(body)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "api.openai.com, openai",
    "127.0.0.1, openai",
    "acme.openai.azure.com, azure",
    "api.x.ai, x-ai",
    "openrouter.ai, openrouter"
  })
  void theProviderIsKnownByTheHostOrAssumed(String host, String provider) {
    WireCall call = Calls.read(host, Calls.PATH, Map.of(), MINIMAL.getBytes(UTF_8));

    assertThat(call.model()).isEqualTo(ModelId.of(provider, "gpt-4o"));
  }

  @Test
  void azureMayNameTheModelByThePathAlone() {
    byte[] body = "{\"messages\":[]}".getBytes(UTF_8);
    WireCall call = Calls.read(
        "acme.openai.azure.com", "/openai/deployments/gpt-4o-eu/chat/completions", Map.of(), body);

    assertThat(call.model()).isEqualTo(ModelId.of("azure", "gpt-4o-eu"));
    assertThat(call.edited(new Edit("other", OptionalLong.empty(), false))).isSameAs(body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"max_tokens\":100                                 | 100",
        "\"max_completion_tokens\":100.0                    | 100",
        "\"max_tokens\":100,\"max_completion_tokens\":200   | 200",
        "\"max_tokens\":200,\"max_completion_tokens\":null  | 200",
        "\"max_tokens\":1,\"max_tokens\":2                  | 2",
        "\"max_tokens\":null                                | ",
        "\"max_tokens\":0                                   | ",
        "\"max_tokens\":-1                                  | ",
        "\"max_tokens\":1.5                                 | ",
        "\"max_tokens\":\"100\"                             | ",
        "\"max_tokens\":9223372036854775808                 | ",
        "\"max_tokens\":1e308                               | ",
        "\"max_tokens\":1e999999999                         | ",
        "\"max_tokens\":[]                                  | ",
        "\"max_tokens\":-1,\"max_completion_tokens\":100    | "
      })
  void aCapIsOnlyBelievedIfItHolds(String fields, Long cap) {
    assertThat(Calls.read("{" + fields + "," + MINIMAL.substring(1)).outputCap())
        .isEqualTo(cap == null ? OptionalLong.empty() : OptionalLong.of(cap));
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "2.0, 2", "null, 1", "0, 1", "-3, 1", "'\"2\"', 2", "1e99, 1"})
  void anOddNumberOfChoicesIsOne(String n, int choices) {
    assertThat(Calls.read("{\"n\":" + n + "," + MINIMAL.substring(1)).choices()).isEqualTo(choices);
  }

  @Test
  void theSessionIsFoundInHeadersThenInMetadata() {
    byte[] body = ("{\"metadata\":{\"session\":\"s1\",\"session_id\":\"s2\"},"
            + MINIMAL.substring(1))
        .getBytes(UTF_8);

    assertThat(session(Map.of("helicone-session-id", "h", "x-litellm-trace-id", "l"), body))
        .isEqualTo("h");
    assertThat(session(Map.of("helicone-session-id", " ", "x-litellm-trace-id", "l"), body))
        .isEqualTo("l");
    assertThat(session(Map.of(), body)).isEqualTo("s2");
    assertThat(Calls.read("{\"metadata\":{\"session\":\"s1\"}," + MINIMAL.substring(1))
            .session())
        .isEqualTo("s1");
    assertThat(Calls.read("{\"metadata\":\"s1\"," + MINIMAL.substring(1)).session())
        .isNull();
  }

  private static String session(Map<String, String> headers, byte[] body) {
    return Calls.read(Calls.HOST, Calls.PATH, headers, body).session();
  }

  @Test
  void usageIsAskedForWhereverTheOptionsStand() {
    assertThat(asked("{ }", "")).isEqualTo("{\"include_usage\":true }");
    assertThat(asked("{\"x\":1}", "")).isEqualTo("{\"include_usage\":true,\"x\":1}");
    assertThat(asked("{\"include_usage\": false}", "")).isEqualTo("{\"include_usage\": true}");
    assertThat(asked("{\"include_usage\":null,\"x\":[]}", ""))
        .isEqualTo("{\"include_usage\":true,\"x\":[]}");
    assertThat(asked("null", "")).isEqualTo("{\"include_usage\":true}");
    assertThat(asked("7", "")).as("nothing a provider takes").isEqualTo("7");
    assertThat(edited(Calls.streaming(), null, 0, true))
        .isEqualTo("{\"stream_options\":{\"include_usage\":true},"
            + "\"model\":\"gpt-4o\",\"messages\":[],\"stream\":true}");
  }

  private static String asked(String options, String more) {
    String start = "{\"stream\":true,\"messages\":[],\"stream_options\":";
    String end = more + ",\"model\":\"m\"}";
    String edited = edited(Calls.read(start + options + end), null, 0, true);
    assertThat(edited).startsWith(start).endsWith(end);
    return edited.substring(start.length(), edited.length() - end.length());
  }

  @Test
  void theModelIsReplacedWhereItStands() {
    String body =
        "{\"model\" :\n\"a\",\"x\":{\"model\":\"b\"},\"messages\":[],\"m\\u006fdel\":\"c\"}";

    assertThat(edited(Calls.read(body), "\u00fc\"", 0, false))
        .isEqualTo("{\"model\" :\n\"\u00fc\\\"\",\"x\":{\"model\":\"b\"},\"messages\":[],"
            + "\"m\\u006fdel\":\"\u00fc\\\"\"}");
  }

  @Test
  void nestingTenThousandDeepAndMegabytesAreReadAndEdited() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    String text = "x\\\"".repeat(1_000_000);
    String body = "{\"deep\":" + deep + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + text
        + "\",\"odd\":" + deep + "}],\"model\":\"a\"}";
    WireCall call = Calls.read(body);

    assertThat(call.prompt().texts().get(0)).hasSize(2_000_000);
    assertThat(edited(call, "b", 0, false)).isEqualTo(body.replace("\"a\"", "\"b\""));
  }

  @Test
  void neitherKeysNorPromptsArePrinted() {
    WireCall call =
        Calls.read("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a secret\"}]}");

    assertThat(call.toString()).contains("openai/m").doesNotContain("secret");
    assertThat(call.prompt().toString()).doesNotContain("secret");
  }

  private static String edited(WireCall call, String model, long cap, boolean askForUsage) {
    OptionalLong outputCap = cap == 0 ? OptionalLong.empty() : OptionalLong.of(cap);
    return new String(call.edited(new Edit(model, outputCap, askForUsage)), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"messages\":[]}",
        "{\"model\":null,\"messages\":[]}",
        "{\"model\":7,\"messages\":[]}"
      })
  void aCallThatNamesNoModelIsStillACall(String body) {
    WireCall call =
        Calls.read("openrouter.ai", "/api/v1/chat/completions/", Map.of(), body.getBytes(UTF_8));

    assertThat(call.model()).isEqualTo(ModelId.of("openrouter", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, openai",
    "openai/gpt-5, openai",
    "ft:gpt-4o:acme::1, openai",
    "o3-mini, openai",
    "claude-sonnet-4-5, other",
    "llama3.2, other",
    "mistral-large-latest, other",
    "my-deploy, other",
  })
  void aHostThatNobodyKnowsIsOpenAisOnlyForItsModels(String model, String provider) {
    String body = "{\"model\":\"" + model + "\",\"messages\":[]}";

    assertThat(
            Calls.read("127.0.0.1", Calls.PATH, Map.of(), body.getBytes(UTF_8)).model())
        .isEqualTo(ModelId.of(provider, model));
  }

  @ParameterizedTest
  @CsvSource({
    "api.openai.com, /v1/chat/completions, true",
    "127.0.0.1, /v1/chat/completions, true",
    "api.mistral.ai, /v1/chat/completions, false",
    "api.perplexity.ai, /chat/completions, false",
    "x.openai.azure.com, /openai/deployments/d/chat/completions?api-version=2023-05-15, false",
    "x.openai.azure.com, /openai/deployments/d/chat/completions?api-version=2024-10-21, true",
    "x.openai.azure.com, /openai/deployments/d/chat/completions, false",
    "x.openai.azure.com, /openai/v1/chat/completions, true",
  })
  void usageIsOnlyAskedForWhereThatBreaksNothing(String host, String path, boolean asked) {
    String body = "{\"model\":\"m\",\"messages\":[],\"stream\":true}";

    assertThat(Calls.read(host, path, Map.of(), body.getBytes(UTF_8)).usageUnasked())
        .isEqualTo(asked);
  }

  @Test
  void ofFieldsThatStandTwiceTheLargestIsHeldFor() {
    assertThat(Calls.read("{\"n\":9,\"n\":2," + MINIMAL.substring(1)).choices()).isEqualTo(9);
    assertThat(Calls.read("{\"max_tokens\":9,\"max_tokens\":2," + MINIMAL.substring(1))
            .outputCap())
        .hasValue(9);
  }
}
