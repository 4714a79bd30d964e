package dev.purser.core.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.JournalOptions.Fsync;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that nobody should have written, between lines that count: they are told, and throw nothing. */
class NonsenseTest {

  private static final String V = "{\"v\":1,\"event\":\"";
  private static final String AT = ",\"time\":\"2026-11-23T12:00:00Z\"";
  private static final String CALL = AT + ",\"id\":\"a\",\"started_at\":\"2026-11-23T12:00:00Z\","
      + "\"gen_ai.provider.name\":\"openai\",\"gen_ai.request.model\":\"gpt-4o\"";

  @TempDir
  Path folder;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final CRC32C crc = new CRC32C();

  /** A call that holds 70, of which a line that makes no sense may say that it ended. */
  @BeforeEach
  void begin() throws Exception {
    put(V + "segment\"" + AT + ",\"previous_segment\":0,\"previous_bytes\":0", 1);
    put(V + "reserved\"" + CALL + ",\"reserved_nano_usd\":70,\"held\":{\"nano_usd\":70}", 2);
  }

  private void put(String open, long seq) throws Exception {
    byte[] line = open.getBytes(UTF_8);
    byte[] whole = Arrays.copyOf(line, line.length + Frame.MOST);
    file.write(whole, 0, Frame.close(whole, 0, line.length, seq, crc));
  }

  private void settled(String id, long nanos, long seq) throws Exception {
    put(
        V + "settled\"" + CALL.replace("\"id\":\"a\"", "\"id\":\"" + id + "\"")
            + ",\"charged\":{\"nano_usd\":" + nanos + "}",
        seq);
  }

  private void save(int number) throws Exception {
    Files.write(folder.resolve("spend-2026-11-23-00000" + number + ".jsonl"), file.toByteArray());
    file.reset();
  }

