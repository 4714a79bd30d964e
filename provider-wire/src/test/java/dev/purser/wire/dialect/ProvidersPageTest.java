package dev.purser.wire.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.wire.Dialect;
import dev.purser.wire.WireCall;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/providers.md} says of each API what the code does. */
class ProvidersPageTest {

  static Stream<DocumentedApi> apis() throws IOException {
    return ProvidersPage.read().apis().stream();
  }

  static Stream<DocumentedAnswer> answers() throws IOException {
    return ProvidersPage.read().answers().stream();
  }

  private static List<DocumentedAnswer> answersOf(DocumentedApi api) throws IOException {
    return answers().filter(answer -> answer.api().equals(api.name())).toList();
  }

  private static String api(String endpoint) {
    String[] parts = endpoint.split("[ /]", 3);
    Dialect found = Dialects.find(parts[0], parts[1], "/" + parts[2]);
    return found == null ? "none" : found.name();
  }

  @Test
  void everyApiHasARowAndNoneIsMadeUp() throws IOException {
    assertThat(apis().map(DocumentedApi::name))
        .containsExactlyInAnyOrderElementsOf(Dialects.names());
  }

  @ParameterizedTest
  @MethodSource("apis")
  void isAskedWhereThePageSays(DocumentedApi documented) {
    assertThat(documented.endpoints()).isNotEmpty();
    assertThat(documented.endpoints())
        .allSatisfy(endpoint -> assertThat(api(endpoint)).isEqualTo(documented.name()));
  }

  @ParameterizedTest
  @MethodSource("apis")
  void itsOutputIsCappedWhereThePageSays(DocumentedApi documented) {
    for (String cap : documented.caps()) {
      assertThat(documented.endpoints())
          .as(cap)
          .anySatisfy(endpoint -> assertThat(lowered(endpoint, cap, 7)).contains(capped(cap, 5)));
    }
    if (documented.caps().isEmpty()) {
      assertThat(documented.endpoints())
          .allSatisfy(endpoint -> assertThat(lowered(endpoint, "x", 7)).doesNotContain("5"));
    }
  }

  /** Returns the body of a request that has a cap, after it was lowered to five. */
  private static String lowered(String endpoint, String cap, int from) {
    String[] parts = endpoint.split(" ", 2);
    String any = new Exchange(parts[0], parts[1], "", "json", List.of()).body();
    WireCall call = Dialogue.call(
        parts[0], parts[1], any.substring(0, any.length() - 1) + "," + capped(cap, from) + "}");
    return new String(call.edited(new WireCall.Edit(null, OptionalLong.of(5), false)), UTF_8);
  }

  private static String capped(String path, int tokens) {
    String[] names = path.split("\\.", -1);
    return "\"" + String.join("\":{\"", names) + "\":" + tokens + "}".repeat(names.length - 1);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void anAnswerIsChargedAsThePageSays(DocumentedAnswer shown) {
    assertThat(api(shown.exchange().method() + " " + shown.exchange().url()))
        .isEqualTo(shown.api());
    assertThat(Told.of(shown.exchange().reading())).isEqualTo(shown.said());
  }

  @ParameterizedTest
  @MethodSource("apis")
  void everyFieldIsInAnAnswerAndDecides(DocumentedApi documented) throws IOException {
    List<DocumentedAnswer> answers = answersOf(documented);
    assertThat(answers).isNotEmpty();
    for (String field : documented.fields()) {
      assertThat(answers).as(field).anyMatch(answer -> decides(field, answer));
    }
  }

  private static boolean decides(String field, DocumentedAnswer answer) {
    FieldChange change = new FieldChange(field);
    Exchange changed = change.in(answer.exchange());
    return change.found() > 0 && !Told.of(changed.reading()).equals(answer.said());
  }

  @Test
  void usageOfAStreamIsAskedForWhereThePageSays() throws IOException {
    List<List<String>> rows = ProvidersPage.read().rows("stream from");
    assertThat(rows).hasSizeGreaterThan(3);
    for (List<String> row : rows) {
      String url = ProvidersPage.codes(row.get(0)).get(0);
      WireCall call =
          Dialogue.call("POST", url, new Exchange("POST", url, "", "sse", List.of()).body());
      assertThat(call.usageUnasked()).as(url).isEqualTo(row.get(1).startsWith("yes"));
    }
  }
}
