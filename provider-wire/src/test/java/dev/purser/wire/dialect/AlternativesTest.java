package dev.purser.wire.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.ModelId;
import dev.purser.wire.Calls;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which other models a request lets answer. */
class AlternativesTest {

  private static String body(String more) {
    return "{\"model\":\"gpt-4o-mini\",\"messages\":[]" + more + "}";
  }

  private static List<ModelId> of(String more) {
    return Calls.read(body(more)).alternatives();
  }

  private static ModelId[] openAis(String... names) {
    return Arrays.stream(names).map(name -> ModelId.of("openai", name)).toArray(ModelId[]::new);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"models", "fallbacks", "context_window_fallbacks", "content_policy_fallbacks"})
  void namesAndObjectsThatHoldOne(String field) {
    assertThat(of(",\"" + field + "\":[\"o1-pro\",{\"messages\":[],\"model\":\"gpt-5\"}]"))
        .containsExactly(openAis("o1-pro", "gpt-5"));
  }

  @Test
  void allFieldsCountWhereverTheyStandAndHoweverOften() {
    String first = "{\"fallbacks\":[\"a\"],\"model\":\"gpt-4o-mini\",\"m\\u006fdels\":[\"b\"],";
    String then = "\"messages\":[],\"fallbacks\":[\"c\",\"b\"]}";

    assertThat(Calls.read(first + then).alternatives())
        .containsExactlyInAnyOrder(openAis("a", "b", "c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"models\":[]",
        ",\"models\":null",
        ",\"metadata\":{\"models\":[\"o1-pro\"],\"fallbacks\":[\"o1-pro\"]}"
      })
  void mostRequestsNameNone(String more) {
    assertThat(of(more)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"o1-pro\"",
        "{\"gpt-4o-mini\":\"o1-pro\"}",
        "[{\"gpt-4o-mini\":[\"o1-pro\"]}]",
        "[{\"model\":[\"o1-pro\"]}]",
        "[[\"o1-pro\"]]",
        "[null]",
        "[\"\"]",
        "[\"o1-pro\" \"x\"]",
        "7",
        "true"
      })
  void whatCannotBeReadHasAnEmptyName(String value) {
    assertThat(of(",\"fallbacks\":" + value)).contains(openAis(""));
  }

  @ParameterizedTest
  @CsvSource({"x-portkey-config, pc-prod-1234", "Helicone-Fallbacks, '[]'", "x-portkey-config, ''"})
  void aHeaderThatLeavesItToTheGatewayDoesToo(String header, String value) {
    Map<String, String> headers = Map.of(header.toLowerCase(Locale.ROOT), value);

    assertThat(Calls.read("gateway.acme.dev", Calls.PATH, headers, body("").getBytes(UTF_8))
            .alternatives())
        .containsExactly(openAis(""));
  }

  @Test
  void theyAreOfTheHostsProvider() {
    byte[] body = body(",\"models\":[\"openai/o1-pro\"]").getBytes(UTF_8);

    assertThat(Calls.read("openrouter.ai", "/api" + Calls.PATH, Map.of(), body).alternatives())
        .containsExactly(ModelId.of("openrouter", "openai/o1-pro"));
  }

  @Test
  void severalInTheFieldForOneAreAlternatives() {
    String body = "{\"model\":\"gpt-4o-mini/openai, o1-pro\",\"messages\":[]}";

    assertThat(Calls.read(body).alternatives())
        .containsExactly(openAis("gpt-4o-mini/openai", "o1-pro"));
  }
}
