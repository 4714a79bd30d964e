package dev.purser.wire.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.Usage;
import dev.purser.wire.Calls;
import dev.purser.wire.Meter;
import dev.purser.wire.WireCall.AnswerHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InflatingMeterTest {

  private static final String ANSWER =
      "{\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5},\"choices\":[]}";

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000})
  void gzipIsMeteredAndPassesAsItCame(int size) throws IOException {
    metered("gzip", gzip(ANSWER.getBytes(UTF_8)), size);
    metered("X-GZIP", gzip(ANSWER.getBytes(UTF_8)), size);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000})
  void everyPartOfAGzipHeaderIsSkipped(int size) throws IOException {
    byte[] plain = gzip(ANSWER.getBytes(UTF_8));
    ByteArrayOutputStream full = new ByteArrayOutputStream();
    full.write(plain, 0, 3);
    full.write(2 | 4 | 8 | 16); // checksum, extra field, name, comment
    full.write(plain, 4, 6);
    full.write(new byte[] {3, 0, 'x', 0, 'x'});
    full.write("name\0comment\0".getBytes(UTF_8));
    full.write(new byte[] {1, 2});
    full.write(plain, 10, plain.length - 10);
    metered("gzip", full.toByteArray(), size);
    byte[] emptyExtra = Arrays.copyOf(plain, plain.length + 2);
    emptyExtra[3] = 4;
    emptyExtra[10] = 0;
    emptyExtra[11] = 0;
    System.arraycopy(plain, 10, emptyExtra, 12, plain.length - 10);
    metered("gzip", emptyExtra, size);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000})
  void gzipMayComeInSeveralMembersAndWithPadding(int size) throws IOException {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(gzip(ANSWER.substring(0, 20).getBytes(UTF_8)));
    members.write(gzip(ANSWER.substring(20).getBytes(UTF_8)));
    members.write(new byte[7]);
    metered("gzip", members.toByteArray(), size);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000})
  void deflateIsMeteredWithAndWithoutItsWrapper(int size) throws IOException {
    metered("deflate", deflate(false), size);
    metered("deflate", deflate(true), size);
  }

  @Test
  void gzipThatIsNotGzipPassesAndIsMalformed() throws IOException {
    malformed("gzip", ANSWER.getBytes(UTF_8));
    byte[] broken = gzip(ANSWER.getBytes(UTF_8));
    Arrays.fill(broken, 12, 20, (byte) 0xFF);
    malformed("gzip", broken);
    malformed("deflate", new byte[] {0x78, (byte) 0x9C, -1, -1, -1, -1});
    malformed("br", ANSWER.getBytes(UTF_8));
    malformed("gzip, deflate", gzip(ANSWER.getBytes(UTF_8)));
  }

  @Test
  void gzipCutShortIsACutAnswer() throws IOException {
    byte[] whole = gzip(ANSWER.getBytes(UTF_8));

    Calls.Answer answer = pass("gzip", Arrays.copyOf(whole, whole.length / 2), 1000);

    assertThat(answer.reading().trouble()).isEqualTo(AbandonReason.STREAM_CUT);
  }

  @Test
  void aGzipBombIsGivenUp() throws IOException {
    byte[] space = new byte[1 << 20];
    Arrays.fill(space, (byte) ' ');
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write("{\"choices\":\"".getBytes(UTF_8));
      for (int i = 0; i < 300; i++) {
        gzip.write(space);
      }
      gzip.write(("\"," + ANSWER.substring(1)).getBytes(UTF_8));
    }

    Calls.Answer answer = malformed("gzip", bomb.toByteArray());

    assertThat(answer.seen()).hasSizeLessThan(1 << 20);
  }

  private static void metered(String encoding, byte[] answer, int size) {
    Calls.Answer passed = pass(encoding, answer, size);
    assertThat(passed.seen()).isEqualTo(answer);
    assertThat(passed.reading().settlement()).isNotNull();
    assertThat(passed.reading().settlement().usage()).isEqualTo(Usage.ofTokens(10, 5));
  }

  private static Calls.Answer malformed(String encoding, byte[] answer) {
    Calls.Answer passed = pass(encoding, answer, 100);
    assertThat(passed.seen()).isEqualTo(answer);
    assertThat(passed.reading())
        .isEqualTo(new Meter.Reading(true, null, AbandonReason.MALFORMED_ANSWER));
    return passed;
  }

  private static Calls.Answer pass(String encoding, byte[] answer, int size) {
    AnswerHead head = new AnswerHead(200, "application/json", encoding);
    return Calls.pass(Calls.plain().meter(head, true), answer, size);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(bytes);
    }
    return zipped.toByteArray();
  }

  private static byte[] deflate(boolean bare) throws IOException {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, bare);
    try (OutputStream out = new DeflaterOutputStream(deflated, deflater)) {
      out.write(ANSWER.getBytes(UTF_8));
    } finally {
      deflater.end();
    }
    return deflated.toByteArray();
  }
}
