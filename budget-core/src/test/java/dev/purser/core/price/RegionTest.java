package dev.purser.core.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.ModelId;
import dev.purser.api.ModelUsage;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.api.Usd;
import dev.purser.spi.Quote;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegionTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final ModelId M = ModelId.of("openai", "m");
  private static final Usage USAGE = Usage.ofTokens(1_000, 1_000);

  private static final BundledPriceBook BOOK = Tables.ofModel("""
      "periods": [{"rates": [{"input": 1000, "output": 8000}], "fees": {"web_search": 5000}}],
      "modes": {"batch": {"rates": [{"input": 500, "output": 4000}]}},
      "regions": {"US": 1100, "eu": 1200}
      """);

  @ParameterizedTest
  @CsvSource({"us, 9900", "US, 9900", "eu, 10800", "us-east5, 10800"})
  void aRegionIsDearerForEveryToken(String region, long nanoUsd) {
    assertThat(cost(Settlement.of(USAGE).inRegion(region))).isEqualTo(nanoUsd);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "global", "not_available", "default"})
  void whoChoosesNoRegionPaysTheListedPrice(String region) {
    assertThat(cost(Settlement.of(USAGE).inRegion(region))).isEqualTo(9_000);
  }

  @Test
  void aRegionComesOnTopOfWhateverServiceTier() {
    assertThat(cost(Settlement.of(USAGE).onTier("batch").inRegion("us"))).isEqualTo(4_950);
  }

  @Test
  void aRegionDoesNotMakeSearchesDearer() {
    Usage searches = Usage.builder().add(UsageKind.WEB_SEARCH, 2).build();

    assertThat(cost(Settlement.of(searches).inRegion("eu"))).isEqualTo(10);
  }

  @Test
  void theWorstCaseIsThatOfTheRegionAskedFor() {
    assertThat(quote(null).worstCaseNanoUsd(USAGE)).isEqualTo(9_000);
    assertThat(quote("us").worstCaseNanoUsd(USAGE)).isEqualTo(9_900);
    assertThat(quote("mars").worstCaseNanoUsd(USAGE)).isEqualTo(10_800);
  }

  @Test
  void aRegionThatWasAskedForAndIsNotReportedBackIsCharged() {
    assertThat(quote("us").costNanoUsd(Settlement.of(USAGE))).isEqualTo(9_900);
  }

  @Test
  void theRegionThatIsReportedBackCountsAndNotTheOneAskedFor() {
    assertThat(quote("us").costNanoUsd(Settlement.of(USAGE).inRegion("global"))).isEqualTo(9_000);
    assertThat(quote("us").costNanoUsd(Settlement.of(USAGE).inRegion("eu"))).isEqualTo(10_800);
  }

  @Test
  void anotherModelThatAnsweredHasRegionsOfItsOwn() {
    Quote quote =
        BundledPriceBook.load().quote(ModelId.of("anthropic", "claude-opus-4-6"), null, "us", NOW);
    ModelId older = ModelId.of("anthropic", "claude-opus-4-5");
    Usage million = Usage.ofTokens(1_000_000, 0);

    assertThat(quote.costNanoUsd(Settlement.of(million))).isEqualTo(5_500_000_000L);
    assertThat(quote.costNanoUsd(new Settlement(million, older, null, null)))
        .as("it knows no regions")
        .isEqualTo(5_000_000_000L);
    assertThat(quote.costNanoUsd(
            Settlement.of(million).besides(List.of(new ModelUsage(older, million)))))
        .isEqualTo(10_500_000_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "openai, gpt-5.4, eu, 2.75",
    "openai, gpt-5.4, us, 2.75",
    "openai, gpt-4o, eu, 2.5",
    "anthropic, claude-sonnet-4-6, us, 3.3",
    "anthropic, claude-opus-5-5, us, 4.4",
    "google, claude-opus-4-6, us-east5, 5.5",
    "google, claude-sonnet-4-5@20250929, us-east5, 3.3",
    "google, claude-sonnet-4-5@20250929, global, 3",
    "google, claude-sonnet-4-5@20250929, , 3",
    "google, claude-haiku-4-5@20251001, europe-west1, 1.1",
    "google, claude-opus-4-5@20251101, eu, 5.5",
    "google, claude-sonnet-4-6, asia-southeast1, 3.3",
    "google, claude-sonnet-5, us-east5, 3.3",
    "google, claude-opus-5-5, us-east5, 4.4",
    "google, claude-sonnet-4@20250514, us-east5, 3",
    "google, claude-opus-4-1@20250805, us-east5, 15",
    "google, gemini-2.5-pro, us-central1, 1.25",
    "aws, us.anthropic.claude-opus-4-6-v1, , 5.5",
    "aws, global.anthropic.claude-opus-4-6-v1, , 5"
  })
  void theBundledTableKnowsWhoseRegionsAreDearer(
      String provider, String name, @Nullable String region, String usd) {
    Quote quote = BundledPriceBook.load().quote(ModelId.of(provider, name), null, region, NOW);

    assertThat(quote.costNanoUsd(Settlement.of(Usage.ofTokens(100_000, 0))))
        .isEqualTo(Usd.of(usd).nanos() / 10);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 10_001})
  void anAbsurdSurchargeIsRefusedAndTheEntryNamed(int permille) {
    assertThatThrownBy(() ->
            Tables.ofModel("\"periods\": [{\"rates\": [{\"input\": 1000}]}], \"regions\": {\"eu\": "
                + permille + "}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("openai: m: absurd price of region eu: " + permille);
  }

  private static Quote quote(@Nullable String region) {
    return BOOK.quote(M, null, region, NOW);
  }

  private static long cost(Settlement settlement) {
    return quote(null).costNanoUsd(settlement);
  }
}
