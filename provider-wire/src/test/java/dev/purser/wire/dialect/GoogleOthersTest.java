package dev.purser.wire.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.Calls;
import dev.purser.wire.Meter;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.Edit;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Embeddings, pictures and interactions of Google's, and models of others at Vertex AI. */
class GoogleOthersTest {

  private static final String GEMINI = "generativelanguage.googleapis.com";
  private static final String VERTEX = "aiplatform.googleapis.com";
  private static final String PUBLISHERS = "/v1/projects/p/locations/l/publishers/";

  private static WireCall embedding() {
    return Answers.call(
        GEMINI,
        "/v1beta/models/gemini-embedding-2:batchEmbedContents",
        "{\"requests\":[{\"content\":{\"parts\":[{\"text\":\"hello\"}]},\"title\":\"greeting\"}]}");
  }

  @Test
  void embeddingsCountWhatTheyReadIfTheyCount() {
    assertThat(embedding().prompt().texts()).containsExactlyInAnyOrder("hello", "greeting");
    assertThat(Answers.usage(
            embedding(),
            Calls.json(),
            "{\"embeddings\":[{\"values\":[0.5]}],\"usageMetadata\":{\"promptTokenCount\":12,"
                + "\"promptTokenDetails\":[{\"modality\":\"AUDIO\",\"tokenCount\":9}]}}"))
        .isEqualTo(Usage.builder()
            .add(UsageKind.INPUT, 3)
            .add(UsageKind.INPUT_AUDIO, 9)
            .build());
    Meter.Reading silent =
        Answers.read(embedding(), Calls.json(), "{\"embeddings\":[{\"values\":[0.5]}]}");
    assertThat(silent.trouble()).isEqualTo(AbandonReason.NO_USAGE);
    assertThat(silent.seen().inputStated()).isFalse();
    assertThat(silent.seen().hidden()).isFalse();
  }

  @Test
  void vertexCountsTheTokensOfEachText() {
    WireCall call = Answers.call(
        VERTEX,
        PUBLISHERS + "google/models/text-embedding-005:predict",
        "{\"instances\":[{\"content\":\"a\"},{\"content\":\"b\"}]}");
    assertThat(call.unmetered()).isNull();
    assertThat(Answers.usage(
            call,
            Calls.json(),
            "{\"predictions\":[{\"embeddings\":{\"values\":[1],\"statistics\":{\"token_count\":3.0}}},"
                + "{\"embeddings\":{\"statistics\":{\"token_count\":4}}}],"
                + "\"metadata\":{\"billableCharacterCount\":11}}"))
        .isEqualTo(Usage.ofTokens(7, 0));
  }

  @Test
  void picturesAreBilledByThePictureThatCame() {
    WireCall call = Answers.call(
        VERTEX,
        PUBLISHERS + "google/models/imagen-4.0-generate-001:predict",
        "{\"instances\":[{\"prompt\":\"a cat\"}],\"parameters\":{\"sampleCount\":3}}");
    assertThat(call.choices()).isEqualTo(3);
    assertThat(Answers.usage(
            call,
            Calls.json(),
            "{\"predictions\":[{\"mimeType\":\"image/png\",\"bytesBase64Encoded\":\"AAAA\"},"
                + "{\"raiFilteredReason\":\"no\"},{\"mimeType\":\"image/png\"}]}"))
        .isEqualTo(Usage.builder().add(UsageKind.PICTURE, 2).build());
  }

  @Test
  void aModelWhoseAnswersSayNothingIsUnmeteredVisibly() {
    WireCall call = Answers.call(
        VERTEX,
        PUBLISHERS + "google/models/lyria-002:predict",
        "{\"instances\":[{\"prompt\":\"a song\"}]}");
    assertThat(call.unmetered()).isEqualTo("answers of this model state no usage");
  }

