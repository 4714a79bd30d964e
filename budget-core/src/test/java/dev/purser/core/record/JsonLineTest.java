package dev.purser.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLineTest {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonLine line = new JsonLine();

  static JsonNode parsed(byte[] bytes) throws Exception {
    return JSON.readTree(bytes);
  }

  /** What is read back: half a surrogate pair is no character. */
  static String whole(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
  }

  @Property
  void everyTextReadsBack(@ForAll String text, @ForAll String name) throws Exception {
    byte[] bytes = line.begin().text(Field.MESSAGE, text).text(":" + name, text).end();

    JsonNode read = parsed(bytes);
    assertThat(read.size()).isEqualTo(2);
    assertThat(read.path("message").textValue()).isEqualTo(whole(text));
    assertThat(read.path(":" + whole(name)).textValue()).isEqualTo(whole(text));
    assertThat(bytes).doesNotContain('\n', '\r');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"\\/\b\f\n\r\t\u0000\u001f\u007f\u0085\u009f\u00a0",
        "\u2028\u2029\ufeff\uffff\ufffd",
        "a\ud83d\ude00b",
        "\ud83d",
        "\ude00",
        "\ude00\ud83d",
        "x\ud83d\ud83d\ude00",
        "grün €"
      })
  void oddTextsReadBack(String text) throws Exception {
    assertThat(parsed(line.begin().text(Field.WHY, text).end()).path("why").textValue())
        .isEqualTo(whole(text));
  }

  @Property
  void everyNumberReadsBack(@ForAll long number) throws Exception {
    JsonNode read =
        parsed(line.begin().number(Field.COST, number).number("n", number).end());

    assertThat(read.path("cost_nano_usd").longValue()).isEqualTo(number);
    assertThat(read.path("n").longValue()).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -10, -1, 0, 9, 10, 99, 100, Long.MAX_VALUE})
  void numbersAtTheEdgesAreWrittenAsJavaWritesThem(long number) {
    assertThat(line.begin().number(Field.COST, number).end())
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo("{\"cost_nano_usd\":" + number + "}");
  }

  @Property
  void everyAmountOfMoneyIsExact(@ForAll long nanos) throws Exception {
    assertMoney(nanos);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {Long.MIN_VALUE, -1, 0, 1, 10_000_000, 990_000_000, -1_000_000_000, Long.MAX_VALUE})
  void amountsOfMoneyAtTheEdgesAreExact(long nanos) throws Exception {
    assertMoney(nanos);
  }

  private void assertMoney(long nanos) throws Exception {
    String text = parsed(line.begin().dollars(Field.COST_TEXT, nanos).end())
        .path("cost_usd")
        .textValue();
    BigDecimal read = new BigDecimal(text);
    assertThat(read).isEqualByComparingTo(BigDecimal.valueOf(nanos, 9));
    assertThat(read.scale()).isBetween(2, 9);
    assertThat(text).matches("-?\\d+\\.\\d{2}(\\d*[1-9])?");
  }

  @Property
  void everyDurationIsExact(@ForAll long nanos) throws Exception {
    String text =
        new String(line.begin().millis(Field.LATENCY, nanos).end(), StandardCharsets.US_ASCII);

    assertThat(new BigDecimal(text.substring("{\"latency_ms\":".length(), text.length() - 1)))
        .isEqualByComparingTo(BigDecimal.valueOf(nanos, 6));
    assertThat(parsed(text.getBytes(StandardCharsets.US_ASCII)).size()).isEqualTo(1);
  }

  @Provide
  Arbitrary<Instant> instants() {
    Arbitrary<Long> seconds = Arbitraries.oneOf(
        Arbitraries.longs().between(0, 4_102_444_800L),
        Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()));
    Arbitrary<Integer> nanos = Arbitraries.oneOf(
        Arbitraries.integers().between(0, 999_999_999),
        Arbitraries.integers().between(0, 999).map(millis -> millis * 1_000_000),
        Arbitraries.integers().between(0, 999_999).map(micros -> micros * 1_000));
    return seconds.flatMap(second -> nanos.map(nano -> Instant.ofEpochSecond(second, nano)));
  }

  @Property
  void instantsAreWrittenAsJavaWritesThem(
      @ForAll("instants") Instant at, @ForAll("instants") Instant other) throws Exception {
    assertInstants(List.of(at, other, at, at.truncatedTo(ChronoUnit.SECONDS)));
  }

  @Test
  void oddInstantsAreWrittenAsJavaWritesThem() throws Exception {
    Instant zero = Instant.parse("0000-01-01T00:00:00Z");
    Instant end = Instant.parse("+10000-01-01T00:00:00Z");
    assertInstants(List.of(
        Instant.MIN,
        Instant.MIN.plusNanos(1),
        zero.minusNanos(1),
        zero,
        Instant.EPOCH.minusNanos(1),
        Instant.EPOCH,
        Instant.parse("2024-02-29T23:59:59.999999999Z"),
        end.minusNanos(1),
        end,
        Instant.MAX.minusNanos(1),
        Instant.MAX));
  }

  private void assertInstants(List<Instant> instants) throws Exception {
    for (Instant at : instants) {
      JsonNode read =
          parsed(line.begin().instant(Field.TIME, at).instant(Field.UNTIL, at).end());
      assertThat(read.path("time").textValue()).isEqualTo(at.toString());
      assertThat(read.path("until").textValue()).isEqualTo(at.toString());
      assertThat(InstantText.parse(at.toString())).isEqualTo(at);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-23T24:00:00Z",
        "2026-11-23T12:00:00.5Z",
        "2026-11-23T12:00Z",
        "2026-11-23T12:00:60Z",
        "2026-11-23t12:00:00z",
        "2026-11-23T12:00:00+01:00",
        "2016-12-31T23:59:60Z",
        "2026-11-23T12:00:00.1234567891Z",
        "2026-11-23T12:00:00.Z",
        "2026-02-29T12:00:00Z",
        "2026-11-23T12:60:00Z",
        "2026-11-23T12:00:00",
        "2026-13-23T12:00:00Z",
        "Z",
        "",
        "2026-11-23T12:00:00,5Z",
        "2026-11-2aT12:00:00Z",
        "2026-11-23T-1:00:00Z"
      })
  void oddTextsAreTheInstantsThatJavaTakesThemFor(String text) {
    assertThat(instant(InstantText::parse, text)).isEqualTo(instant(Instant::parse, text));
  }

  private static Object instant(Function<String, Instant> reading, String text) {
    try {
      return reading.apply(text);
    } catch (DateTimeException e) {
      return "none";
    }
  }

  @Test
  void objectsAndListsAreSeparatedWhereTheyMustBe() throws Exception {
    byte[] bytes = line.begin()
        .object(Field.FACTS)
        .endObject()
        .list(Field.HASHES)
        .endList()
        .list(Field.BUDGETS)
        .object()
        .flag(Field.DELIVERED, true)
        .endObject()
        .object()
        .text(Field.NAME, null)
        .flag(Field.DELIVERED, false)
        .endObject()
        .endList()
        .texts(Field.PER, List.of("[", "{", ","))
        .end();

    assertThat(bytes)
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo(
            "{\"facts\":{},\"hashes\":[],\"budgets\":[{\"delivered\":true},{\"delivered\":false}],"
                + "\"per\":[\"[\",\"{\",\",\"]}");
    assertThat(parsed(bytes).size()).isEqualTo(4);
  }

  @Test
  void aLineOutgrowsItsBufferAndForgetsTheOneBefore() throws Exception {
    String text = "\u0001".repeat(100_000);

    assertThat(
            parsed(line.begin().text(Field.ANSWER, text).end()).path("answer").textValue())
        .isEqualTo(text);
    assertThat(line.begin().endOpen()).isEqualTo(new byte[] {'{'});
  }
}