  /** A guard starts, and goes on where it can be read. */
  private long total() {
    long total;
    try (Life life = new Life(folder, Fsync.NEVER, 1_000)) {
      total = Life.total(Life.replay(folder).fold());
      life.hold(1);
    }
    assertThat(Life.total(Life.replay(folder).fold())).isEqualTo(total + 1);
    return total;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON at all",
        "{\"v\":2,\"event\":\"settled\"" + CALL + ",\"charged\":{\"nano_usd\":1}",
        "{\"v\":1,\"event\":\"settled",
        V + "settled\"",
        V + "settled\"" + CALL,
        V + "settled\"" + CALL + ",\"cost_nano_usd\":\"7\"",
        V + "settled\"" + CALL + ",\"cost_nano_usd\":7.5",
        V + "settled\"" + CALL + ",\"cost_nano_usd\":-7",
        V + "settled\"" + CALL + ",\"cost_nano_usd\":1e999999999",
        V + "settled\"" + CALL + ",\"cost_nano_usd\":99999999999999999999999999",
        V + "settled\"" + CALL + ",\"charged\":{}",
        V + "settled\"" + CALL + ",\"charged\":{\"nano_usd\":1,\"requests\":-1}",
        V + "settled\"" + CALL + ",\"charged\":{\"nano_usd\":1},\"key\":\" \"",
        V + "settled\"" + CALL
            + ",\"charged\":{\"nano_usd\":1},\"started_at\":\"+1000000000-12-31T23:59:59.999999999Z\"",
        V + "settled\"" + CALL
            + ",\"charged\":{\"nano_usd\":1},\"started_at\":\"-1000000000-01-01T00:00:00Z\"",
        V + "settled\"" + CALL + ",\"charged\":{\"nano_usd\":1},\"time\":\"yesterday\"",
        V + "abandoned\"" + CALL,
        V + "released\"" + CALL + ",\"id\":\"\"",
        V + "grant\",\"action\":\"granted\",\"subject\":\"day\"",
        V + "alert\"",
        V + "bill\",\"bill\":\"x\",\"charged\":{\"nano_usd\":-1}",
      })
  void oneThatMakesNoSenseEndsNothing(String line) throws Exception {
    put(line, 3);
    settled("b", 5, 4);
    save(1);

    assertThat(Life.replay(folder).broken()).hasSize(1);
    assertThat(total()).isEqualTo(75);
  }

  @Test
  void nestedDeeperThanAnyReaderGoes() throws Exception {
    put(V + "settled\"" + CALL + ",\"x\":" + "[".repeat(100_000) + "]".repeat(100_000), 3);
    settled("b", 5, 4);
    save(1);

    assertThat(Life.replay(folder).broken()).hasSize(1);
    assertThat(total()).isEqualTo(75);
  }

  @Test
  void aNumberWithMoreDigitsThanAnyHas() throws Exception {
    put(V + "settled\"" + CALL + ",\"cost_nano_usd\":" + "9".repeat(100_000), 3);
    settled("b", 5, 4);
    save(1);

    assertThat(total()).isEqualTo(75);
  }

  @Test
  void linesWithoutAnEndAndBlocksOfNothing() throws Exception {
    file.write("x".repeat(20 << 20).getBytes(UTF_8));
    file.write('\n');
    settled("b", 5, 3);
    file.write(new byte[8192]); // as after a loss of power
    save(1);

    Recovery found = Life.replay(folder);
    assertThat(found.broken()).hasSize(2);
    assertThat(total()).isEqualTo(75);
  }

  @Test
  void moreLinesThanAnybodyReadsAreCounted() throws Exception {
    file.write("\n".repeat(3_000_000).getBytes(UTF_8));
    settled("b", 5, 3);
    file.write("\n".repeat(10).getBytes(UTF_8));
    save(1);

    Recovery found = Life.replay(folder);
    assertThat(found.broken()).hasSize(1_000);
    assertThat(found.notes()).containsExactly("2999010 more lines are broken");
    assertThat(total()).isEqualTo(75);
  }

  @Test
  void whatStandsThereTwiceCountsOnce() throws Exception {
    settled("b", 5, 3);
    settled("b", 5, 3);
    settled("c", 6, 4);
    save(1);

    assertThat(Life.replay(folder).broken()).isEmpty();
    assertThat(total()).isEqualTo(81);
  }

  @Test
  void anotherLineWithANumberThatWasUsedCountsAndIsTold() throws Exception {
    settled("b", 5, 3);
    settled("c", 6, 3);
    settled("d", 7, 4);
    save(1);

    assertThat(Life.replay(folder).broken()).hasSize(1);
    assertThat(total()).isEqualTo(88);
  }

  @ParameterizedTest
  @ValueSource(longs = {999_999_999_999_999_999L, Long.MAX_VALUE})
  void aNumberThatIsFarTooHighHidesNoLineAfterIt(long seq) throws Exception {
    put(V + "note\"", seq);
    settled("b", 5, 3);
    settled("c", 6, 4);
    save(1);

    assertThat(Life.replay(folder).broken()).hasSize(1);
    assertThat(total()).isEqualTo(81);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no JSON",
        V + "segment\"" + AT + ",\"previous_segment\":1,\"previous_bytes\":-1",
        V + "segment\"" + AT + ",\"previous_segment\":1,\"previous_bytes\":0",
        V + "segment\"" + AT + ",\"previous_segment\":1",
        V + "segment\"" + AT + ",\"previous_segment\":\"1\",\"previous_bytes\":1",
        V + "settled\"",
      })
  void aFileWhoseFirstLineMakesNoSenseTakesNothingFromTheOneBeforeIt(String head) throws Exception {
    settled("b", 5, 3);
    save(1);
    put(head, 4);
    settled("c", 6, 5);
    save(2);

    assertThat(total()).isEqualTo(81);
  }

  @Test
  void aFirstLineOfDigitsAlone() throws Exception {
    settled("b", 5, 3);
    save(1);
    byte[] digits = Arrays.copyOf("1234567890123".getBytes(UTF_8), 64);
    crc.reset();
    crc.update(digits, 0, 13);
    file.write(digits, 0, 13);
    file.write(String.format(",\"crc\":\"%08x\"}\n", crc.getValue()).getBytes(UTF_8));
    settled("c", 6, 4);
    save(2);

    assertThat(total()).isEqualTo(81);
  }

  @Test
  void aLockFileThatIsNoTextIsNoReasonNotToStart() throws Exception {
    settled("b", 5, 3);
    save(1);
    Files.write(folder.resolve("lock"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThat(total()).isEqualTo(75);
  }
}
