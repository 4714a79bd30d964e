package dev.purser.wire.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Prompt.Media;
import dev.purser.api.Prompt.MediaKind;
import dev.purser.wire.Calls;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.Edit;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a request for content asks for, of the Gemini API and of Vertex AI. */
class GeminiContentTest {

  private static final String GEMINI = "generativelanguage.googleapis.com";
  private static final String PATH = "/v1beta/models/gemini-2.5-flash:generateContent";
  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAwAAAAFAQAAAABZATCCAAAADUlEQVR4nGNYGsCAhAAkxwTKQjJ96QAAAABJRU5ErkJggg==";

  private static String asking(String more) {
    return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]" + more + "}";
  }

  private static WireCall call(String more) {
    return Answers.call(GEMINI, PATH, asking(more));
  }

  @Test
  void thePathNamesTheModelAndWhetherItStreams() {
    assertThat(call("").model()).isEqualTo(ModelId.of("google", "gemini-2.5-flash"));
    assertThat(call("").stream()).isFalse();
    WireCall vertex = Answers.call(
        "europe-west1-aiplatform.googleapis.com",
        "/v1/projects/p/locations/europe-west1/publishers/google/models/gemini-2.5-pro"
            + ":streamGenerateContent?alt=sse",
        asking(""));
    assertThat(vertex.model()).isEqualTo(ModelId.of("google", "gemini-2.5-pro"));
    assertThat(vertex.stream()).isTrue();
    WireCall tuned =
        Answers.call("localhost", "/v1/tunedModels/mine%2D1%3AgenerateContent", asking(""));
    assertThat(tuned.model()).isEqualTo(ModelId.of("google", "mine-1"));
  }

  @Test
  void modelsOfOthersAndOtherVerbsAreNotItsOwn() {
    String of = "/v1/projects/p/locations/l/publishers/";
    for (String path : new String[] {
      of + "anthropic/models/claude-sonnet-4-5@20250929:rawPredict",
      of + "anthropic/models/claude-sonnet-4-5@20250929:generateContent",
      "/v1beta/models/gemini-2.5-flash:countTokens",
      "/v1beta/models/gemini-2.5-flash:batchGenerateContent",
      "/v1beta/models/gemini-2.5-flash"
    }) {
      assertThat(Dialects.find("POST", GEMINI, path)).as(path).isNull();
    }
    assertThat(Dialects.find("GET", GEMINI, PATH)).isNull();
    assertThat(Calls.read(GEMINI, PATH, Map.of(), "{\"a\":1}".getBytes(UTF_8))).isNull();
  }

  @Test
  void theCapIsLoweredWhereItStands() {
    Edit edit = new Edit(null, OptionalLong.of(7), false);
    String camel = asking(",\"generationConfig\": {\"maxOutputTokens\" : 100 ,\"topP\":1}");
    WireCall call = Answers.call(GEMINI, PATH, camel);
    assertThat(call.outputCap()).hasValue(100);
    assertThat(call.edited(edit)).asString(UTF_8).isEqualTo(camel.replace("100", "7"));
    String snake = asking(",\"generation_config\":{\"max_output_tokens\":100}");
    call = Answers.call(GEMINI, PATH, snake);
    assertThat(call.outputCap()).hasValue(100);
    assertThat(call.edited(edit)).asString(UTF_8).isEqualTo(snake.replace("100", "7"));
  }

  @Test
  void aCapIsAddedUnderTheNamesThatTheBodyUses() {
    Edit edit = new Edit(null, OptionalLong.of(7), false);
    for (String more : new String[] {"", ",\"generation_config\":{\"top_p\":1}"}) {
      WireCall call = call(more);
      assertThat(call.outputCap()).isEmpty();
      byte[] edited = call.edited(edit);
      WireCall again = Answers.call(GEMINI, PATH, new String(edited, UTF_8));
      assertThat(again.outputCap()).hasValue(7);
      assertThat(new String(edited, UTF_8).contains("generationConfig")).isEqualTo(more.isEmpty());
    }
  }

  @Test
  void candidatesAndTiersAreRead() {
    assertThat(call(",\"generationConfig\":{\"candidateCount\":3}").choices()).isEqualTo(3);
    assertThat(call(",\"generation_config\":{\"candidate_count\":1e99}").choices())
        .isEqualTo(64);
    assertThat(call(",\"generationConfig\":{\"candidateCount\":0}").choices()).isEqualTo(1);
    assertThat(call(",\"serviceTier\":\"SERVICE_TIER_FLEX\"").serviceTier()).isEqualTo("flex");
    assertThat(call(",\"service_tier\":\"priority\"").serviceTier()).isEqualTo("priority");
    assertThat(call("").serviceTier()).isNull();
    WireCall vertex = Calls.read(
        GEMINI,
        PATH,
        Map.of("x-vertex-ai-llm-shared-request-type", "flex"),
        asking("").getBytes(UTF_8));
    assertThat(vertex.serviceTier()).isEqualTo("flex");
  }

  @Test
  void allThatTheModelReadsIsInThePrompt() {
    Prompt prompt = Answers.call(
            GEMINI,
            PATH,
            "{\"system_instruction\":{\"parts\":[{\"text\":\"Be brief.\"}]},\"contents\":["
                + "{\"parts\":[{\"text\":\"Look:\"},{\"inline_data\":{\"mime_type\":\"image/png\","
                + "\"data\":\"" + PNG + "\"}},"
                + "{\"fileData\":{\"mimeType\":\"audio/wav\",\"fileUri\":\"gs://a/b\"}},"
                + "{\"inlineData\":{\"mimeType\":\"application/pdf\",\"data\":\"QUFBQUFB\"}}]},"
                + "{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"f\"},"
                + "\"thoughtSignature\":\"QUFB\"}]}],"
                + "\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\"}]}],"
                + "\"cachedContent\":\"cachedContents/1\"}")
        .prompt();
    assertThat(prompt.texts())
        .contains("Be brief.", "Look:", "{\"name\":\"f\"}")
        .anyMatch(text -> text.contains("functionDeclarations"));
    assertThat(prompt.media())
        .containsExactly(
            new Media(MediaKind.IMAGE, "png", 70, 12, 5, ""),
            new Media(MediaKind.AUDIO, "wav", 0, 0, 0, ""),
            new Media(MediaKind.FILE, "pdf", 6, 0, 0, ""),
            new Media(MediaKind.FILE, "", 0, 0, 0, "")); // what was cached
    assertThat(prompt.opaqueBytes()).isEqualTo(3); // what the signature stands for
  }

  @Test
  void aFunctionMayAnswerWithAPicture() {
    Prompt prompt = Answers.call(
            GEMINI,
            PATH,
            "{\"contents\":{\"parts\":{\"functionResponse\":{\"name\":\"f\",\"response\":{\"a\":1},"
                + "\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"" + PNG
                + "\"}}]}}}}")
        .prompt();
    assertThat(prompt.media()).hasSize(1);
    assertThat(prompt.texts()).containsExactly("\"f\"", "{\"a\":1}");
  }
}
