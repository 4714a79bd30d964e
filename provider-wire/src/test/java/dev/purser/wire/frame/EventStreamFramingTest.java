package dev.purser.wire.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamFramingTest {

  private final List<String> seen = new ArrayList<>();
  private final EventStreamFraming framing = new EventStreamFraming(new Recorder());

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 11, 12, 13, 64, 10_000})
  void messagesAreFoundHoweverTheyAreCutUp(int size) {
    byte[] stream = EventStreamMessage.joined(
        EventStreamMessage.event("messageStart", "{\"role\":\"assistant\"}"),
        EventStreamMessage.event("empty", ""),
        EventStreamMessage.of(new byte[0], "{}".getBytes(UTF_8)),
        EventStreamMessage.of(new byte[0], new byte[0]),
        EventStreamMessage.exception("throttlingException", "{\"message\":\"slow\"}"));

    assertThat(take(stream, size)).isTrue();

    assertThat(seen)
        .containsExactly(
            "messageStart {\"role\":\"assistant\"} intact",
            "empty  intact",
            " {} intact",
            "  intact",
            "exception {\"message\":\"slow\"} intact");
    assertThat(framing.betweenMessages()).isTrue();
  }

  @Test
  void everyByteOfAMessageIsUnderAChecksum() {
    byte[] message = EventStreamMessage.event("metadata", "{\"usage\":{\"inputTokens\":11}}");
    for (int i = 0; i < message.length; i++) {
      byte[] damaged = message.clone();
      damaged[i] ^= 0x20;
      seen.clear();
      EventStreamFraming fresh = new EventStreamFraming(new Recorder());

      boolean stream = fresh.take(damaged, 0, damaged.length);

      assertThat(!stream || seen.stream().anyMatch(each -> each.endsWith("broken")))
          .as("byte " + i)
          .isTrue();
    }
  }

  @Test
  void aMessageThatIsCutHasNotEnded() {
    byte[] message = EventStreamMessage.event("metadata", "{\"usage\":{}}");
    for (int length = 1; length < message.length; length++) {
      EventStreamFraming fresh = new EventStreamFraming(new Recorder());

      assertThat(fresh.take(message, 0, length)).isTrue();

      assertThat(fresh.betweenMessages()).as("cut at " + length).isFalse();
    }
    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "15, 0", // shorter than what is around it
    "16, 1", // headers longer than the message
    "-1, 0",
    "16, -1",
    "2147483647, 0",
    "16777300, 200000", // more headers than AWS sends
    "16777300, 0", // more payload than AWS sends
    "0, 0",
    "2147483647, 2147483647",
  })
  void lengthsThatCannotBeAreRefusedBeforeAnythingIsKept(int length, int headers) {
    assertThat(take(EventStreamMessage.prelude(length, headers), 12)).isFalse();

    assertThat(seen).isEmpty();
  }

  @Test
  void theLongestMessageOfAwsPasses() {
    byte[] payload = new byte[16 << 20];
    byte[] headers = EventStreamMessage.text(":event-type", "x");

    assertThat(take(EventStreamMessage.of(headers, payload), 1 << 20)).isTrue();

    assertThat(seen).singleElement().asString().startsWith("x ").endsWith(" intact");
  }

  private boolean take(byte[] bytes, int size) {
    for (int at = 0; at < bytes.length; at += size) {
      if (!framing.take(bytes, at, Math.min(bytes.length, at + size))) {
        return false;
      }
    }
    return true;
  }

  private final class Recorder implements EventStreamFraming.Handler {
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private String name = "";

    @Override
    public void begin(EventStreamHeaders headers) {
      name = headers.name();
      payload.reset();
    }

    @Override
    public void payload(byte[] bytes, int from, int to) {
      payload.write(bytes, from, to - from);
    }

    @Override
    public void end(boolean intact) {
      seen.add(name + " " + payload.toString(UTF_8) + (intact ? " intact" : " broken"));
    }
  }
}
