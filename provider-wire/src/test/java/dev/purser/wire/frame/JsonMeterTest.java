package dev.purser.wire.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.ModelId;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.wire.Calls;
import dev.purser.wire.Meter;
import dev.purser.wire.WireCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMeterTest {

  private static final String USAGE = "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5}";

  @Test
  void anAnswerIsSettledByItsOwnModelAndTier() {
    Meter.Reading reading = read("{\"id\":\"c1\",\"choices\":[{\"message\":{\"content\":\"{\"}}],"
        + "\"model\":\"gpt-4o-2024-08-06\",\"service_tier\":\"flex\"," + USAGE + "}");

    assertThat(reading.finished()).isTrue();
    assertThat(reading.settlement())
        .isEqualTo(new Settlement(
            Usage.ofTokens(10, 5), ModelId.of("openai", "gpt-4o-2024-08-06"), "flex", "c1"));
  }

  @Test
  void anAnswerThatNamesNoModelNamesNone() {
    assertThat(read("{\"model\":\"\",\"service_tier\":null," + USAGE + "}").settlement())
        .isEqualTo(Settlement.of(Usage.ofTokens(10, 5)));
  }

  @Test
  void usageOfAnEmbeddingHasNoCompletion() {
    assertThat(read("{\"usage\":{\"prompt_tokens\":7,\"total_tokens\":7}}")
            .settlement()
            .usage())
        .isEqualTo(Usage.ofTokens(7, 0));
  }

  @Test
  void anExplicitUsageOfZeroIsZero() {
    assertThat(read("{\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":0}}").settlement())
        .isEqualTo(Settlement.of(Usage.NONE));
  }

  @Test
  void theLastUsageThatSaysSomethingCounts() {
    assertThat(read("{\"usage\":{\"prompt_tokens\":1}," + USAGE + ",\"usage\":null}")
            .settlement())
        .isEqualTo(Settlement.of(Usage.ofTokens(10, 5)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"choices\":[]}                                   | NO_USAGE",
        "{\"usage\":null}                                   | NO_USAGE",
        "{\"usage\":{}}                                     | NO_USAGE",
        "{\"usage\":{\"prompt_tokens\":null}}               | NO_USAGE",
        "{\"usage\":{\"completion_tokens\":5}}              | NO_USAGE",
        "{\"error\":{\"message\":\"no\"},\"choices\":[{\"text\":\"a\"}]} | ERROR_IN_ANSWER",
        "{\"usage\":{\"prompt_tokens\":7}}                  | NO_USAGE",
        "{\"usage\":{\"prompt_tokens\":-1,\"completion_tokens\":1}} | IMPLAUSIBLE_USAGE",
        "{\"usage\":{\"prompt_tokens\":9223372036854775808,\"completion_tokens\":1}} | IMPLAUSIBLE_USAGE",
        "{\"usage\":{\"prompt_tokens\":1e308,\"completion_tokens\":1}} | IMPLAUSIBLE_USAGE",
        "{\"usage\":{\"prompt_tokens\":\"12\",\"completion_tokens\":1}} | IMPLAUSIBLE_USAGE",
        "{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2147483649}} | IMPLAUSIBLE_USAGE",
        "{\"usage\":12}                                     | IMPLAUSIBLE_USAGE",
        "{\"usage\":{\"prompt_tokens\":oops}}               | MALFORMED_ANSWER",
        "not json                                           | MALFORMED_ANSWER",
        "{\"id\" \"c1\"}                                    | MALFORMED_ANSWER",
        "{\"usage\":{\"prompt_tokens\":1                    | STREAM_CUT",
        "''                                                 | STREAM_CUT"
      })
  void whatCannotBeSettledSaysWhy(String answer, AbandonReason why) {
    Meter.Reading reading = read(answer);

    assertThat(reading.finished()).isTrue();
    assertThat(reading.settlement()).isNull();
    assertThat(reading.trouble()).isEqualTo(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"error\":{\"message\":\"no\"}}", "{\"error\":\"no\",\"usage\":null}"})
  void anErrorBeforeAnythingWasWrittenIsNotBilled(String answer) {
    assertThat(read(answer).settlement()).isEqualTo(Settlement.of(Usage.NONE));
  }

  @Test
  void whatAnAnswerWithoutUsageShowsIsSeen() {
    assertThat(
            read("{\"choices\":[{\"message\":{\"content\":\"twelve words\"}}]}").seen())
        .satisfies(seen -> assertThat(seen.visibleTokens()).isBetween(2L, 8L))
        .satisfies(seen -> assertThat(seen.inputStated()).isFalse());
  }

  @Test
  void ofAnAnswerThatIsCutNobodySeesTheRest() {
    assertThat(
            read("{\"choices\":[{\"message\":{\"content\":\"twelve words\"}}]").seen())
        .isNull();
  }

  @Test
  void anErrorBesideUsageIsSettled() {
    assertThat(read("{\"error\":{\"message\":\"no\"}," + USAGE + "}").settlement())
        .isEqualTo(Settlement.of(Usage.ofTokens(10, 5)));
  }

  @Test
  void finishesWithTheClosingBrace() {
    Meter meter = Calls.plain().meter(Calls.json(), false);
    byte[] answer = ("{" + USAGE + "}\n").getBytes(UTF_8);

    meter.accept(answer, 0, answer.length - 2, (bytes, offset, length) -> {});
    assertThat(meter.reading()).isEqualTo(new Meter.Reading(false, null, null));
    meter.accept(answer, answer.length - 2, 1, (bytes, offset, length) -> {});
    assertThat(meter.reading().finished()).isTrue();
  }

  @Test
  void anAnswerOfFiftyMegabytesPassesAndIsMetered() {
    Meter meter = Calls.plain().meter(Calls.json(), false);
    long[] seen = new long[1];
    Meter.Output output = (bytes, offset, length) -> seen[0] += length;
    byte[] head = "{\"id\":\"c1\",\"choices\":[{\"message\":{\"content\":\"".getBytes(UTF_8);
    byte[] text = "\\\"usage\\\":{} [[[ {{{ ".repeat(50).getBytes(UTF_8);
    byte[] tail = ("\"}}]," + USAGE + "}").getBytes(UTF_8);
    meter.accept(head, 0, head.length, output);
    int pieces = 50 * 1024 * 1024 / text.length;
    for (int i = 0; i < pieces; i++) {
      meter.accept(text, 0, text.length, output);
    }
    meter.accept(tail, 0, tail.length, output);
    meter.end(output);

    assertThat(seen[0]).isEqualTo(head.length + (long) pieces * text.length + tail.length);
    assertThat(meter.reading().settlement().usage()).isEqualTo(Usage.ofTokens(10, 5));
  }

  @Test
  void usageOfMegabytesIsNotKept() {
    String huge = "{\"usage\":{\"x\":\"" + "x".repeat(1 << 20) + "\",\"prompt_tokens\":1}}";

    assertThat(read(huge).trouble()).isEqualTo(AbandonReason.MALFORMED_ANSWER);
  }

  @Test
  void nestingTenThousandDeepPasses() {
    String deep = "{\"choices\":" + "[".repeat(10_000) + "]".repeat(10_000) + "," + USAGE + "}";

    assertThat(read(deep).settlement().usage()).isEqualTo(Usage.ofTokens(10, 5));
    String inUsage = "{\"usage\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    assertThat(read(inUsage).trouble()).isEqualTo(AbandonReason.MALFORMED_ANSWER);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 429, 500, 529})
  void anErrorStatusIsNotBilled(int status) {
    Meter meter =
        Calls.plain().meter(new WireCall.AnswerHead(status, "application/json", null), false);

    Calls.Answer answer = Calls.pass(meter, "{" + USAGE + "}");

    assertThat(answer.text()).isEqualTo("{" + USAGE + "}");
    assertThat(answer.reading()).isEqualTo(new Meter.Reading(true, null, null));
  }

  @Test
  void anAnswerOfNoStatedTypeIsKnownByItsFirstByte() {
    WireCall.AnswerHead head = new WireCall.AnswerHead(200, null, null);

    String json = " \n{" + USAGE + "}";
    assertThat(Calls.pass(Calls.streaming().meter(head, true), json))
        .satisfies(answer -> assertThat(answer.text()).isEqualTo(json))
        .satisfies(answer -> assertThat(answer.reading().settlement()).isNotNull());
    String events = "\n\ndata: {\"choices\":[]," + USAGE + "}\n\ndata: [DONE]\n\n";
    assertThat(Calls.pass(Calls.streaming().meter(head, true), events))
        .satisfies(answer -> assertThat(answer.text()).isEqualTo("\n\ndata: [DONE]\n\n"))
        .satisfies(answer -> assertThat(answer.reading().settlement()).isNotNull());
    assertThat(Calls.pass(Calls.streaming().meter(head, true), " ").reading().trouble())
        .isEqualTo(AbandonReason.STREAM_CUT);
  }

  private static Meter.Reading read(String answer) {
    return Calls.pass(Calls.plain().meter(Calls.json(), false), answer).reading();
  }
}
