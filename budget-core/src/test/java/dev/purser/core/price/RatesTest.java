package dev.purser.core.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RatesTest {

  private static final long SEARCH = 10_000_000_000L;

  @ParameterizedTest
  @CsvSource({
    "CACHE_READ, 3",
    "CACHE_READ_AUDIO, 3",
    "CACHE_READ_IMAGE, 3",
    "CACHE_WRITE_5M, 3",
    "CACHE_WRITE_1H, 3",
    "INPUT_AUDIO, 3",
    "INPUT_IMAGE, 3",
    "INPUT_VIDEO, 3",
    "REASONING, 7",
    "OUTPUT_AUDIO, 7",
    "OUTPUT_IMAGE, 7",
    "WEB_SEARCH, 10000000000",
    "REQUEST, 0"
  })
  void aKindWithoutAPriceCostsWhatItsRelativeCosts(UsageKind kind, long price) {
    Rates rates = rates(Map.of(UsageKind.INPUT, 3L, UsageKind.OUTPUT, 7L));

    assertThat(rates.price(kind)).isEqualTo(price);
  }

  @ParameterizedTest
  @EnumSource(
      value = UsageKind.class,
      names = {"CACHE_READ_AUDIO", "CACHE_READ_IMAGE"})
  void cachedAudioAndImagesCostWhatCachedTextCosts(UsageKind kind) {
    Rates rates = rates(Map.of(UsageKind.INPUT, 30L, UsageKind.CACHE_READ, 3L));

    assertThat(rates.price(kind)).isEqualTo(3);
  }

  @Test
  void anHourOfCacheCostsTwiceTheInputWhereTheProviderSaysSo() {
    Map<UsageKind, Long> stated = Map.of(UsageKind.INPUT, 4L, UsageKind.CACHE_WRITE_5M, 5L);

    assertThat(Rates.complete(stated, 2, SEARCH).price(UsageKind.CACHE_WRITE_1H))
        .isEqualTo(8);
    assertThat(Rates.complete(stated, 0, SEARCH).price(UsageKind.CACHE_WRITE_1H))
        .isEqualTo(5);
  }

  @Test
  void anEmbeddingModelChargesOutputAsInputRatherThanNothing() {
    assertThat(rates(Map.of(UsageKind.INPUT, 9L)).price(UsageKind.OUTPUT)).isEqualTo(9);
  }

  @Test
  void withoutAnInputPriceThereIsNothingToFallBackTo() {
    assertThatThrownBy(() -> rates(Map.of(UsageKind.OUTPUT, 9L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("input");
  }

  @Test
  void aFeeForEachCallIsChargedThoughTheMeterCountedTokensOnly() {
    Rates rates = rates(Map.of(UsageKind.INPUT, 1L, UsageKind.REQUEST, 12_000L));

    assertThat(rates.cost(Usage.ofTokens(5, 0)).exact()).isEqualTo(12_005);
    assertThat(rates.cost(Usage.builder().add(UsageKind.REQUEST, 2).build()).exact())
        .isEqualTo(24_000);
    assertThat(rates.cost(Usage.NONE).exact()).isEqualTo(0);
  }

  @Test
  void aMultipleAppliesToEveryTokenButNotToFees() {
    Rates rates = rates(
            Map.of(UsageKind.INPUT, 101L, UsageKind.OUTPUT, 1_000L, UsageKind.REQUEST, 10L))
        .times(1_100);

    assertThat(rates.price(UsageKind.INPUT)).as("rounded up").isEqualTo(112);
    assertThat(rates.price(UsageKind.REASONING)).isEqualTo(1_100);
    assertThat(rates.price(UsageKind.WEB_SEARCH)).isEqualTo(SEARCH);
    assertThat(rates.price(UsageKind.REQUEST)).isEqualTo(10);
  }

  @Test
  void inTheWorstCaseInputIsACacheWriteAndOutputIsReasoning() {
    Rates worst = rates(Map.of(
            UsageKind.INPUT, 4L,
            UsageKind.CACHE_WRITE_5M, 5L,
            UsageKind.CACHE_WRITE_1H, 8L,
            UsageKind.OUTPUT, 2L,
            UsageKind.REASONING, 3L))
        .worstCase();

    assertThat(worst.price(UsageKind.INPUT)).isEqualTo(5);
    assertThat(worst.price(UsageKind.OUTPUT)).isEqualTo(3);
  }

  @Property
  void theCostIsTheExactSumOfUnitsTimesPrice(
      @ForAll("counts") Map<UsageKind, Long> counts,
      @ForAll("prices") Map<UsageKind, Long> stated) {
    Rates rates = rates(stated);
    Usage.Builder usage = Usage.builder();
    BigDecimal expected = BigDecimal.ZERO;
    for (Map.Entry<UsageKind, Long> count : counts.entrySet()) {
      usage.add(count.getKey(), count.getValue());
      expected = expected.add(BigDecimal.valueOf(count.getValue())
          .multiply(BigDecimal.valueOf(rates.price(count.getKey()))));
    }

    assertThat(new BigDecimal(rates.cost(usage.build()).exact())).isEqualByComparingTo(expected);
  }

  @Provide
  Arbitrary<Map<UsageKind, Long>> counts() {
    return Arbitraries.maps(
        Arbitraries.of(UsageKind.class), Arbitraries.longs().between(0, Long.MAX_VALUE));
  }

  @Provide
  Arbitrary<Map<UsageKind, Long>> prices() {
    return Arbitraries.maps(
            Arbitraries.of(UsageKind.class).filter(kind -> kind != UsageKind.REQUEST),
            Arbitraries.longs().between(0, 10_000_000_000L))
        .map(map -> {
          Map<UsageKind, Long> prices = new EnumMap<>(UsageKind.class);
          prices.putAll(map);
          prices.putIfAbsent(UsageKind.INPUT, 2_500_000L);
          return prices;
        });
  }

  private static Rates rates(Map<UsageKind, Long> stated) {
    return Rates.complete(stated, 0, SEARCH);
  }
}
