package dev.purser.wire.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.wire.json.JsonSplice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapPlaceTest {

  private static final CapPlace GEMINI = CapPlace.of("config.max", "conf.maxim");

  private static JsonBody body(String json) {
    return JsonBody.read(json.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "{}                                            | -",
        "{\"config\":{\"max\":5}}                      | 5",
        "{\"conf\":{\"maxim\":7}}                      | 7",
        "{\"config\":{\"max\":5},\"conf\":{\"maxim\":7}} | 7",
        "{\"config\":{\"max\":5,\"max\":9}}            | 9",
        "{\"config\":{\"max\":5},\"config\":{\"max\":3}} | 5",
        "{\"config\":{\"max\":null}}                   | -",
        "{\"config\":null}                             | -",
        "{\"config\":{\"max\":-1}}                     | -",
        "{\"config\":{\"max\":-1},\"conf\":{\"maxim\":7}} | -",
        "{\"config\":{\"max\":1.5}}                    | -",
        "{\"config\":{\"max\":3000000000}}             | -",
        "{\"config\":7}                                | -",
      })
  void readsTheBoundThatHoldsForCertain(String json, Long cap) {
    if (cap == null) {
      assertThat(GEMINI.read(body(json))).isEmpty();
    } else {
      assertThat(GEMINI.read(body(json))).hasValue(cap);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ \"a\" : 1 }                         | {\"config\":{\"max\":3}, \"a\" : 1 }",
        "{}                                    | {\"config\":{\"max\":3}}",
        "{\"config\":{ \"top\" : 1}}           | {\"config\":{\"max\":3, \"top\" : 1}}",
        "{\"config\":{ }}                      | {\"config\":{\"max\":3 }}",
        "{\"config\":null}                     | {\"config\":{\"max\":3}}",
        "{\"config\":{\"max\": 5 }}            | {\"config\":{\"max\": 3 }}",
        "{\"config\":{\"max\":null}}           | {\"config\":{\"max\":3}}",
        "{\"conf\":{\"maxim\":5}}              | {\"conf\":{\"maxim\":3}}",
        "{\"config\":{\"max\":5},\"conf\":{\"maxim\":5}} | {\"config\":{\"max\":3},\"conf\":{\"maxim\":3}}",
        "{\"config\":{\"max\":5},\"config\":{\"max\":5}} | {\"config\":{\"max\":3},\"config\":{\"max\":3}}",
      })
  void writesItAndLeavesEveryOtherByte(String json, String expected) {
    JsonBody body = body(json);
    JsonSplice splice = new JsonSplice();
    GEMINI.write(body, 3, splice);
    String written = new String(splice.apply(body.bytes()), UTF_8);

    assertThat(written).isEqualTo(expected);
    assertThat(GEMINI.read(body(written))).hasValue(3);
  }

  @Test
  void anApiWithoutCapHasNone() {
    JsonBody body = body("{\"max_tokens\":5}");
    JsonSplice splice = new JsonSplice();
    CapPlace.NONE.write(body, 3, splice);

    assertThat(splice.apply(body.bytes())).isSameAs(body.bytes());
    assertThat(CapPlace.NONE.read(body)).isEmpty();
  }
}
