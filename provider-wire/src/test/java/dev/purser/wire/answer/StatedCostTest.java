package dev.purser.wire.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.api.Usd;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatedCostTest {

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.00031413, 314130",
    "7.099999999999999e-05, 71000",
    "0.0004970133333333333, 497014",
    "0.1, 100000000",
    "6e-8, 60",
    "0.000000028, 28",
    "1e-10, 1",
    "1e-15, 0",
    "0, 0",
    "0.0, 0",
    "12, 12000000000",
    "1e-400, 0",
    "0.30000000000000004, 300000000",
  })
  void dollarsAreRoundedUpOnceWithoutTheNoiseOfFloats(String text, long nanos) throws Exception {
    assertThat(StatedCost.dollars(json(text))).isEqualTo(Usd.ofNanos(nanos));
    assertThat(StatedCost.dollars(text)).isEqualTo(Usd.ofNanos(nanos));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1e308", "1e999", "-1e999", "1e7", "-0.001"})
  void whatNoCallCostsIsNoCost(String text) throws Exception {
    assertThat(StatedCost.dollars(json(text))).isNull();
    assertThat(StatedCost.dollars(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"0.1\"", "true", "{}"})
  void whatIsNoNumberIsNoCost(String text) throws Exception {
    assertThat(StatedCost.dollars(json(text))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "None", "NaN", "0x10"})
  void aHeaderThatIsNoNumberIsNoCost(String text) {
    assertThat(StatedCost.dollars(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"1399000, 139900", "0, 0", "1, 1", "200000000, 20000000"})
  void ticksAreTenBillionToADollar(String ticks, long nanos) throws Exception {
    assertThat(StatedCost.ticks(json(ticks))).isEqualTo(Usd.ofNanos(nanos));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0004970133333333333", "0.30000000000000004"})
  void aDecimalThatWasReadAsSuchIsTheSame(String text) throws Exception {
    JsonNode exact = new ObjectMapper()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .readTree(text);
    assertThat(StatedCost.dollars(exact)).isEqualTo(StatedCost.dollars(text));
  }
}
