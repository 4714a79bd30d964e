package dev.purser.wire.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.SeenUsage;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.Calls;
import dev.purser.wire.Meter;
import dev.purser.wire.WireCall;
import org.junit.jupiter.api.Test;

/** Usage of generateContent, at once, as events and as an array that grows. */
class GeminiAnswerTest {

  private static final String HOST = "generativelanguage.googleapis.com";
  private static final String ASK = "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}";

  private static WireCall plain(String model) {
    return Answers.call(HOST, "/v1beta/models/" + model + ":generateContent", ASK);
  }

  private static WireCall streamed(String model) {
    return Answers.call(HOST, "/v1beta/models/" + model + ":streamGenerateContent", ASK);
  }

  private static Usage usage(String metadata) {
    return Answers.usage(
        plain("gemini-2.5-flash"), Calls.json(), "{\"usageMetadata\":" + metadata + "}");
  }

  private static String piece(String text, String finish, String usage) {
    return "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" + text + "\"}]}"
        + (finish.isEmpty() ? "" : ",\"finishReason\":\"" + finish + "\"") + ",\"index\":0}]"
        + (usage.isEmpty() ? "" : ",\"usageMetadata\":" + usage)
        + ",\"modelVersion\":\"gemini-2.5-flash\",\"responseId\":\"r1\"}";
  }

  private static String events(String... pieces) {
    return "data: " + String.join("\n\ndata: ", pieces) + "\n\n";
  }

  @Test
  void toolsAreBesideThePromptAndThoughtsBesideTheCandidates() {
    assertThat(usage("{\"promptTokenCount\":100,\"cachedContentTokenCount\":40,"
            + "\"toolUsePromptTokenCount\":7,\"candidatesTokenCount\":5,\"thoughtsTokenCount\":30,"
            + "\"totalTokenCount\":142}"))
        .isEqualTo(Usage.builder()
            .add(UsageKind.INPUT, 67)
            .add(UsageKind.CACHE_READ, 40)
            .add(UsageKind.OUTPUT, 5)
            .add(UsageKind.REASONING, 30)
            .build());
  }

