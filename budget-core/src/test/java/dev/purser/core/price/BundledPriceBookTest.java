package dev.purser.core.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.spi.Quote;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundledPriceBookTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final BundledPriceBook BOOK = BundledPriceBook.load();
  private static final Usage CALL = Usage.ofTokens(8_000, 16_000);

  @Test
  void aCallOfTheDemoCostsEighteenCents() {
    Quote quote = quote("openai", "gpt-4o");

    assertThat(quote.worstCaseNanoUsd(CALL)).isEqualTo(180_000_000);
    assertThat(quote.costNanoUsd(CALL, null, null)).isEqualTo(180_000_000);
    assertThat(quote.table()).isEqualTo("2026-11-23");
    assertThat(quote.known()).isTrue();
  }

  @Test
  void theModelThatAnsweredPricesTheCall() {
    Quote quote = quote("openai", "gpt-4o");

    assertThat(quote.costNanoUsd(CALL, ModelId.of("openai", "gpt-4o-mini"), null))
        .isEqualTo(1_200_000 + 9_600_000);
    assertThat(quote.costNanoUsd(CALL, ModelId.of("openai", "gpt-4o-2024-08-06"), "default"))
        .isEqualTo(180_000_000);
  }

  @Test
  void anAnswerByAModelNobodyKnowsCostsWhatTheOneAskedForCosts() {
    assertThat(quote("openai", "gpt-4o").costNanoUsd(CALL, ModelId.of("openai", "gpt-99"), null))
        .isEqualTo(180_000_000);
  }

  @Test
  void anAzureDeploymentIsPricedByTheModelItsAnswerNames() {
    Quote quote = quote("azure", "my-deployment");

    assertThat(quote.known()).isFalse();
    assertThat(quote.costNanoUsd(CALL, ModelId.of("azure", "gpt-4o-2024-08-06"), null))
        .isEqualTo(180_000_000);
  }

  @Test
  void theWorstCaseOfClaudeIsThatAllInputIsWrittenToTheCache() {
    Usage million = Usage.ofTokens(1_000_000, 0);

    assertThat(quote("anthropic", "claude-haiku-4-5").worstCaseNanoUsd(million))
        .isEqualTo(1_250_000_000);
  }

  @Test
  void anHourOfCacheIsTwiceTheInputOnEveryCloudThatServesClaude() {
    Usage written = Usage.builder().add(UsageKind.CACHE_WRITE_1H, 1_000_000).build();

    assertThat(quote("anthropic", "claude-opus-4-5").costNanoUsd(written, null, null))
        .isEqualTo(10_000_000_000L);
    assertThat(quote("aws", "global.anthropic.claude-opus-4-5-20251101-v1:0")
            .costNanoUsd(written, null, null))
        .isEqualTo(10_000_000_000L);
    assertThat(quote("google", "claude-opus-5").costNanoUsd(written, null, null))
        .isEqualTo(10_000_000_000L);
  }

  @Test
  void aSearchOfTheWebIsNeverFree() {
    Usage search = Usage.builder().add(UsageKind.WEB_SEARCH, 1).build();

    assertThat(quote("openai", "gpt-5").costNanoUsd(search, null, null)).isEqualTo(10_000_000);
    assertThat(quote("anthropic", "claude-sonnet-5").costNanoUsd(search, null, null))
        .isEqualTo(10_000_000);
    assertThat(quote("google", "gemini-3-pro-preview").costNanoUsd(search, null, null))
        .isEqualTo(14_000_000);
    assertThat(quote("mistral", "mistral-large-latest").costNanoUsd(search, null, null))
        .isEqualTo(35_000_000);
  }

  @Test
  void priorityAtAnthropicIsPaidForInAdvanceAndNotAMultiple() {
    Quote quote = quote("anthropic", "claude-opus-4-6");

    assertThat(quote.costNanoUsd(CALL, null, "priority"))
        .isEqualTo(quote.costNanoUsd(CALL, null, null));
    assertThat(quote.costNanoUsd(CALL, null, "fast"))
        .isEqualTo(6 * quote.costNanoUsd(CALL, null, null));
  }

  @ParameterizedTest
  @CsvSource({
    "openai, gpt-4o, 16384",
    "openai, gpt-4o-2024-05-13, 4096",
    "openai, gpt-4.1-mini, 32768",
    "openai, gpt-5, 128000",
    "openai, gpt-5-chat-latest, 16384",
    "openai, gpt-5-pro, 272000",
    "openai, o4-mini, 100000",
    "openai, gpt-4-turbo, 4096",
    "openai, gpt-4, 8192",
    "openai, gpt-3.5-turbo, 4096",
    "openai, text-embedding-3-small, 0",
    "anthropic, claude-3-haiku-20240307, 4096",
    "anthropic, claude-3-5-haiku-latest, 8192",
    "anthropic, claude-opus-4-1, 32000",
    "anthropic, claude-opus-4-5, 64000",
    "anthropic, claude-sonnet-4-6, 128000",
    "anthropic, claude-haiku-4-5, 64000",
    "google, gemini-2.0-flash, 8192",
    "google, gemini-2.5-pro, 65536"
  })
  void aModelWritesNoMoreThanItsDocumentationSays(String provider, String name, long tokens) {
    assertThat(quote(provider, name).maxOutputTokens()).isEqualTo(tokens);
  }

  @Test
  void aQuoteSaysWhatItIsOf() {
    assertThat(quote("openai", "gpt-4o"))
        .hasToString("Quote[openai/gpt-4o at 2026-11-23T12:00:00Z, table 2026-11-23]");
    assertThat(BOOK).hasToString("BundledPriceBook[2026-11-23]");
  }

  @ParameterizedTest
  @CsvSource({
    "claude-haiku-4-5, anthropic, claude-haiku-4-5",
    "openai/gpt-4o, openai, gpt-4o",
    "other/claude-haiku-4-5, other, claude-haiku-4-5",
    "meta-llama/llama-3.3-70b-instruct, openrouter, meta-llama/llama-3.3-70b-instruct",
  })
  void peopleNameModelsByTheirNameOrWithTheirProvider(String text, String provider, String name) {
    assertThat(BOOK.model(text)).isEqualTo(ModelId.of(provider, name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"other/no-such-model", "no-such-model", "openai/no-such-model"})
  void aModelThatNobodyHasIsNone(String text) {
    assertThat(BOOK.model(text)).isNull();
  }

  private static Quote quote(String provider, String name) {
    return BOOK.quote(ModelId.of(provider, name), null, NOW);
  }
}
