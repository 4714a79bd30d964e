package dev.purser.wire.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.Denial;
import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import dev.purser.wire.Calls;
import dev.purser.wire.Meter;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.Edit;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Ollama's own API, which streams unless it is told not to. */
class OllamaTest {

  private static final String LINE =
      "{\"model\":\"llama3\",\"message\":{\"content\":\"one two\"},\"done\":false}\n";

  private static WireCall chat(String more) {
    return Answers.call(
        "127.0.0.1",
        "/api/chat",
        "{\"model\":\"llama3\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\",\"images\":[\"AAAA\"]}]"
            + more + "}");
  }

  private static String last(String counts) {
    return "{\"model\":\"llama3\",\"done\":true,\"done_reason\":\"stop\"" + counts + "}\n";
  }

  @Test
  void itStreamsUnlessItIsToldNotTo() {
    assertThat(chat("").stream()).isTrue();
    assertThat(chat(",\"stream\":null").stream()).isTrue();
    assertThat(chat(",\"stream\":false").stream()).isFalse();
    assertThat(chat("").model()).isEqualTo(ModelId.of("ollama", "llama3"));
    assertThat(chat("").prompt().texts()).containsExactly("hi");
    assertThat(chat("").prompt().media()).hasSize(1);
  }

  @Test
  void theLastLineCounts() {
    String answer = LINE + LINE + last(",\"prompt_eval_count\":17,\"eval_count\":5");
    assertThat(Answers.usage(chat(""), Answers.NDJSON, answer)).isEqualTo(Usage.ofTokens(17, 5));
    assertThat(Answers.usage(
            chat(",\"stream\":false"),
            Calls.json(),
            last(",\"prompt_eval_count\":0,\"eval_count\":5")))
        .isEqualTo(Usage.ofTokens(0, 5));
  }

  @Test
  void aPromptThatWasNotCountedIsUnknownAndNotZeroTrap23() {
    Meter.Reading reading =
        Answers.read(chat(""), Answers.NDJSON, LINE + last(",\"eval_count\":5"));
    assertThat(reading.finished()).isTrue();
    assertThat(reading.trouble()).isEqualTo(AbandonReason.NO_USAGE);
    assertThat(reading.seen().inputStated()).isFalse();
    assertThat(reading.seen().outputStated()).isTrue();
    assertThat(reading.seen().stated()).isEqualTo(Usage.ofTokens(0, 5));
    assertThat(reading.seen().visibleTokens()).isZero();
  }

  @Test
  void aStreamThatIsCutOrFailsIsChargedByWhatWasSeen() {
    Meter.Reading cut = Answers.read(chat(""), Answers.NDJSON, LINE + "{\"mod");
    assertThat(cut.trouble()).isEqualTo(AbandonReason.STREAM_CUT);
    assertThat(cut.seen().visibleTokens()).isPositive();
    Meter.Reading failed =
        Answers.read(chat(""), Answers.NDJSON, LINE + "{\"error\":\"out of memory\"}\n");
    assertThat(failed.trouble()).isEqualTo(AbandonReason.ERROR_IN_ANSWER);
    assertThat(failed.seen().visibleTokens()).isPositive();
  }

  @Test
  void toLoadAModelCostsNothing() {
    WireCall load = Answers.call("localhost", "/api/generate", "{\"model\":\"llama3\"}");
    assertThat(Answers.usage(
            load, Answers.NDJSON, "{\"model\":\"llama3\",\"done\":true,\"done_reason\":\"load\"}"))
        .isEqualTo(Usage.NONE);
  }

  @Test
  void aCapBelowZeroIsNone() {
    assertThat(chat(",\"options\":{\"num_predict\":50}").outputCap()).hasValue(50);
    for (int none : new int[] {-1, -2}) {
      WireCall call = chat(",\"options\":{\"num_predict\":" + none + "}");
      assertThat(call.outputCap()).isEmpty();
      assertThat(call.edited(new Edit(null, OptionalLong.of(9), false)))
          .asString(UTF_8)
          .endsWith(",\"options\":{\"num_predict\":9}}");
    }
    assertThat(chat("").edited(new Edit(null, OptionalLong.of(9), false)))
        .asString(UTF_8)
        .contains("\"options\":{\"num_predict\":9}");
  }

  @Test
  void embeddingsCountWhatTheyReadIfTheyCount() {
    WireCall embed =
        Answers.call("localhost", "/api/embed", "{\"model\":\"m\",\"input\":[\"a\",\"b\"]}");
    assertThat(embed.stream()).isFalse();
    assertThat(embed.prompt().texts()).containsExactly("a", "b");
    assertThat(Answers.usage(
            embed,
            Calls.json(),
            "{\"model\":\"m\",\"embeddings\":[[0.1]],\"prompt_eval_count\":8}"))
        .isEqualTo(Usage.ofTokens(8, 0));
    WireCall old =
        Answers.call("localhost", "/api/embeddings", "{\"model\":\"m\",\"prompt\":\"a\"}");
    assertThat(Answers.read(old, Calls.json(), "{\"embedding\":[0.1]}").trouble())
        .isEqualTo(AbandonReason.NO_USAGE);
  }

  @Test
  void itIsNotSpokenAtAProviderAndItsErrorsAreTexts() {
    assertThat(Dialects.find("POST", "api.openai.com", "/api/chat")).isNull();
    Denial denial = new Denial(Denial.Reason.UNKNOWN_KEY, "alice", null, "");
    assertThat(Dialects.find("POST", "localhost", "/api/chat").denialBody(denial))
        .startsWith("{\"error\":\"" + denial.message());
  }
}
