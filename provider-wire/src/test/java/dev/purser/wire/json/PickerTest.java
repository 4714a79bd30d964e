package dev.purser.wire.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PickerTest {

  private final StringBuilder shown = new StringBuilder();

  private Picker pick(String json, int size, Pick pick) {
    Picker picker = new Picker(pick, (bytes, from, to, first) -> {
      shown.append(first ? "|" : "").append(new String(bytes, from, to - from, UTF_8));
    });
    byte[] bytes = json.getBytes(UTF_8);
    for (int at = 0; at < bytes.length; at += size) {
      picker.scan(bytes, at, Math.min(bytes.length, at + size));
    }
    return picker;
  }

  private String picked(String json, String... paths) {
    String whole = pick(json, json.length(), Pick.of(paths)).picked().toString();
    assertThat(pick(json, 1, Pick.of(paths)).picked()).hasToString(whole);
    return whole;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1,\"b\":{\"c\":2,\"d\":3}}      | {\"b\":{\"c\":2}}",
        "{\"b\":{\"d\":3}}                      | {\"b\":{}}",
        "{\"b\":null,\"x\":[{\"c\":1}]}         | {}",
        "{\"b\":{\"c\":null}}                   | {\"b\":{}}",
        "{\"b\":[{\"c\":1},{\"d\":2},{\"c\":3}]} | {\"b\":[{\"c\":1},{},{\"c\":3}]}",
        "{\"b\":[]}                             | {\"b\":[]}",
        "{\"b\":7}                              | {\"b\":7}",
        "{\"b\":{\"c\":{\"deep\":[1,{}]}}}      | {\"b\":{\"c\":{\"deep\":[1,{}]}}}",
        "{\"b\":{\"c\":1},\"b\":{\"c\":2}}      | {\"b\":{\"c\":2}}",
        "{\"b\":{\"c\":1},\"b\":null}           | {\"b\":{\"c\":1}}",
        "[{\"b\":{\"c\":1}},{\"b\":{\"c\":2}}]  | [{\"b\":{\"c\":1}},{\"b\":{\"c\":2}}]",
      })
  void keepsWhatIsWantedInTheShapeOfTheDocument(String json, String expected) {
    assertThat(picked(json, "b.c")).isEqualTo(expected);
  }

  @Test
  void showsTextAsItPassesAndKeepsNoneOfIt() {
    Pick pick = Pick.of("id").showing("choices.text");
    String json = "{\"choices\":[{\"text\":\"a\\n\"},{\"text\":\"bc\"}],\"id\":\"x\"}";

    assertThat(pick(json, 1, pick).picked()).hasToString("{\"choices\":[{},{}],\"id\":\"x\"}");
    assertThat(shown).hasToString("|\"a\\n\"|\"bc\"");
  }

  @Test
  void tellsWhereTheDocumentEnds() {
    byte[] two = "{\"a\":1} {\"a\":2}".getBytes(UTF_8);
    Picker picker = new Picker(Pick.of("a"), (bytes, from, to, first) -> {});

    assertThat(picker.scan(two, 0, two.length)).isEqualTo(7);
    assertThat(picker.done()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "{\"a\" 1}", "{]", "{\"b\":{\"c\":oops}}", "{\"b\":{\"c\" 1}}"})
  void whatCannotBeReadIsMalformed(String json) {
    assertThat(pick(json, 3, Pick.of("b.c")).malformed()).isTrue();
  }

  @Test
  void depthAndSizeCostNoMemory() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    String json = "{\"x\":" + deep + ",\"b\":" + deep + ",\"b\":{\"c\":1}}";

    assertThat(pick(json, 4_096, Pick.of("b.c")).picked().path("b").path("c").asInt())
        .isEqualTo(1);
  }

  @Test
  void tooMuchThatIsWantedIsMalformedAndNotKept() {
    String big = "{\"b\":{\"c\":\"" + "x".repeat(1_200_000) + "\"}}";
    assertThat(pick(big, 4_096, Pick.of("b.c")).malformed()).isTrue();
    String many = "{\"b\":[" + "{\"c\":1},".repeat(100_000) + "{}]}";
    Picker picker = pick(many, 4_096, Pick.of("b.c"));
    assertThat(picker.malformed()).isTrue();
    assertThat(picker.picked().path("b").size()).isLessThan(20_000);
  }

  @Test
  void aPathIsWantedAsAWholeOrInParts() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pick.of("usage", "usage.input"))
        .withMessageContaining("usage.input");
  }
}
