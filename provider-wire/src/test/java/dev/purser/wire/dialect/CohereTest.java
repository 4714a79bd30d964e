package dev.purser.wire.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.Calls;
import dev.purser.wire.Meter;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.AnswerHead;
import dev.purser.wire.WireCall.Edit;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Cohere bills units of its own, which are fewer than the tokens it counts. */
class CohereTest {

  private static final String HOST = "api.cohere.com";
  private static final String BILLED =
      "{\"billed_units\":{\"input_tokens\":12,\"output_tokens\":36},"
          + "\"tokens\":{\"input_tokens\":512,\"output_tokens\":40,\"reasoning_tokens\":30},"
          + "\"cached_tokens\":448}";
  private static final Usage USAGE = Usage.builder()
      .add(UsageKind.INPUT, 12)
      .add(UsageKind.OUTPUT, 6)
      .add(UsageKind.REASONING, 30)
      .build();

  private static WireCall chat(String more) {
    return Answers.call(
        HOST,
        "/v2/chat",
        "{\"model\":\"command-a-03-2025\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"
            + more + "}");
  }

  @Test
  void billedUnitsAreBilledAndNotTokens() {
    assertThat(chat("").model()).isEqualTo(ModelId.of("cohere", "command-a-03-2025"));
    Meter.Reading reading = Answers.read(
        chat(""),
        Calls.json(),
        "{\"id\":\"c1\",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"}]},\"usage\":"
            + BILLED + "}");
    assertThat(reading.settlement().usage()).isEqualTo(USAGE);
    assertThat(reading.settlement().responseId()).isEqualTo("c1");
    assertThat(reading.settlement().answeredBy()).isNull();
  }

  @Test
  void aStreamEndsWithItsMessage() {
    WireCall call = chat(",\"stream\":true");
    String text = "event: content-delta\ndata: {\"type\":\"content-delta\",\"delta\":{\"message\":"
        + "{\"content\":{\"text\":\"hello there\"}}}}\n\n";
    String end = "event: message-end\ndata: {\"type\":\"message-end\",\"delta\":"
        + "{\"finish_reason\":\"COMPLETE\",\"usage\":" + BILLED + "}}\n\n";
    assertThat(Answers.usage(call, Calls.sse(), text + end)).isEqualTo(USAGE);
    Meter.Reading cut = Answers.read(call, Calls.sse(), text);
    assertThat(cut.trouble()).isEqualTo(AbandonReason.STREAM_CUT);
    assertThat(cut.seen().visibleTokens()).isPositive();
    Meter.Reading silent = Answers.read(call, Calls.sse(), text + end.replace(BILLED, "null"));
    assertThat(silent.trouble()).isEqualTo(AbandonReason.NO_USAGE);
    String error = "data: {\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"ERROR\"}}\n\n";
    assertThat(Answers.read(call, Calls.sse(), text + error).trouble())
        .isEqualTo(AbandonReason.ERROR_IN_ANSWER);
    assertThat(Answers.usage(call, Calls.sse(), error)).isEqualTo(Usage.NONE);
  }

  @Test
  void theFirstVersionStreamsLinesOfJson() {
    WireCall call = Answers.call(
        HOST,
        "/v1/chat",
        "{\"message\":\"hi\",\"chat_history\":[{\"role\":\"USER\",\"message\":\"before\"}],"
            + "\"preamble\":\"Be brief.\",\"documents\":[{\"snippet\":\"s\"}],\"stream\":true,"
            + "\"max_tokens\":50}");
    assertThat(call.prompt().texts())
        .containsExactlyInAnyOrder("hi", "before", "Be brief.", "[{\"snippet\":\"s\"}]");
    assertThat(call.model().name()).isEmpty();
    assertThat(call.outputCap()).hasValue(50);
    AnswerHead head = new AnswerHead(200, "application/stream+json", null);
    String start =
        "{\"is_finished\":false,\"event_type\":\"stream-start\",\"generation_id\":\"g\"}\n";
    String lines =
        start + "{\"is_finished\":false,\"event_type\":\"text-generation\",\"text\":\"Ahoy\"}\n";
    String end =
        "{\"is_finished\":true,\"event_type\":\"stream-end\",\"response\":{\"generation_id\":"
            + "\"g\",\"meta\":" + BILLED + "},\"finish_reason\":\"COMPLETE\"}\n";
    assertThat(Answers.usage(call, head, lines + end)).isEqualTo(USAGE);
    assertThat(Answers.read(call, head, lines).trouble()).isEqualTo(AbandonReason.STREAM_CUT);
  }

  @Test
  void theCapIsLoweredWhereItStands() {
    WireCall call = chat(",\"max_tokens\": 500");
    String edited = new String(call.edited(new Edit(null, OptionalLong.of(9), false)), UTF_8);
    assertThat(edited).endsWith(",\"max_tokens\": 9}");
  }

  @Test
  void rankingIsBilledByTheSearchAndEmbeddingByTheToken() {
    WireCall rank = Answers.call(
        HOST, "/v2/rerank", "{\"model\":\"rerank-v3.5\",\"query\":\"q\",\"documents\":[\"a\"]}");
    assertThat(Answers.usage(
            rank,
            Calls.json(),
            "{\"results\":[],\"meta\":{\"billed_units\":{\"search_units\":2}}}"))
        .isEqualTo(Usage.builder().add(UsageKind.RERANK_SEARCH, 2).build());
    WireCall embed = Answers.call(
        HOST,
        "/v2/embed",
        "{\"model\":\"embed-v4.0\",\"texts\":[\"a\",\"b\"],\"images\":[\"data:image/png;base64,AAAA\"]}");
    assertThat(embed.prompt().texts()).containsExactly("a", "b");
    assertThat(embed.prompt().media()).hasSize(1);
    assertThat(Answers.usage(
            embed,
            Calls.json(),
            "{\"meta\":{\"billed_units\":{\"input_tokens\":7,\"image_tokens\":258}}}"))
        .isEqualTo(Usage.builder()
            .add(UsageKind.INPUT, 7)
            .add(UsageKind.INPUT_IMAGE, 258)
            .build());
  }

  @Test
  void zeroIsZeroAndNothingIsUnknownTrap23() {
    assertThat(Answers.usage(
            chat(""),
            Calls.json(),
            "{\"usage\":{\"billed_units\":{\"input_tokens\":0,\"output_tokens\":0}}}"))
        .isEqualTo(Usage.NONE);
    for (String none : new String[] {"null", "{}", "{\"tokens\":{\"input_tokens\":9}}"}) {
      assertThat(
              Answers.read(chat(""), Calls.json(), "{\"usage\":" + none + "}").trouble())
          .isEqualTo(AbandonReason.NO_USAGE);
    }
  }

  @Test
  void otherProvidersHaveApisOfTheirOwnAtThesePaths() {
    assertThat(Dialects.find("POST", "api.voyageai.com", "/v1/rerank").name())
        .doesNotStartWith("cohere");
    assertThat(Dialects.find("POST", "res.services.ai.azure.com", "/providers/cohere/v2/rerank"))
        .isNotNull();
    assertThat(Dialects.find("POST", "localhost", "/v2/chat").name()).isEqualTo("cohere.v2.chat");
    byte[] other = "{\"question\":\"hi\"}".getBytes(UTF_8);
    assertThat(Calls.read("localhost", "/v1/chat", Map.of(), other)).isNull();
    assertThat(Calls.read(HOST, "/v1/chat", Map.of(), other)).isNotNull();
  }
}
