package dev.purser.wire.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.wire.Calls;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.Edit;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cap lowered to what the budget pays for must be the one that the provider honours. */
class LoweredCapTest {

  private static final String DEPLOYMENT = "/openai/deployments/d/chat/completions?api-version=";

  private static String capped(String body) {
    return capped(Calls.HOST, Calls.PATH, body);
  }

  private static String capped(String host, String path, String body) {
    WireCall call = Calls.read(host, path, Map.of(), body.getBytes(UTF_8));
    byte[] edited = call.edited(new Edit(null, OptionalLong.of(9), false));
    WireCall sent = Calls.read(host, path, Map.of(), edited);

    assertThat(sent.outputCap()).as("what the provider reads").hasValue(9);
    assertThat(sent.choices()).isEqualTo(call.choices());
    assertThat(call.edited(new Edit(null, OptionalLong.of(9), false))).isEqualTo(edited);
    return new String(edited, UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "api.openai.com, gpt-4o, max_completion_tokens",
    "api.openai.com, o1, max_completion_tokens",
    "api.openai.com, o4-mini, max_completion_tokens",
    "api.openai.com, gpt-5, max_completion_tokens",
    "eu.api.openai.com, ft:o4-mini:acme::1, max_completion_tokens",
    "openrouter.ai, openai/gpt-5.1, max_completion_tokens",
    "openrouter.ai, openai/o1-pro, max_completion_tokens",
    "openrouter.ai, openai/o3, max_completion_tokens",
    "openrouter.ai, openai/o4-mini-high, max_completion_tokens",
    "openrouter.ai, openai/gpt-4o, max_tokens",
    "openrouter.ai, openai/gpt-oss-120b, max_tokens",
    "openrouter.ai, anthropic/claude-opus-4.6, max_tokens",
    "localhost, o1, max_completion_tokens",
    "localhost, o3-mini, max_completion_tokens",
    "localhost, o4-mini-2025-04-16, max_completion_tokens",
    "localhost, gpt-5, max_completion_tokens",
    "localhost, gpt-5.4-mini, max_completion_tokens",
    "localhost, gpt-10, max_completion_tokens",
    "localhost, azure/gpt-5-mini, max_completion_tokens",
    "localhost, openai:o3, max_completion_tokens",
    "localhost, ft:o4-mini:acme::1, max_completion_tokens",
    "localhost, gpt-4o, max_tokens",
    "localhost, gpt-35-turbo, max_tokens",
    "localhost, azure/gpt-35-turbo-16k, max_tokens",
    "localhost, gpt-41-mini, max_tokens",
    "localhost, gpt-oss:20b, max_tokens",
    "localhost, olmo-2, max_tokens",
    "localhost, llama-3-o1-distill, max_tokens",
    "api.mistral.ai, mistral-large-latest, max_tokens"
  })
  void aCapGoesIntoTheFieldThatWillBeHonoured(String host, String model, String field) {
    String fields = "\"model\":\"" + model + "\",\"messages\":[]}";

    assertThat(capped(host, Calls.PATH, "{" + fields)).isEqualTo("{\"" + field + "\":9," + fields);
  }

  @ParameterizedTest
  @CsvSource({
    "acme.openai.azure.com, 2024-10-21, max_completion_tokens",
    "acme.openai.azure.com, 2024-09-01-preview, max_completion_tokens",
    "acme.openai.azure.com, 2025-04-01-preview, max_completion_tokens",
    "acme.openai.azure.com, 2024-08-01-preview, max_tokens",
    "acme.openai.azure.com, 2023-05-15, max_tokens",
    "acme.openai.azure.com, '', max_tokens",
    "acme.azure-api.net, 2024-10-21, max_completion_tokens",
    "acme.azure-api.net, 2024-02-01, max_tokens"
  })
  void aDeploymentOfAzureTakesTheNewFieldIfTheVersionKnowsIt(
      String host, String version, String field) {
    String fields = "\"messages\":[]}";

    assertThat(capped(host, DEPLOYMENT + version, "{" + fields))
        .isEqualTo("{\"" + field + "\":9," + fields);
  }

  @ParameterizedTest
  @CsvSource({
    "/openai/v1/chat/completions, my-deploy, max_completion_tokens",
    "/models/chat/completions?api-version=2024-05-01-preview, Mistral-Large, max_tokens",
    "/models/chat/completions?api-version=2024-05-01-preview, o3-mini, max_completion_tokens",
    "/openai/deployments/o3/chat/completions?api-version=2024-02-01, o3, max_completion_tokens"
  })
  void elsewhereAtAzureTheModelDecides(String path, String model, String field) {
    String fields = "\"model\":\"" + model + "\",\"messages\":[]}";

    assertThat(capped("acme.services.ai.azure.com", path, "{" + fields))
        .isEqualTo("{\"" + field + "\":9," + fields);
  }

  @Test
  void aCapThatIsThereIsReplacedWhereItStands() {
    String rest = ",\"messages\":[],\"model\":\"m\"}";

    assertThat(capped("{\"max_tokens\" : 100" + rest)).isEqualTo("{\"max_tokens\" : 9" + rest);
    assertThat(capped("{\"max_completion_tokens\":100" + rest))
        .isEqualTo("{\"max_completion_tokens\":9" + rest);
    assertThat(capped("{\"max_tokens\":100,\"max_completion_tokens\":200" + rest))
        .isEqualTo("{\"max_tokens\":9,\"max_completion_tokens\":9" + rest);
    assertThat(capped("{\"max_tokens\":1,\"max_completion_tokens\":2,\"max_tokens\":3" + rest))
        .isEqualTo("{\"max_tokens\":9,\"max_completion_tokens\":9,\"max_tokens\":9" + rest);
    assertThat(capped("{\"max_completion_tokens\":null,\"max_tokens\":1e3" + rest))
        .isEqualTo("{\"max_completion_tokens\":null,\"max_tokens\":9" + rest);
    assertThat(capped("{\"max_completion_tokens\":null" + rest))
        .isEqualTo("{\"max_completion_tokens\":9" + rest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"100\"", "-1", "0", "1.5", "[]", "1e99"})
  void aCapThatNobodyCanCountOnIsReplacedToo(String odd) {
    String rest = ",\"messages\":[],\"model\":\"m\"}";

    assertThat(capped("{\"max_tokens\":" + odd + rest)).isEqualTo("{\"max_tokens\":9" + rest);
    assertThat(capped("{\"max_tokens\":50,\"max_completion_tokens\":" + odd + rest))
        .isEqualTo("{\"max_tokens\":9,\"max_completion_tokens\":9" + rest);
  }

  @Test
  void aCapBoundsEachOfSeveralChoicesAndLeavesTheirNumber() {
    String fields = "\"n\":3,\"messages\":[],\"model\":\"gpt-4o\"}";

    assertThat(capped("{" + fields)).isEqualTo("{\"max_completion_tokens\":9," + fields);
    assertThat(capped("{\"max_tokens\":100," + fields)).isEqualTo("{\"max_tokens\":9," + fields);
  }

  @Test
  void aCapForAnotherModelGoesIntoThatModelsField() {
    byte[] body = "{\"model\":\"gpt-4o\",\"messages\":[]}".getBytes(UTF_8);
    WireCall call = Calls.read("localhost", Calls.PATH, Map.of(), body);

    assertThat(new String(call.edited(new Edit("o3", OptionalLong.of(9), false)), UTF_8))
        .isEqualTo("{\"max_completion_tokens\":9,\"model\":\"o3\",\"messages\":[]}");
  }
}
