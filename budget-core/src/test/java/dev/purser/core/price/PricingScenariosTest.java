package dev.purser.core.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.ModelId;
import dev.purser.api.ModelPrice;
import dev.purser.api.ModelPrice.Size;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.spi.Quote;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How other tools got prices wrong in the field. */
class PricingScenariosTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final BundledPriceBook BOOK = BundledPriceBook.load();

  @ParameterizedTest
  @CsvSource({
    "openai, gpt-4o-2031-01-01",
    "openai, o9-2031-01-01",
    "anthropic, claude-next-20310101",
    "google, gemini-9-pro-001",
    "aws, us.anthropic.claude-next-20310101-v1:0",
    "nowhere, my-model-2031-01-01"
  })
  void aDatedModelNameMissingFromTheTableIsNeverFree(String provider, String name) {
    Quote quote = BOOK.quote(ModelId.of(provider, name), null, NOW);

    for (UsageKind kind : UsageKind.values()) {
      Usage one = Usage.builder().add(kind, 1_000_000).build();
      assertThat(quote.worstCaseNanoUsd(one) > 0 || kind == UsageKind.REQUEST)
          .as("%s at worst", kind)
          .isTrue();
      assertThat(quote.costNanoUsd(Settlement.of(one)) > 0 || kind == UsageKind.REQUEST)
          .as("%s", kind)
          .isTrue();
    }
  }

  @Test
  void aCacheWriteIsBilledOnceAndNotAsInputToo() {
    Usage written = Usage.builder()
        .add(UsageKind.INPUT, 1_000)
        .add(UsageKind.CACHE_WRITE_5M, 2_000)
        .add(UsageKind.CACHE_READ, 10_000)
        .build();

    assertThat(cost("anthropic", "claude-sonnet-4-5", written))
        .isEqualTo(1_000 * 3_000 + 2_000 * 3_750 + 10_000 * 300);
  }

  @Test
  void anOneHourCacheWriteIsBilledAtItsOwnRate() {
    Usage written = Usage.builder()
        .add(UsageKind.CACHE_WRITE_5M, 1_000)
        .add(UsageKind.CACHE_WRITE_1H, 1_000)
        .build();

    assertThat(cost("anthropic", "claude-sonnet-4-5", written))
        .isEqualTo(1_000 * 3_750 + 1_000 * 6_000);
  }

  @Test
  void cachedTokensAreNotFreeWhereTheTableHasNoCachePrice() {
    BundledPriceBook book = BOOK.with(List.of(own("gpt-own", Map.of(UsageKind.INPUT, 2_000_000L))));
    Quote quote = book.quote(ModelId.of("openai", "gpt-own"), null, NOW);

    assertThat(quote.costNanoUsd(
            Settlement.of(Usage.builder().add(UsageKind.CACHE_READ, 1_000).build())))
        .as("as input")
        .isEqualTo(2_000_000);
  }

  @Test
  void priceTiersAreOrderedAsNumbersAndTheWholeRequestIsRepriced() {
    ModelPrice price = new ModelPrice(
        "openai",
        List.of("gpt-own"),
        List.of(
            new Size(0, Map.of(UsageKind.INPUT, 1_000_000L, UsageKind.OUTPUT, 1_000_000L)),
            new Size(90_000, Map.of(UsageKind.INPUT, 2_000_000L, UsageKind.OUTPUT, 3_000_000L)),
            new Size(128_000, Map.of(UsageKind.INPUT, 4_000_000L, UsageKind.OUTPUT, 5_000_000L))),
        Map.of(),
        Map.of(),
        Map.of(),
        0,
        0);
    Quote quote = BOOK.with(List.of(price)).quote(ModelId.of("openai", "gpt-own"), null, NOW);

    assertThat(cost(quote, 90_000)).isEqualTo((90_000 + 10) * 1_000L);
    assertThat(cost(quote, 100_000)).isEqualTo(100_000 * 2_000L + 10 * 3_000L);
    assertThat(cost(quote, 128_001)).isEqualTo(128_001 * 4_000L + 10 * 5_000L);
  }

  @Test
  void aPricePerMillionTypedWherePerTokenWasMeantIsRefused() {
    ModelPrice price = own("gpt-own", Map.of(UsageKind.INPUT, 2_500_000_000_000L));

    assertThatThrownBy(() -> BOOK.with(List.of(price)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("openai: gpt-own (own price): absurd price of input");
  }

  @Test
  void ownPricesComeBeforeTheFileAndTheFileBeforeTheBundledTable() throws Exception {
    byte[] json = """
        {"gpt-4o": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 3e-06},
         "gpt-5": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 3e-06}}
        """.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    LiteLlmPrices file = LiteLlmPrices.read("f", new java.io.ByteArrayInputStream(json), List.of());
    BundledPriceBook book =
        BOOK.with(file).with(List.of(own("gpt-4o", Map.of(UsageKind.INPUT, 1_000_000L))));

    assertThat(input(book, "gpt-4o")).isEqualTo(1_000_000);
    assertThat(input(book, "gpt-5")).isEqualTo(3_000_000);
    assertThat(input(book, "gpt-4.1")).isEqualTo(2_000_000);
    assertThat(book.version()).startsWith("2026-11-23+litellm.").contains("+own.");
  }

  @Test
  void anOwnPriceKeepsLimitsFeesAndTiersThatItDoesNotState() {
    BundledPriceBook book = BOOK.with(List.of(own("gpt-4o", Map.of(UsageKind.INPUT, 1_000_000L))));
    Quote quote = book.quote(ModelId.of("openai", "gpt-4o"), null, NOW);

    assertThat(quote.maxOutputTokens()).isEqualTo(16_384);
    assertThat(quote.contextTokens()).isEqualTo(128_000);
    assertThat(quote.costNanoUsd(
            Settlement.of(Usage.builder().add(UsageKind.WEB_SEARCH, 1).build())))
        .isEqualTo(25_000_000);
    assertThat(quote.costNanoUsd(Settlement.of(Usage.ofTokens(1_000, 0)).onTier("priority")))
        .isEqualTo(4_250_000);
  }

  @Test
  void anAliasTakesOverAPriceThatItDoesNotState() {
    ModelPrice alias = new ModelPrice(
        "azure",
        List.of("gpt-4o", "our-deployment"),
        List.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        0,
        0);
    BundledPriceBook book = BOOK.with(List.of(alias));
    Quote quote = book.quote(ModelId.of("azure", "our-deployment"), null, NOW);

    assertThat(quote.known()).isTrue();
    assertThat(quote.costNanoUsd(Settlement.of(Usage.ofTokens(0, 1_000)))).isEqualTo(10_000_000);
  }

  @Test
  void anEntryWithoutAnyPriceIsRefused() {
    ModelPrice nothing =
        new ModelPrice("openai", List.of("gpt-own"), List.of(), Map.of(), Map.of(), Map.of(), 0, 5);

    assertThatThrownBy(() -> BOOK.with(List.of(nothing)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("own: gpt-own (own price) has no price of input");
  }

  @Test
  void aProviderThatTheTableDoesNotKnowGetsPricesOfItsOwn() {
    ModelPrice price = new ModelPrice(
        "acme",
        List.of("large*"),
        List.of(new Size(0, Map.of(UsageKind.INPUT, 1_000_000L))),
        Map.of(UsageKind.REQUEST, 5_000_000L),
        Map.of(),
        Map.of(),
        0,
        0);
    Quote quote = BOOK.with(List.of(price)).quote(ModelId.of("acme", "large-2"), null, NOW);

    assertThat(quote.known()).isTrue();
    assertThat(quote.costNanoUsd(Settlement.of(Usage.ofTokens(1_000, 0)))).isEqualTo(1_005_000);
  }

  private static ModelPrice own(String model, Map<UsageKind, Long> prices) {
    return new ModelPrice(
        "openai", List.of(model), List.of(new Size(0, prices)), Map.of(), Map.of(), Map.of(), 0, 0);
  }

  private static long input(BundledPriceBook book, String name) {
    return cost(book.quote(ModelId.of("openai", name), null, NOW), Usage.ofTokens(1_000, 0));
  }

  private static long cost(String provider, String name, Usage usage) {
    return cost(BOOK.quote(ModelId.of(provider, name), null, NOW), usage);
  }

  private static long cost(Quote quote, long input) {
    return cost(quote, Usage.ofTokens(input, 10));
  }

  private static long cost(Quote quote, Usage usage) {
    return quote.costNanoUsd(Settlement.of(usage));
  }

  @Test
  void aBatchOfAnthropicsCostsHalfForEveryModel() {
    Usage used = Usage.ofTokens(1_000_000, 0);
    for (String name : new String[] {"claude-haiku-4-5", "claude-sonnet-4-5", "claude-opus-5"}) {
      Quote quote = BundledPriceBook.load()
          .quote(ModelId.of("anthropic", name), null, Instant.parse("2026-11-23T12:00:00Z"));

      assertThat(2 * quote.costNanoUsd(used, null, "batch"))
          .as(name)
          .isEqualTo(quote.costNanoUsd(used, null, null));
    }
  }

  @Test
  void anAnswerUnderAFreeModelsNameIsNotFreeWhereAnotherWasAsked() {
    Instant now = Instant.parse("2026-11-23T12:00:00Z");
    Quote quote = BundledPriceBook.load().quote(ModelId.of("openai", "gpt-4o"), null, now);
    ModelId moderation = ModelId.of("openai", "omni-moderation-latest");
    Usage used = Usage.ofTokens(1_000, 0);

    assertThat(BundledPriceBook.load().quote(moderation, null, now).costNanoUsd(used, null, null))
        .isZero();
    assertThat(quote.costNanoUsd(used, moderation, null)).isEqualTo(2_500_000);
  }
}
