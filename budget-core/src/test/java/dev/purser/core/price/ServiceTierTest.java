package dev.purser.core.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceTierTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final ModelId M = ModelId.of("openai", "m");
  private static final Usage USAGE = Usage.ofTokens(10, 1);

  private static final BundledPriceBook BOOK = Tables.ofModel("""
          "periods": [{"rates": [{"input": 1000, "cache_read": 500, "output": 8000},
                                 {"above": 100, "input": 2000, "output": 12000}]}],
          "modes": {"batch": {"rates": [{"input": 500, "output": 4000}]},
                    "priority": {"rates": [{"input": 1700, "output": 14000}]},
                    "ultrafast": {"permille": 6000}}
          """);

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "default", "standard", "auto", "Default"})
  void theOrdinaryTierHasManyNames(String tier) {
    assertThat(cost(USAGE, tier)).isEqualTo(18);
  }

  @ParameterizedTest
  @CsvSource({"batch, 9", "priority, 31", "PRIORITY, 31", "fast, 31", "ultrafast, 108"})
  void theTierThatServedTheCallPricesIt(String tier, long nanoUsd) {
    assertThat(cost(USAGE, tier)).isEqualTo(nanoUsd);
  }

  @Test
  void aTierNobodyKnowsCostsAsMuchAsTheDearestThatIsKnown() {
    assertThat(cost(USAGE, "warp")).isEqualTo(cost(USAGE, "ultrafast"));
  }

  @Test
  void aDiscountTheModelDoesNotHaveIsNotGranted() {
    assertThat(cost(USAGE, "flex")).isEqualTo(18);
  }

  @Test
  void whatATierDoesNotStateCostsAsAtStandard() {
    Usage cached = Usage.builder().add(UsageKind.CACHE_READ, 10).build();

    assertThat(cost(cached, "batch")).isEqualTo(5);
    assertThat(cost(cached, "ultrafast")).isEqualTo(30);
  }

  @Test
  void aDiscountThatSaysNothingOfLongInputEndsThere() {
    Usage lengthy = Usage.ofTokens(101, 1);

    assertThat(cost(lengthy, "batch")).isEqualTo(cost(lengthy, "standard")).isEqualTo(214);
    assertThat(cost(lengthy, "priority")).as("dearer of both").isEqualTo(202 + 14);
    assertThat(cost(lengthy, "ultrafast")).isEqualTo(6 * 214);
  }

  @Test
  void theWorstCaseIsThatOfTheTierAskedForAndNeverBelowTheStandardOne() {
    assertThat(BOOK.quote(M, "batch", NOW).worstCaseNanoUsd(USAGE)).isEqualTo(18);
    assertThat(BOOK.quote(M, "priority", NOW).worstCaseNanoUsd(USAGE)).isEqualTo(31);
    assertThat(BOOK.quote(M, "warp", NOW).worstCaseNanoUsd(USAGE)).isEqualTo(108);
    assertThat(BOOK.quote(M, "auto", NOW).worstCaseNanoUsd(USAGE)).isEqualTo(18);
  }

  @Test
  void anUnknownModelIsGrantedNoDiscount() {
    ModelId unknown = ModelId.of("openai", "other");

    assertThat(BOOK.quote(unknown, "batch", NOW).worstCaseNanoUsd(USAGE)).isEqualTo(18);
    assertThat(BOOK.quote(unknown, "batch", NOW).costNanoUsd(USAGE, null, "batch"))
        .isEqualTo(18);
    assertThat(BOOK.quote(unknown, null, NOW).costNanoUsd(USAGE, null, "priority"))
        .isEqualTo(108);
  }

  private static long cost(Usage usage, String tier) {
    return BOOK.quote(M, null, NOW).costNanoUsd(usage, null, tier);
  }
}