  private static final String INTERACTION_USAGE = "\"usage\":{\"total_input_tokens\":9,"
      + "\"total_cached_tokens\":4,\"total_tool_use_tokens\":2,\"total_output_tokens\":13,"
      + "\"total_thought_tokens\":20,\"grounding_tool_count\":[{\"type\":\"google_search\",\"count\":3}]}";
  private static final Usage INTERACTION = Usage.builder()
      .add(UsageKind.INPUT, 7)
      .add(UsageKind.CACHE_READ, 4)
      .add(UsageKind.OUTPUT, 13)
      .add(UsageKind.REASONING, 20)
      .add(UsageKind.WEB_SEARCH, 3)
      .build();

  private static WireCall interaction(String more) {
    return Answers.call(
        GEMINI,
        "/v1beta/interactions",
        "{\"model\":\"gemini-3-flash\",\"input\":\"hi\"" + more + "}");
  }

  @Test
  void interactionsAreReadAtOnceAndAsEvents() {
    String whole = "{\"id\":\"v1_a\",\"status\":\"completed\",\"model\":\"gemini-3-flash\","
        + "\"service_tier\":\"flex\"," + INTERACTION_USAGE + "}";
    Settlement settlement = Answers.read(interaction(""), Calls.json(), whole).settlement();
    assertThat(settlement.usage()).isEqualTo(INTERACTION);
    assertThat(settlement.serviceTier()).isEqualTo("flex");
    assertThat(settlement.responseId()).isEqualTo("v1_a");
    String delta =
        "data: {\"event_type\":\"step.delta\",\"delta\":{\"type\":\"text\",\"text\":\"hello\"}}\n\n";
    String events = delta + "data: {\"event_type\":\"interaction.completed\",\"interaction\":"
        + whole + "}\n\ndata: [DONE]\n\n";
    WireCall streamed = interaction(",\"stream\":true");
    assertThat(Answers.usage(streamed, Calls.sse(), events)).isEqualTo(INTERACTION);
    Meter.Reading cut = Answers.read(streamed, Calls.sse(), delta);
    assertThat(cut.trouble()).isEqualTo(AbandonReason.STREAM_CUT);
    assertThat(cut.seen().hidden()).isTrue();
  }

  @Test
  void anInteractionInTheBackgroundIsUnmeteredVisibly() {
    assertThat(interaction(",\"background\":true").unmetered())
        .isEqualTo("the answer is given later");
    assertThat(interaction("").unmetered()).isNull();
    assertThat(interaction(",\"background\":true,\"stream\":true").unmetered()).isNull();
  }

  @Test
  void theCapOfAnInteractionIsLoweredWhereItStands() {
    WireCall call = interaction(",\"generation_config\":{\"max_output_tokens\":500}");
    assertThat(call.outputCap()).hasValue(500);
    assertThat(call.edited(new Edit(null, OptionalLong.of(9), false)))
        .asString(UTF_8)
        .contains("\"max_output_tokens\":9}");
  }

  @Test
  void whatWasSaidBeforeIsAFileOfUnknownSize() {
    assertThat(interaction(",\"previous_interaction_id\":\"v1_b\"").prompt().media())
        .hasSize(1);
    assertThat(interaction("").prompt().media()).isEmpty();
  }

  @Test
  void mistralsModelsAtVertexSpeakAsChatCompletions() {
    WireCall call = Answers.call(
        VERTEX,
        PUBLISHERS + "mistralai/models/mistral-small-2503:streamRawPredict",
        "{\"model\":\"mistral-small-2503\",\"stream\":true,\"max_tokens\":9,\"messages\":[]}");
    assertThat(call.model().name()).isEqualTo("mistral-small-2503");
    assertThat(call.usageUnasked()).isFalse();
    assertThat(call.outputCap()).hasValue(9);
    assertThat(Answers.usage(
            call,
            Calls.sse(),
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":1}}\n\ndata: [DONE]\n\n"))
        .isEqualTo(Usage.ofTokens(4, 1));
  }
}
