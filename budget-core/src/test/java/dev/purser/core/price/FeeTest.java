package dev.purser.core.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.ModelId;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.spi.Quote;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is billed by other units than tokens. */
class FeeTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final BundledPriceBook BOOK = BundledPriceBook.load();

  @ParameterizedTest
  @CsvSource({
    "openai, gpt-5, FILE_SEARCH, 2.5",
    "openai, gpt-5, CODE_INTERPRETER, 30",
    "azure, gpt-4o, FILE_SEARCH, 2.5",
    "anthropic, claude-sonnet-4-5, CODE_INTERPRETER, 50",
    "openai, whisper-1, SECOND, 0.1",
    "openai, tts-1, CHARACTER, 0.015",
    "openai, tts-1-hd, CHARACTER, 0.03",
    "openai, dall-e-2, PICTURE, 20",
    "openai, dall-e-3, PICTURE, 120",
    "openai, gpt-image-1, PICTURE, 250",
    "x-ai, grok-imagine-image, PICTURE, 20",
    "x-ai, grok-4, WEB_SEARCH, 5",
    "google, imagen-4.0-generate-001, PICTURE, 40",
    "google, models/imagen-4.0-fast-generate-001, PICTURE, 20",
    "google, gemini-2.5-flash, WEB_SEARCH, 35",
    "google, gemini-3-pro-preview, WEB_SEARCH, 14",
    "mistral, mistral-ocr-2505, PAGE, 1",
    "mistral, mistral-ocr-2512, PAGE, 2",
    "mistral, mistral-ocr-latest, PAGE, 4",
    "cohere, rerank-v3.5, RERANK_SEARCH, 2",
    "cohere, rerank-v4.0-pro, RERANK_SEARCH, 2.5",
    "perplexity, sonar, REQUEST, 12",
    "perplexity, sonar-pro, REQUEST, 14",
    "perplexity, sonar-pro-search, WEB_SEARCH, 5",
    "groq, whisper-large-v3-turbo, SECOND, 0.011111112",
    "llm.internal, whisper-1, SECOND, 0.1",
    "llm.internal, rerank-v3.5, RERANK_SEARCH, 2",
  })
  void aUnitCostsWhatItsProviderBills(
      String provider, String name, UsageKind kind, BigDecimal usdPerThousand) {
    Quote quote = BOOK.quote(ModelId.of(provider, name), null, NOW);
    Usage million = Usage.builder().add(kind, 1_000_000).build();

    assertThat(quote.known()).isTrue();
    assertThat(quote.costNanoUsd(Settlement.of(million)))
        .isEqualTo(usdPerThousand.movePointRight(12).longValueExact());
  }

  @Test
  void moderationIsFreeBecauseItsProviderSaysSo() {
    Quote quote = BOOK.quote(ModelId.of("openai", "omni-moderation-latest"), null, NOW);

    assertThat(quote.known()).isTrue();
    assertThat(quote.worstCaseNanoUsd(Usage.ofTokens(1_000_000, 0))).isZero();
  }

  @Test
  void aModelThatBillsNoTokensIsNotFreeWhereOnlyTokensAreKnown() {
    Quote ocr = BOOK.quote(ModelId.of("mistral", "mistral-ocr-2512"), null, NOW);
    Usage tokens = Usage.ofTokens(50_000, 50_000);
    Usage pages = Usage.builder().add(UsageKind.PAGE, 3).build();

    assertThat(ocr.worstCaseNanoUsd(tokens)).as("a page").isEqualTo(2_000_000);
    assertThat(ocr.costNanoUsd(Settlement.of(tokens))).isEqualTo(2_000_000);
    assertThat(ocr.costNanoUsd(Settlement.of(pages))).isEqualTo(6_000_000);
    assertThat(ocr.costNanoUsd(
            Settlement.of(pages.toBuilder().add(UsageKind.INPUT, 50_000).build())))
        .isEqualTo(6_000_000);
    assertThat(ocr.costNanoUsd(Settlement.of(Usage.NONE))).isZero();
  }

  @Test
  void aFeeIsTheModelsElseItsProvidersElseTheLastResort() {
    BundledPriceBook book = Tables.ofProviders("""
        "openai": {"fees": {"file_search": 7000, "page": 5000}, "models": [
          {"id": "m", "match": ["m"],
           "periods": [{"rates": [{"input": 1000}], "fees": {"file_search": 3000}}]}]}
        """);
    Quote quote = book.quote(ModelId.of("openai", "m"), null, NOW);

    assertThat(quote.costNanoUsd(Settlement.of(units(UsageKind.FILE_SEARCH)))).isEqualTo(3);
    assertThat(quote.costNanoUsd(Settlement.of(units(UsageKind.PAGE)))).isEqualTo(5);
    assertThat(quote.costNanoUsd(Settlement.of(units(UsageKind.PICTURE)))).isEqualTo(250_000_000);
  }

  @Test
  void anEntryWithNeitherRatesNorFeesIsRefused() {
    assertThatThrownBy(() -> Tables.ofModel("\"periods\": [{\"fees\": {\"page\": 0}}]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("openai: m: no price for input, and no fee instead");
  }

  @Test
  void everyKnownLimitIsAPositiveNumberOfTokens() {
    assertThat(BOOK.quote(ModelId.of("openai", "gpt-4o"), null, NOW).contextTokens())
        .isEqualTo(128_000);
    assertThat(BOOK.quote(ModelId.of("anthropic", "claude-opus-4-6"), null, NOW).contextTokens())
        .isEqualTo(1_000_000);
    assertThat(BOOK.quote(ModelId.of("aws", "us.anthropic.claude-opus-4-6-v1"), null, NOW)
            .contextTokens())
        .isEqualTo(1_000_000);
    assertThat(BOOK.quote(ModelId.of("openai", "gpt-99"), null, NOW).contextTokens())
        .as("unknown")
        .isZero();
  }

  private static Usage units(UsageKind kind) {
    return Usage.builder().add(kind, 1).build();
  }
}
