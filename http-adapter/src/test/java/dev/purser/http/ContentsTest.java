package dev.purser.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentsTest {

  private final RecordingReservation reservation = new RecordingReservation();
  private final Notes notes = new Notes();

  private void show(byte[] body) {
    Contents.prompt(
        reservation,
        body,
        new FaultBarrier(
            notes, Head.BARE, Attribution.NONE, System.getLogger(ContentsTest.class.getName())));
  }

  @Test
  void aGuardThatWantsNoContentIsShownNone() {
    show("{\"a\":1}".getBytes(UTF_8));

    assertThat(reservation.told).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "100, '{\"a\":\"ä€😀\"}', '{\"a\":\"ä€😀\"}'",
    "8, ' {\"a\":\"ä€😀\"}', ' {\"a\":\"ä'",
    "9, '{\"a\":\"ä€😀\"}', '{\"a\":\"ä€'", // not half of what takes two characters
    "3, '[1,2,3]', '[1,'"
  })
  void theBeginningOfAJsonBodyIsShown(int wanted, String body, String shown) {
    reservation.wanted = wanted;
    show(body.getBytes(UTF_8));

    assertThat(reservation.told).containsExactly("prompt " + shown);
  }

  @Test
  void whatIsNoUtf8IsShownAllTheSame() {
    reservation.wanted = 100;
    show(new byte[] {'{', (byte) 0xff, '}'});

    assertThat(reservation.told).containsExactly("prompt {\ufffd}");
  }

  @ParameterizedTest
  @CsvSource({"'--boundary'", "''", "' '"})
  void aFormIsNot(String body) {
    reservation.wanted = 100;
    show(body.getBytes(UTF_8));

    assertThat(reservation.told).isEmpty();
  }

  @Test
  void aTraceThatThrowsIsReportedAndNoMore() {
    reservation.wanted = 100;
    reservation.broken = true;
    show("{}".getBytes(UTF_8));

    assertThat(notes.unmetered).hasSize(1);
  }
}
