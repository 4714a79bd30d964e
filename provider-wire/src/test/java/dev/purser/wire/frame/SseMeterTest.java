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
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseMeterTest {

  private static final String FIRST =
      "data: {\"id\":\"c1\",\"model\":\"gpt-4o-2024-08-06\",\"service_tier\":\"default\","
          + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":null}],"
          + "\"usage\":null}\n\n";
  private static final String FINISH =
      "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
  private static final String USAGE = "data: {\"id\":\"c1\",\"choices\":[],"
      + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5}}\n\n";
  private static final String DONE = "data: [DONE]\n\n";
  private static final Usage TEN_AND_FIVE = Usage.ofTokens(10, 5);

  @Test
  void theExtraChunkSettlesAndPasses() {
    Calls.Answer answer = pass(false, FIRST + FINISH + USAGE + DONE);

    assertThat(answer.text()).isEqualTo(FIRST + FINISH + USAGE + DONE);
    assertThat(answer.reading().settlement())
        .isEqualTo(new Settlement(
            TEN_AND_FIVE, ModelId.of("openai", "gpt-4o-2024-08-06"), "default", "c1"));
  }

  @Test
  void theExtraChunkIsHiddenFromACallerWhoDidNotAsk() {
    Calls.Answer answer = pass(true, FIRST + FINISH + USAGE + DONE);

    assertThat(answer.text()).isEqualTo(FIRST + FINISH + DONE);
    assertThat(settled(answer)).isEqualTo(TEN_AND_FIVE);
  }

  @Test
  void usageBesideAChoiceIsNeverHidden() {
    String both = FINISH.replace(
        "]}\n", "],\"usage\":{\"prompt_tokens\":10," + "\"completion_tokens\":5}}\n");

    Calls.Answer answer = pass(true, FIRST + both + DONE);

    assertThat(answer.text()).isEqualTo(FIRST + both + DONE);
    assertThat(settled(answer)).isEqualTo(TEN_AND_FIVE);
  }

  @Test
  void theLastUsageCountsAndNoneIsAdded() {
    String cumulative =
        FIRST.replace("\"usage\":null", "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":1}");

    assertThat(settled(pass(false, cumulative + cumulative + FINISH + USAGE + DONE)))
        .isEqualTo(TEN_AND_FIVE);
    assertThat(settled(pass(false, FIRST + FINISH + USAGE + FIRST + DONE)))
        .as("a null afterwards takes nothing back")
        .isEqualTo(TEN_AND_FIVE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\":[],\"x_groq\":{\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5}}}",
        "{\"choices\":[{\"index\":0,\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5}}]}",
        "{\"choices\":[],\"usage\" :\t{\"completion_tokens\":5.0,\"prompt_tokens\":10.0}}"
      })
  void usageIsFoundInEveryPlaceThatProvidersPutIt(String event) {
    assertThat(settled(pass(false, FIRST + FINISH + "data: " + event + "\n\n" + DONE)))
        .isEqualTo(TEN_AND_FIVE);
  }

  @Test
  void anExplicitUsageOfZeroIsZero() {
    String zero = USAGE.replace("10", "0").replace("5}", "0}");

    assertThat(settled(pass(false, FIRST + FINISH + zero + DONE))).isEqualTo(Usage.NONE);
  }

  @Test
  void finishesAtTheUsageChunkBeforeTheStreamEnds() {
    Meter meter = Calls.streaming().meter(Calls.sse(), false);

    assertThat(feed(meter, FIRST).finished()).isFalse();
    assertThat(feed(meter, FINISH).finished()).isFalse();
    assertThat(feed(meter, USAGE).finished()).isTrue();
    assertThat(meter.reading().settlement().usage()).isEqualTo(TEN_AND_FIVE);
  }

  @Test
  void usageBeforeAllChoicesHaveFinishedMayGrowYet() {
    WireCall two = Calls.read("{\"model\":\"m\",\"messages\":[],\"stream\":true,\"n\":2}");
    Meter meter = two.meter(Calls.sse(), false);

    feed(meter, FIRST);
    feed(meter, FINISH);
    assertThat(feed(meter, USAGE))
        .satisfies(reading -> assertThat(reading.finished()).isFalse())
        .satisfies(reading -> assertThat(reading.settlement()).isNull());
    assertThat(feed(meter, FINISH.replace("\"index\":0", "\"index\":1")).finished())
        .isTrue();
  }

  @Test
  void aStreamCutInTheMiddleIsNotSettled() {
    assertThat(trouble(pass(false, FIRST))).isEqualTo(AbandonReason.STREAM_CUT);
    assertThat(trouble(pass(false, FIRST + FINISH))).isEqualTo(AbandonReason.STREAM_CUT);
    assertThat(trouble(pass(false, FIRST + USAGE)))
        .as("usage, but no choice has finished")
        .isEqualTo(AbandonReason.STREAM_CUT);
    assertThat(trouble(pass(false, ""))).isEqualTo(AbandonReason.STREAM_CUT);
  }

  @Test
  void aStreamMayEndWithoutDoneIfItHasFinished() {
    assertThat(settled(pass(false, USAGE + FINISH))).isEqualTo(TEN_AND_FIVE);
  }

  @Test
  void theLastEmptyLineMayBeMissing() {
    String end = FIRST + FINISH + USAGE.strip();

    assertThat(settled(pass(true, end))).isEqualTo(TEN_AND_FIVE);
    assertThat(pass(true, end).text()).isEqualTo(FIRST + FINISH);
    assertThat(trouble(pass(true, FIRST + "data: [DONE]"))).isEqualTo(AbandonReason.NO_USAGE);
  }

  @Test
  void aHalfReceivedEventReachesTheCallerAtTheEnd() {
    String cut = FIRST + USAGE.substring(0, 40);

    Calls.Answer answer = pass(true, cut);

    assertThat(answer.text()).isEqualTo(cut);
    assertThat(trouble(answer)).isEqualTo(AbandonReason.STREAM_CUT);
  }

  @Test
  void aFinishedStreamWithoutUsageSaysSo() {
    assertThat(trouble(pass(false, FIRST + FINISH + DONE))).isEqualTo(AbandonReason.NO_USAGE);
  }

  @Test
  void anErrorInTheStreamIsReportedUnlessUsageIsStated() {
    String error = "event: error\ndata: {\"error\":{\"message\":\"overloaded\"}}\n\n";

    assertThat(trouble(pass(false, FIRST + error))).isEqualTo(AbandonReason.ERROR_IN_ANSWER);
    assertThat(trouble(pass(false, FIRST + error + DONE))).isEqualTo(AbandonReason.ERROR_IN_ANSWER);
    assertThat(settled(pass(false, FIRST + USAGE + error)))
        .as("usage stated before the error is billed")
        .isEqualTo(TEN_AND_FIVE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "9223372036854775808", "1e308", "\"12\"", "1.5", "[]", "{}", "true"})
  void anAbsurdCountIsNeverSettled(String count) {
    String usage = USAGE.replace("10", count);

    assertThat(trouble(pass(false, FIRST + FINISH + usage + DONE)))
        .isEqualTo(AbandonReason.IMPLAUSIBLE_USAGE);
  }

  @Test
  void usageThatIsNoJsonIsMalformed() {
    String broken =
        "data: {\"usage\":{\"prompt_tokens\":10,,}, \"padding\":\"...............\"}\n\n";

    assertThat(trouble(pass(false, FIRST + FINISH + broken + DONE)))
        .isEqualTo(AbandonReason.MALFORMED_ANSWER);
    String deep = "data: {\"usage\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}\n\n";
    assertThat(trouble(pass(false, FIRST + FINISH + deep + DONE)))
        .isEqualTo(AbandonReason.MALFORMED_ANSWER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void everyLineEndIsUnderstood(String lineEnd) {
    String visible = (": OPENROUTER PROCESSING\n\n" + FIRST + FINISH).replace("\n", lineEnd);
    String usage = ("event: message\n: comment\n" + USAGE).replace("\n", lineEnd);
    String done = DONE.replace("\n", lineEnd);

    Calls.Answer answer = pass(true, visible + usage + done);

    assertThat(answer.text()).isEqualTo(visible + done);
    assertThat(settled(answer)).isEqualTo(TEN_AND_FIVE);
  }

  @Test
  void dataMayStandOnSeveralLinesAndBehindAByteOrderMark() {
    String lines = "\uFEFFdata:{\"choices\":[],\ndata: \"usage\":\ndata:{\"prompt_tokens\":10,"
        + "\"completion_tokens\":5}}\n\n";

    assertThat(settled(pass(false, lines + FINISH + DONE))).isEqualTo(TEN_AND_FIVE);
  }

  @Test
  void textAboutUsageIsNotUsage() {
    String text = FIRST.replace(
        "Hi", "\\\"usage\\\":{\\\"prompt_tokens\\\":99,\\\"completion_tokens\\\":99}");

    assertThat(settled(pass(true, text + FINISH + USAGE + text + DONE))).isEqualTo(TEN_AND_FIVE);
    assertThat(pass(true, text + FINISH + USAGE + text + DONE).text())
        .isEqualTo(text + FINISH + text + DONE);
  }

  @Test
  void aLineWithoutEndPassesAtOnceAndIsForgotten() {
    Meter meter = Calls.streaming().meter(Calls.sse(), true);
    byte[] piece = "data: {\"usage\":".repeat(1000).getBytes(UTF_8);
    long[] seen = new long[1];
    long sent = 0;
    for (int i = 0; i < 2000; i++) {
      meter.accept(piece, 0, piece.length, (bytes, offset, length) -> seen[0] += length);
      sent += piece.length;
      assertThat(sent - seen[0]).as("held back").isLessThanOrEqualTo(SseMeter.LONGEST_EVENT);
    }
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    byte[] next = ("\n\n" + FIRST + FINISH + USAGE + DONE).getBytes(UTF_8);
    meter.accept(next, 0, next.length, rest::write);
    meter.end(rest::write);

    assertThat(rest.toString(UTF_8)).isEqualTo("\n\n" + FIRST + FINISH + DONE);
    assertThat(meter.reading().settlement().usage()).isEqualTo(TEN_AND_FIVE);
  }

  @Test
  void nothingIsHeldBackUnlessItMayHaveToBeHidden() {
    Meter meter = Calls.streaming().meter(Calls.sse(), false);
    byte[] half = FIRST.substring(0, 20).getBytes(UTF_8);
    ByteArrayOutputStream seen = new ByteArrayOutputStream();

    meter.accept(half, 0, half.length, seen::write);

    assertThat(seen.toByteArray()).isEqualTo(half);
  }

  private static Calls.Answer pass(boolean hide, String stream) {
    return Calls.pass(Calls.streaming().meter(Calls.sse(), hide), stream);
  }

  private static Meter.Reading feed(Meter meter, String piece) {
    byte[] bytes = piece.getBytes(UTF_8);
    meter.accept(bytes, 0, bytes.length, (array, offset, length) -> {});
    return meter.reading();
  }

  private static Usage settled(Calls.Answer answer) {
    assertThat(answer.reading().trouble()).isNull();
    return answer.reading().settlement().usage();
  }

  private static AbandonReason trouble(Calls.Answer answer) {
    assertThat(answer.reading().settlement()).isNull();
    return answer.reading().trouble();
  }

  private static final String EARLY_USAGE = "data: {\"model\":\"m\",\"choices\":[{\"index\":0,"
      + "\"delta\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":1}}\n\n";
  private static final String MORE = "data: {\"model\":\"m\",\"choices\":[{\"index\":0,"
      + "\"delta\":{\"content\":\"and much more of it, without a word about the usage\"}}]}\n\n";
  private static final String STOP = "data: {\"model\":\"m\",\"choices\":[{\"index\":0,"
      + "\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
  private static final String ERROR =
      "data: {\"error\":{\"message\":\"overloaded, please try again\"}}\n\n";

  @Test
  void usageThatWasFollowedByMoreIsNotTheLastWord() {
    for (String end : new String[] {"", STOP, ERROR}) {
      Meter meter = Calls.streaming().meter(Calls.sse(), false);

      Calls.pass(meter, EARLY_USAGE + MORE + end);

      assertThat(meter.reading().settlement()).as("after " + end).isNull();
      assertThat(meter.reading().trouble()).isNotNull();
    }
  }

  @Test
  void anEventWithMoreThanUsageIsNotHidden() {
    String cited = "data: {\"id\":\"c\",\"choices\":[],\"citations\":[\"a\"],"
        + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}\n\n";
    Meter meter = Calls.streaming().meter(Calls.sse(), true);

    assertThat(Calls.pass(meter, STOP + cited + "data: [DONE]\n\n").text()).contains("citations");
  }
}
