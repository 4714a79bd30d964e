package dev.purser.core.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.spi.Quote;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PriceTierTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final ModelId M = ModelId.of("openai", "m");

  private static final Quote QUOTE = Tables.ofModel("""
              "periods": [{"rates": [
                {"input": 1000, "cache_read": 100, "cache_write_5m": 1250, "output": 4000},
                {"above": 90000, "input": 2000, "cache_read": 200, "output": 6000},
                {"above": 128000, "input": 500, "output": 500}]}]
              """).quote(M, null, NOW);

  @Test
  void exactlyAtTheThresholdTheLowerTierHolds() {
    assertThat(cost(Usage.ofTokens(90_000, 1))).isEqualTo(90_000 + 4);
  }

  @Test
  void oneTokenAboveTheWholeRequestIsDearerAndItsOutputToo() {
    assertThat(cost(Usage.ofTokens(90_001, 1))).isEqualTo(2 * 90_001 + 6);
  }

  @Test
  void thresholdsAreOrderedAsNumbersAndNotAsText() {
    assertThat(cost(Usage.ofTokens(128_000, 0))).isEqualTo(2 * 128_000);
  }

  @Test
  void cachedAndWrittenTokensCountTowardsTheThresholdButOutputDoesNot() {
    Usage cached = Usage.builder()
        .add(UsageKind.INPUT, 1)
        .add(UsageKind.CACHE_READ, 60_000)
        .add(UsageKind.CACHE_WRITE_5M, 30_000)
        .build();

    assertThat(cost(cached)).isEqualTo(2 + 12_000 + 60_000);
    assertThat(cost(Usage.ofTokens(1, 500_000))).isEqualTo(1 + 4 * 500_000);
  }

  @Test
  void theWorstCaseCoversADearerTierBelowABoundThatReachesACheaperOne() {
    assertThat(QUOTE.worstCaseNanoUsd(Usage.ofTokens(130_000, 1))).isEqualTo(2 * 130_000 + 6);
    assertThat(QUOTE.worstCaseNanoUsd(Usage.ofTokens(1_000, 1)))
        .as("a cache write")
        .isEqualTo(1_250 + 4);
  }

  private static long cost(Usage usage) {
    return QUOTE.costNanoUsd(usage, null, null);
  }
}