  @Test
  void cachedSoundAndPicturesAreCountedOnceTrap30() {
    assertThat(usage("{\"promptTokenCount\":100,\"cachedContentTokenCount\":90,"
            + "\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":20},"
            + "{\"modality\":\"DOCUMENT\",\"tokenCount\":50},{\"modality\":\"AUDIO\",\"tokenCount\":30}],"
            + "\"cacheTokensDetails\":[{\"modality\":\"DOCUMENT\",\"tokenCount\":50},"
            + "{\"modality\":\"AUDIO\",\"tokenCount\":25}],\"candidatesTokenCount\":0}"))
        .isEqualTo(Usage.builder()
            .add(UsageKind.INPUT, 5)
            .add(UsageKind.INPUT_AUDIO, 5)
            .add(UsageKind.CACHE_READ, 15)
            .add(UsageKind.CACHE_READ_IMAGE, 50)
            .add(UsageKind.CACHE_READ_AUDIO, 25)
            .build());
  }

  @Test
  void detailsThatOverlapWithACacheOfUnknownKindsAddUpToTheTotalTrap30() {
    // prompt 100 = cached 90, image 80: the pictures beyond what was fresh were cached
    assertThat(usage("{\"promptTokenCount\":100,\"cachedContentTokenCount\":90,"
            + "\"promptTokensDetails\":[{\"modality\":\"IMAGE\",\"tokenCount\":80}],"
            + "\"candidatesTokenCount\":1}"))
        .isEqualTo(Usage.builder()
            .add(UsageKind.INPUT_IMAGE, 10)
            .add(UsageKind.CACHE_READ_IMAGE, 70)
            .add(UsageKind.CACHE_READ, 20)
            .add(UsageKind.OUTPUT, 1)
            .build());
  }

  @Test
  void whatTheTotalHasMoreWasThoughtOrWritten() {
    assertThat(usage("{\"promptTokenCount\":10,\"candidatesTokenCount\":4,\"totalTokenCount\":20}"))
        .isEqualTo(Usage.builder()
            .add(UsageKind.INPUT, 10)
            .add(UsageKind.OUTPUT, 4)
            .add(UsageKind.REASONING, 6)
            .build());
    assertThat(usage("{\"promptTokenCount\":10,\"totalTokenCount\":20}"))
        .isEqualTo(Usage.ofTokens(10, 10));
  }

  @Test
  void anExplicitZeroStaysZeroAndNothingIsUnknownTrap23() {
    assertThat(usage("{\"promptTokenCount\":0,\"candidatesTokenCount\":0}")).isEqualTo(Usage.NONE);
    Meter.Reading none =
        Answers.read(plain("gemini-2.5-flash"), Calls.json(), "{\"usageMetadata\":{}}");
    assertThat(none.settlement()).isNull();
    assertThat(none.trouble()).isEqualTo(AbandonReason.NO_USAGE);
    Meter.Reading absurd = Answers.read(
        plain("gemini-2.5-flash"),
        Calls.json(),
        "{\"usageMetadata\":{\"promptTokenCount\":-1,\"candidatesTokenCount\":1}}");
    assertThat(absurd.trouble()).isEqualTo(AbandonReason.IMPLAUSIBLE_USAGE);
  }

  @Test
  void enumerationsMayBeNumbers() {
    WireCall call = streamed("gemini-2.5-flash");
    String last = "{\"candidates\":[{\"finishReason\":1}],\"usageMetadata\":{\"trafficType\":4,"
        + "\"promptTokenCount\":9,\"promptTokensDetails\":[{\"modality\":4,\"tokenCount\":9}],"
        + "\"candidatesTokenCount\":2}}";
    Settlement settlement = Answers.read(call, Calls.sse(), events(last)).settlement();
    assertThat(settlement.usage().count(UsageKind.INPUT_AUDIO)).isEqualTo(9);
    assertThat(settlement.serviceTier()).isEqualTo("flex");
  }

  @Test
  void theLastOfCumulativeCountsIsChargedTrap25() {
    String first = piece("a", "", "{\"promptTokenCount\":5}");
    String then =
        piece("b", "", "{\"promptTokenCount\":5,\"candidatesTokenCount\":2,\"totalTokenCount\":7}");
    String last = piece(
        "c",
        "STOP",
        "{\"promptTokenCount\":6,\"candidatesTokenCount\":3,\"totalTokenCount\":9,"
            + "\"serviceTier\":\"standard\"}");
    for (boolean array : new boolean[] {false, true}) {
      String answer = array
          ? "[" + String.join("\n,\r\n", first, then, last) + "]\n"
          : events(first, then, last);
      Settlement settlement = Answers.read(
              streamed("gemini-2.5-flash"), array ? Calls.json() : Calls.sse(), answer)
          .settlement();
      assertThat(settlement.usage()).isEqualTo(Usage.ofTokens(6, 3));
      assertThat(settlement.responseId()).isEqualTo("r1");
      assertThat(settlement.answeredBy().name()).isEqualTo("gemini-2.5-flash");
      assertThat(settlement.serviceTier()).isEqualTo("standard");
    }
  }

  @Test
  void aStreamThatIsCutIsChargedByTheCountsSoFarTrap28() {
    String counted = piece(
        "b", "", "{\"promptTokenCount\":5,\"candidatesTokenCount\":2,\"thoughtsTokenCount\":9}");
    String cut = events(counted) + "data: {\"candidates\":[{\"content\":{\"parts\":[{\"te";
    SeenUsage seen =
        Answers.read(streamed("gemini-2.5-flash"), Calls.sse(), cut).seen();
    assertThat(seen.stated())
        .isEqualTo(Usage.builder()
            .add(UsageKind.INPUT, 5)
            .add(UsageKind.OUTPUT, 2)
            .add(UsageKind.REASONING, 9)
            .build());
    assertThat(seen.inputStated()).isTrue();
    assertThat(seen.outputStated()).isTrue();
    assertThat(seen.hidden()).isFalse();
    Meter.Reading array =
        Answers.read(streamed("gemini-2.5-flash"), Calls.json(), "[" + counted + ",{\"cand");
    assertThat(array.trouble()).isEqualTo(AbandonReason.STREAM_CUT);
    assertThat(array.seen().stated()).isEqualTo(seen.stated());
  }

  @Test
  void aStreamOfVertexThatIsCutHasHiddenThoughtsTrap24() {
    String early = piece("one two three", "", "{\"trafficType\":\"ON_DEMAND\"}");
    SeenUsage thinking =
        Answers.read(streamed("gemini-2.5-flash"), Calls.sse(), events(early)).seen();
    assertThat(thinking.hidden()).isTrue();
    assertThat(thinking.inputStated()).isFalse();
    SeenUsage plain =
        Answers.read(streamed("gemini-2.0-flash"), Calls.sse(), events(early)).seen();
    assertThat(plain.hidden()).isFalse();
    assertThat(plain.visibleTokens()).isPositive();
    WireCall told = Answers.call(
        HOST,
        "/v1beta/models/gemini-2.5-flash:streamGenerateContent",
        ASK.replace(
            "}]}]}", "}]}],\"generationConfig\":{\"thinkingConfig\":{\"thinkingBudget\":0}}}"));
    assertThat(Answers.read(told, Calls.sse(), events(early)).seen().hidden()).isFalse();
  }

  @Test
  void aBlockedPromptIsBilledAsInput() {
    String blocked = "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"},"
        + "\"usageMetadata\":{\"promptTokenCount\":14,\"totalTokenCount\":14}}";
    assertThat(Answers.usage(plain("gemini-2.5-flash"), Calls.json(), blocked))
        .isEqualTo(Usage.ofTokens(14, 0));
    assertThat(Answers.usage(streamed("gemini-2.5-flash"), Calls.sse(), events(blocked)))
        .isEqualTo(Usage.ofTokens(14, 0));
  }

  @Test
  void anErrorIsFreeUntilSomethingWasWritten() {
    String error = "{\"error\":{\"code\":503,\"status\":\"UNAVAILABLE\"}}";
    assertThat(Answers.usage(streamed("gemini-2.5-flash"), Calls.sse(), events(error)))
        .isEqualTo(Usage.NONE);
    String counted = piece("b", "", "{\"promptTokenCount\":5,\"candidatesTokenCount\":2}");
    Meter.Reading late =
        Answers.read(streamed("gemini-2.5-flash"), Calls.sse(), events(counted, error));
    assertThat(late.trouble()).isEqualTo(AbandonReason.ERROR_IN_ANSWER);
    assertThat(late.seen().stated()).isEqualTo(Usage.ofTokens(5, 2));
  }

  @Test
  void searchesAreBilledByThePromptUpToGemini25AndByTheQuerySince() {
    String grounded = "{\"candidates\":[{\"finishReason\":\"STOP\",\"groundingMetadata\":"
        + "{\"webSearchQueries\":[\"\",\"a\",\"b\",\"a\"]}}],\"modelVersion\":\"MODEL\","
        + "\"usageMetadata\":{\"promptTokenCount\":1,\"candidatesTokenCount\":1}}";
    for (String model : new String[] {"gemini-2.5-pro", "gemini-2.0-flash-001"}) {
      assertThat(Answers.usage(plain(model), Calls.json(), grounded.replace("MODEL", model))
              .count(UsageKind.WEB_SEARCH))
          .isEqualTo(1);
    }
    assertThat(Answers.usage(
                plain("gemini-flash-latest"),
                Calls.json(),
                grounded.replace("MODEL", "gemini-3-flash-preview"))
            .count(UsageKind.WEB_SEARCH))
        .isEqualTo(2);
  }

  @Test
  void everyCandidateMustHaveFinished() {
    WireCall two = Answers.call(
        HOST,
        "/v1beta/models/gemini-2.0-flash:streamGenerateContent",
        ASK.replace("}]}]}", "}]}],\"generationConfig\":{\"candidateCount\":2}}"));
    String usage = "{\"promptTokenCount\":5,\"candidatesTokenCount\":2}";
    String first = piece("a", "STOP", usage);
    assertThat(Answers.read(two, Calls.sse(), events(first)).settlement()).isNull();
    String second = first.replace("\"index\":0", "\"index\":1");
    assertThat(Answers.usage(two, Calls.sse(), events(first, second)))
        .isEqualTo(Usage.ofTokens(5, 2));
  }
}
