package dev.purser.wire.frame;

import static dev.purser.wire.frame.EventStreamMessage.header;
import static dev.purser.wire.frame.EventStreamMessage.joined;
import static dev.purser.wire.frame.EventStreamMessage.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventStreamHeadersTest {

  @Test
  void theEventsTypeIsItsName() {
    assertThat(name(text(":message-type", "event"), text(":event-type", "metadata")))
        .isEqualTo("metadata");
  }

  @ParameterizedTest
  @CsvSource({"exception", "error"})
  void aFaultIsNamedForWhatItIs(String kind) {
    assertThat(name(text(":event-type", "chunk"), text(":message-type", kind))).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", "2, 1", "3, 2", "4, 4", "5, 8", "8, 8", "9, 16"})
  void headersOfOtherTypesAreSkipped(int type, int length) {
    assertThat(name(header("other", type, new byte[length]), text(":event-type", "metadata")))
        .isEqualTo("metadata");
  }

  @Test
  void bytesAreSkippedByTheLengthBeforeThem() {
    assertThat(name(header("raw", 6, new byte[] {0, 2, 9, 9}), text(":event-type", "chunk")))
        .isEqualTo("chunk");
  }

  @Test
  void whatFollowsATypeThatDoesNotExistNamesNothing() {
    assertThat(name(header("odd", 42, new byte[3]), text(":event-type", "chunk")))
        .isEmpty();
    assertThat(name(header("odd", -1, new byte[3]), text(":event-type", "chunk")))
        .isEmpty();
  }

  @Test
  void aNameThatIsNoTextIsNone() {
    assertThat(name(header(":event-type", 6, new byte[] {0, 1, 'x'}))).isEmpty();
  }

  @Test
  void headersThatAreCutAnywhereAreReadWithoutAFault() {
    byte[] headers = joined(text(":event-type", "metadata"), text(":message-type", "event"));
    for (int length = 0; length <= headers.length; length++) {
      String name = EventStreamHeaders.read(headers, length).name();
      assertThat("metadata".startsWith(name) || "event".startsWith(name))
          .as(name)
          .isTrue();
    }
  }

  @Test
  void noiseIsReadWithoutAFault() {
    Random random = new Random(20_261_125);
    byte[] noise = new byte[200];
    for (int i = 0; i < 2_000; i++) {
      random.nextBytes(noise);
      assertThat(EventStreamHeaders.read(noise, noise.length).name()).isNotNull();
    }
  }

  private static String name(byte[]... headers) {
    byte[] all = joined(headers);
    return EventStreamHeaders.read(all, all.length).name();
  }
}
