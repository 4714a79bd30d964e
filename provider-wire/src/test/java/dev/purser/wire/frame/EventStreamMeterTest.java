package dev.purser.wire.frame;

import static dev.purser.wire.frame.EventStreamMessage.chunk;
import static dev.purser.wire.frame.EventStreamMessage.event;
import static dev.purser.wire.frame.EventStreamMessage.exception;
import static dev.purser.wire.frame.EventStreamMessage.joined;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.SeenUsage;
import dev.purser.api.Usage;
import dev.purser.wire.Calls;
import dev.purser.wire.Meter;
import dev.purser.wire.Meter.Reading;
import dev.purser.wire.WireCall.AnswerHead;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamMeterTest {

  private static final String TYPE = "application/vnd.amazon.eventstream";
  private static final byte[] START = event("messageStart", "{\"role\":\"assistant\"}");
  private static final byte[] TEXT =
      event("contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hello there\"}}");
  private static final byte[] METADATA =
      event("metadata", "{\"usage\":{\"inputTokens\":11,\"outputTokens\":3,\"totalTokens\":14}}");

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 12, 100, 10_000})
  void aStreamIsReadHoweverItIsCutUpAndTheCallerGetsEveryByte(int size) {
    byte[] stream = joined(START, TEXT, METADATA);

    Calls.Answer answer = Calls.pass(converse(TYPE), stream, size);

    assertThat(answer.seen()).isEqualTo(stream);
    assertThat(answer.reading().finished()).isTrue();
    assertThat(usage(answer.reading())).isEqualTo(Usage.ofTokens(11, 3));
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"application/octet-stream", "text/plain"})
  void aStreamIsKnownByItsFirstByteWhereNoTypeIsStated(String type) {
    assertThat(usage(Calls.pass(converse(type), joined(START, METADATA), 1).reading()))
        .isEqualTo(Usage.ofTokens(11, 3));
  }

  @Test
  void whatWasSeenOfAStreamThatIsCutIsTold() {
    byte[] stream = joined(START, TEXT, METADATA);

    Reading reading =
        Calls.pass(converse(TYPE), cut(stream, stream.length - 5), 7).reading();

    assertThat(reading.trouble()).isEqualTo(AbandonReason.STREAM_CUT);
    assertThat(seen(reading).visibleTokens()).isPositive();
    assertThat(seen(reading).inputStated()).isFalse();
  }

  @Test
  void aDamagedMessageSettlesNothing() {
    byte[] stream = joined(START, METADATA);
    stream[stream.length - 10] ^= 1;

    assertThat(Calls.pass(converse(TYPE), stream, 9).reading().trouble())
        .isEqualTo(AbandonReason.MALFORMED_ANSWER);
  }

  @Test
  void nothingIsReadBehindLengthsThatCannotBe() {
    byte[] stream = joined(START, EventStreamMessage.prelude(-1, 4), METADATA);

    Calls.Answer answer = Calls.pass(converse(TYPE), stream, 9);

    assertThat(answer.seen()).isEqualTo(stream);
    assertThat(answer.reading().settlement()).isNull();
    assertThat(answer.reading().trouble()).isEqualTo(AbandonReason.MALFORMED_ANSWER);
  }

  @Test
  void anExceptionBeforeAnythingWasWrittenIsNotBilled() {
    byte[] stream = joined(START, exception("throttlingException", "{\"message\":\"slow\"}"));

    assertThat(usage(Calls.pass(converse(TYPE), stream, 9).reading())).isEqualTo(Usage.NONE);
  }

  @Test
  void anExceptionInTheMiddleLeavesWhatWasWritten() {
    byte[] stream = joined(START, TEXT, exception("modelStreamErrorException", "{}"));

    Reading reading = Calls.pass(converse(TYPE), stream, 9).reading();

    assertThat(reading.trouble()).isEqualTo(AbandonReason.ERROR_IN_ANSWER);
    assertThat(seen(reading).visibleTokens()).isPositive();
  }

  @Test
  void aChunkIsTheDocumentInIt() {
    byte[] stream = joined(
        chunk("{\"generation\":\"Hi\",\"prompt_token_count\":9,\"generation_token_count\":1}"),
        chunk(
            "{\"generation\":\"\",\"prompt_token_count\":null,\"generation_token_count\":2,"
                + "\"amazon-bedrock-invocationMetrics\":{\"inputTokenCount\":9,\"outputTokenCount\":2}}"));

    Reading early = Calls.pass(
            invoke(),
            chunk("{\"generation\":\"Hi\",\"prompt_token_count\":9,\"generation_token_count\":1}"),
            3)
        .reading();
    assertThat(early.trouble())
        .as("it ends before its last message")
        .isEqualTo(AbandonReason.STREAM_CUT);
    assertThat(usage(Calls.pass(invoke(), stream, 3).reading())).isEqualTo(Usage.ofTokens(9, 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"bytes\":\"%%%\"}", "{\"bytes\":\"eyJ4Ijo=\"}", "{\"bytes\":", "[]"})
  void aChunkThatHoldsNoDocumentIsMalformed(String payload) {
    assertThat(Calls.pass(invoke(), event("chunk", payload), 3).reading().settlement())
        .isNull();
  }

  private static Meter converse(String type) {
    return meter("converse-stream", "{\"messages\":[{\"role\":\"user\",\"content\":[]}]}", type);
  }

  private static Meter invoke() {
    return meter("invoke-with-response-stream", "{\"prompt\":\"x\"}", TYPE);
  }

  private static Meter meter(String action, String body, String type) {
    String path = "/model/meta.llama3-70b-instruct-v1%3A0/" + action;
    return Objects.requireNonNull(Calls.read(
            "bedrock-runtime.eu-west-1.amazonaws.com", path, Map.of(), body.getBytes(UTF_8)))
        .meter(new AnswerHead(200, type, null), false);
  }

  private static byte[] cut(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }

  private static Usage usage(Reading reading) {
    return Objects.requireNonNull(reading.settlement(), reading.toString()).usage();
  }

  private static SeenUsage seen(Reading reading) {
    return Objects.requireNonNull(reading.seen());
  }
}
