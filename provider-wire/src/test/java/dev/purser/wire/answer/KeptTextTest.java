package dev.purser.wire.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeptTextTest {

  private static final String CALLS = "[{\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]";

  private static String kept(int most, int size, String... values) {
    KeptText kept = new KeptText(most);
    for (String value : values) {
      byte[] bytes = value.getBytes(UTF_8);
      for (int at = 0; at < bytes.length; at += size) {
        byte[] lent = bytes.clone();
        kept.add(lent, at, Math.min(bytes.length, at + size), at == 0);
      }
    }
    return kept.text();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1000})
  void stringsArePutTogetherWithoutTheirEscapes(int size) {
    assertThat(kept(100, size, "\"a\\n\"", "\"\\u00e4\"", "\"\\\"€😀\"")).isEqualTo("a\nä\"€😀");
    assertThat(kept(100, size, "\"no end")).isEqualTo("no end");
    assertThat(kept(100, size)).isEmpty();
  }

  @Test
  void ofCallsOfToolsTheTextIsKeptAndAnObjectAsItStands() {
    assertThat(kept(100, 1000, CALLS)).isEqualTo("{}");
    assertThat(kept(100, 1000, "[1]", "{\"a\":1}")).isEqualTo("[1]{\"a\":1}");
  }

  @ParameterizedTest
  @CsvSource({"\"abcdef\"", "\"\\u0061\\u0062\\u0063\\u0064\"", "\"ä€😀äöü\"", "{\"a\":1}"})
  void noMoreIsKeptThanIsWantedAndAllOfThat(String value) {
    for (int size : new int[] {1, 1000}) {
      assertThat(kept(3, size, value)).hasSize(3);
      assertThat(kept(3, size, "\"x\"", value, value)).hasSize(3).startsWith("x");
    }
  }

  /** Else a secret that was cut in the middle would look like the end of the text. */
  @Test
  void callsOfToolsThatWereCutFillWhatIsWanted() {
    String many =
        "[" + "{\"function\":{\"name\":\"long_name\",\"arguments\":\"{}\"}},".repeat(50) + "]";

    assertThat(kept(100, 1000, many)).hasSize(100);
  }
}
