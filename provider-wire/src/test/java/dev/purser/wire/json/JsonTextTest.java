package dev.purser.wire.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {

  private static final ObjectMapper JACKSON = new ObjectMapper();

  /** Pieces of strings: plain, of two to four bytes, and escapes of every kind. */
  @Provide
  Arbitrary<String> insides() {
    return Arbitraries.of(
            "plain text ",
            "x",
            "\u00e9",
            "\u9884",
            "\ud83d\ude00",
            "\\n",
            "\\\"",
            "\\\\",
            "\\/",
            "\\b\\f\\r\\t",
            "\\u0041",
            "\\u00E9",
            "\\u9884",
            "\\ud83d\\ude00",
            "\\u0000")
        .list()
        .ofMaxSize(12)
        .map(pieces -> String.join("", pieces));
  }

  @Property
  void whatJacksonReads(@ForAll("insides") String inside) throws Exception {
    byte[] bytes = inside.getBytes(UTF_8);
    assertThat(JsonText.decode(bytes, 0, bytes.length))
        .isEqualTo(JACKSON.readValue('"' + inside + '"', String.class));
  }

  /** What no parser takes is taken for what it most likely is. */
  @ParameterizedTest
  @CsvSource({
    "a\\qb, aqb",
    "a\\u12, au12",
    "a\\u12x4b, au12x4b",
    "a\\, a\\",
    "\\u12\u00e94, u12\u00e94",
  })
  void escapesThatAreNone(String inside, String text) {
    byte[] bytes = inside.getBytes(UTF_8);
    assertThat(JsonText.decode(bytes, 0, bytes.length)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"\\ud83d alone, d83d", "\\ude00\\ud83d, de00"})
  void halfACharacterIsKept(String inside, String first) {
    byte[] bytes = inside.getBytes(UTF_8);
    assertThat((int) JsonText.decode(bytes, 0, bytes.length).charAt(0))
        .isEqualTo(Integer.parseInt(first, 16));
  }
}
