package dev.purser.core.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTableReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"input\": -1} | absurd price of input: -1",
        "{\"input\": 2500000000000} | absurd price of input",
        "{\"input\": 150000000000} | absurd price of input",
        "{\"input\": 2} | absurd price of input",
        "{\"input\": 1000, \"output\": 0} | free in parts",
        "{\"input\": 1000, \"cache_write_1h\": 0} | free in parts",
        "{\"output\": 1000} | no price for input",
        "{\"input\": 1000, \"ouput\": 1000} | unknown kind of usage: ouput",
        "{\"input\": 1000, \"web_search\": 1000} | web_search is a fee",
        "{\"input\": 1000, \"above\": 5} | do not ascend from 0: 5",
        "{\"input\": 1000}, {\"above\": 9, \"input\": 2000}, {\"above\": 8, \"input\": 3000}"
            + " | do not ascend from 0: 8",
        "{\"input\": 1000}, {\"above\": 0, \"input\": 2000} | do not ascend"
      })
  void anAbsurdPriceIsRefusedAndTheEntryNamed(String rates, String message) {
    assertThatThrownBy(() -> Tables.ofModel("\"periods\": [{\"rates\": [" + rates + "]}]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("price table test-1: openai: m: ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"match\": [\"m\"] | periods",
        "\"periods\": [] | periods",
        "\"periods\": [{\"from\": \"soon\", \"rates\": [{\"input\": 1000}]}] | soon",
        "\"periods\": [{\"daily\": [\"01:00\"], \"rates\": [{\"input\": 1000}]}] | 01:00",
        "\"periods\": [{\"daily\": [\"noon/dusk\"], \"rates\": [{\"input\": 1000}]}] | noon",
        "\"periods\": [{\"rates\": [{\"input\": 1000}], \"fees\": {\"input\": 1}}] | not a fee",
        "\"periods\": [{\"rates\": [{\"input\": 1000}], \"fees\": {\"request\": -1}}] | fee: -1",
        "\"max_output\": -1, \"periods\": [{\"rates\": [{\"input\": 1000}]}] | negative",
        "\"periods\": [{\"rates\": [{\"input\": 1000}]}], \"modes\": {\"x\": {}} | a mode needs",
        "\"periods\": [{\"rates\": [{\"input\": 1000}]}], \"modes\": {\"x\": {\"permille\": 0}}"
            + " | a mode needs"
      })
  void aMalformedModelIsRefused(String fields, String message) {
    String model =
        fields.startsWith("\"match\"") ? "{\"id\": \"m\"," : "{\"id\": \"m\", \"match\": [\"m\"],";
    assertThatThrownBy(
            () -> Tables.ofProviders("\"openai\": {\"models\": [" + model + fields + "}]}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"version\": \" \"}",
        "[",
        "{\"version\": \"1\", \"version\": \"2\"}",
        "{\"version\": \"1\", \"as_of\": \"yesterday\", \"providers\": {}}",
        "{\"version\": \"1\", \"as_of\": \"2026-11-23\", \"providers\": {}}",
        "{\"version\": \"1\", \"as_of\": \"2026-11-23\", \"prices\": {}}"
      })
  void aMalformedTableIsRefused(String json) {
    assertThatThrownBy(() -> Tables.of(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("price table");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"openai\": {\"models\": []} | models missing",
        "\"openai\": {\"models\": [{\"id\": \"\", \"match\": [\"m\"]}]} | model id missing",
        "\"openai\": {\"models\": [{\"id\": \"m\", \"match\": [\"*\"], \"periods\": []}]} | pattern",
        "\"openai\": {\"models\": [{\"id\": \"m\", \"match\": [\"/(/\"]}]} | (",
        "\"acme\": {\"models\": [" + FREE + "]} | no provider openai",
        "\"openai\": {\"fallback\": [\"acme\"], \"models\": [" + FREE + "]} | no provider acme",
        "\"openai\": {\"models\": [" + FREE + ", " + FREE + "]} | listed twice"
      })
  void aMalformedProviderIsRefused(String providers, String message) {
    assertThatThrownBy(() -> Tables.ofProviders(providers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static final String FREE =
      "{\"id\": \"m\", \"match\": [\"m\"], \"periods\": [{\"rates\": [{\"input\": 0}]}]}";

  @Test
  void aPriceWithAFractionIsRefusedInsteadOfCutOff() {
    assertThatThrownBy(() -> Tables.ofModel("\"periods\": [{\"rates\": [{\"input\": 1000.5}]}]"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aModelThatIsListedAsFreeIsKnownAndFree() {
    var quote = Tables.ofModel("\"periods\": [{\"rates\": [{\"input\": 0, \"output\": 0}]}]")
        .quote(ModelId.of("openai", "m"), null, Instant.EPOCH);

    assertThat(quote.known()).isTrue();
    assertThat(quote.costNanoUsd(Usage.ofTokens(1_000, 1_000), null, null)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"'\"max_output\": 7,\"context\": 9,', 7", "'\"context\": 9,', 9", "'', 128000"})
  void theMostOutputIsTheModelsOrItsContextWindowOrADefault(String fields, long tokens) {
    var quote = Tables.ofModel(fields + "\"periods\": [{\"rates\": [{\"input\": 1000}]}]")
        .quote(ModelId.of("openai", "m"), null, Instant.EPOCH);

    assertThat(quote.maxOutputTokens()).isEqualTo(tokens);
  }
}
