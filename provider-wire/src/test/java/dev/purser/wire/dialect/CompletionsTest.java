package dev.purser.wire.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import dev.purser.wire.Calls;
import dev.purser.wire.Meter.Reading;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.Edit;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionsTest {

  private static final String PATH = "/v1/completions";

  @ParameterizedTest
  @CsvSource({
    "api.openai.com, /v1/completions, openai.completions",
    "acme.openai.azure.com, /openai/deployments/d/completions, openai.completions",
    "api.mistral.ai, /v1/fim/completions, openai.completions",
    "api.portkey.ai, /v1/prompts/pp-1/completions, portkey.prompts",
    "localhost, /v1/chat/completions, openai.chat.completions",
    "api.mistral.ai, /v1/agents/completions, openai.chat.completions",
    "acme.snowflakecomputing.com, /api/v2/cortex/inference:complete, openai.chat.completions"
  })
  void everyPathIsSpokenTo(String host, String path, String dialect) {
    assertThat(read(host, path, "{\"model\":\"m\",\"messages\":[]}").dialect().name())
        .isEqualTo(dialect);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"prompt\":\"a\"                                  | 1",
        "\"prompt\":\"a\",\"n\":3                          | 3",
        "\"prompt\":\"a\",\"n\":3,\"best_of\":5            | 5",
        "\"prompt\":[\"a\",\"b\"],\"n\":3                  | 6",
        "\"prompt\":[1,2,3]                                | 1",
        "\"prompt\":[[1,2,3],[4]]                          | 2",
        "\"prompt\":[]                                     | 1",
        "\"suffix\":\"b\"                                  | 1"
      })
  void everyCandidateForEveryPromptIsWritten(String fields, int choices) {
    assertThat(complete(fields).choices()).isEqualTo(choices);
  }

  @Test
  void promptAndSuffixAreRead() {
    assertThat(
            complete("\"prompt\":\"def f(\",\"suffix\":\"return x\"").prompt().texts())
        .containsExactly("def f(", "return x");
    assertThat(complete("\"prompt\":[[1,2,3],[4]]").prompt().tokens()).isEqualTo(4);
  }

  @Test
  void theCapIsTheOldOneAndUsageIsAskedFor() {
    WireCall call = complete("\"prompt\":\"a\",\"stream\":true");

    assertThat(call.usageUnasked()).isTrue();
    assertThat(new String(call.edited(new Edit(null, OptionalLong.of(9), true)), UTF_8))
        .startsWith("{\"max_tokens\":9,\"stream_options\":{\"include_usage\":true},")
        .endsWith("\"model\":\"gpt-3.5-turbo-instruct\",\"prompt\":\"a\",\"stream\":true}");
    assertThat(
            read("api.mistral.ai", "/v1/fim/completions", "{\"stream\":true}").usageUnasked())
        .isFalse();
    assertThat(read("api.portkey.ai", "/v1/prompts/p/completions", "{\"stream\":true}")
            .usageUnasked())
        .isFalse();
  }

  @Test
  void aStreamEndsWithItsUsage() {
    String first = Events.of(
        "{'id':'c','model':'m','choices':[{'text':'Hi','index':0,'finish_reason':null}]}");
    String rest = Events.of(
        "{'choices':[{'text':'','index':0,'finish_reason':'stop'}]}",
        "{'choices':[],'usage':{'prompt_tokens':4,'completion_tokens':1,'total_tokens':5}}",
        "[DONE]");

    for (int size : new int[] {1, 50, 5000}) {
      assertThat(pass(first + rest, size).settlement().usage()).isEqualTo(Usage.ofTokens(4, 1));
    }
    Reading cut = pass(first, 3);
    assertThat(cut.settlement()).isNull();
    assertThat(cut.seen().visibleTokens()).isPositive();
    assertThat(cut.seen().hidden()).isFalse();
  }

  @Test
  void ofAStoredPromptOnlyWhatIsFilledInIsKnown() {
    WireCall call = read(
        "api.portkey.ai",
        "/v1/prompts/pp-1/completions",
        "{\"variables\":{\"city\":\"Rome\"},\"max_tokens\":5}");

    assertThat(call.model().name()).isEmpty();
    assertThat(call.outputCap()).hasValue(5);
    assertThat(call.prompt().texts()).containsExactly("{\"city\":\"Rome\"}");
    assertThat(call.prompt().media()).containsExactly(ChatPart.UNKNOWN);
  }

  @Test
  void aSearchModelSearchesForEachAnswer() {
    assertThat(SearchModels.searches(ModelId.of("openai", "gpt-4o-search-preview")))
        .isTrue();
    assertThat(SearchModels.searches(ModelId.of("openai", "gpt-4o-mini-search-preview-2025-03-11")))
        .isTrue();
    assertThat(SearchModels.searches(ModelId.of("openai", "gpt-5-search-api"))).isTrue();
    assertThat(SearchModels.searches(ModelId.of("openai", "gpt-4o"))).isFalse();
    assertThat(SearchModels.searches(ModelId.of("openai", "my-search-preview"))).isFalse();
  }

  private static WireCall complete(String fields) {
    return read("api.openai.com", PATH, "{\"model\":\"gpt-3.5-turbo-instruct\"," + fields + "}");
  }

  private static WireCall read(String host, String path, String body) {
    return Calls.read(host, path, Map.of(), body.getBytes(UTF_8));
  }

  private static Reading pass(String answer, int size) {
    byte[] bytes = answer.getBytes(UTF_8);
    Calls.Answer passed =
        Calls.pass(complete("\"prompt\":\"a\"").meter(Calls.sse(), false), bytes, size);
    assertThat(passed.seen()).isEqualTo(bytes);
    return passed.reading();
  }
}
