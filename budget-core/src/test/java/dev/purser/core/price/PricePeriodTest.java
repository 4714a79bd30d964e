package dev.purser.core.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricePeriodTest {

  private static final ModelId M = ModelId.of("openai", "m");
  private static final Usage MILLE = Usage.ofTokens(1_000, 0);

  private static final BundledPriceBook BOOK = Tables.ofModel("""
          "periods": [
            {"rates": [{"input": 1000}]},
            {"from": "2026-08-16T16:00:00Z", "rates": [{"input": 2000}]},
            {"from": "2026-08-16T16:00:00Z", "daily": ["01:00/04:00", "22:00/00:30"],
             "rates": [{"input": 4000}]},
            {"from": "2027-01-01T00:00:00Z", "rates": [{"input": 3000}]}]
          """);

  @ParameterizedTest
  @CsvSource({
    "2020-01-01T00:00:00Z, 1000",
    "2026-08-16T15:59:59.999Z, 1000",
    "2026-08-16T16:00:00Z, 2000",
    "2026-08-17T00:59:59Z, 2000",
    "2026-08-17T01:00:00Z, 4000",
    "2026-08-17T03:59:59Z, 4000",
    "2026-08-17T04:00:00Z, 2000",
    "2026-08-17T22:00:00Z, 4000",
    "2026-08-18T00:29:59Z, 4000",
    "2026-08-18T00:30:00Z, 2000",
    "2027-01-01T02:00:00Z, 3000"
  })
  void theLastPeriodThatHoldsAtTheAdmissionPricesTheCall(Instant at, long nanoUsd) {
    assertThat(BOOK.quote(M, null, at).costNanoUsd(MILLE, null, null)).isEqualTo(nanoUsd);
  }

  @Test
  void withoutAPeriodThatHoldsTheFirstOneDoes() {
    BundledPriceBook book = Tables.ofModel("""
            "periods": [{"from": "2026-01-01T00:00:00Z", "rates": [{"input": 1000}]},
                        {"from": "2027-01-01T00:00:00Z", "rates": [{"input": 9000}]}]
            """);

    assertThat(book.quote(M, null, Instant.EPOCH).costNanoUsd(MILLE, null, null))
        .isEqualTo(1_000);
  }

  @Test
  void anOpenCallKeepsThePricesOfItsAdmissionThoughTheyChangeMeanwhile() {
    Instant lastSecond = Instant.parse("2026-12-31T12:00:00Z");
    var quote = BOOK.quote(M, null, lastSecond);
    var next = BOOK.quote(M, null, lastSecond.plusSeconds(86_400));

    assertThat(quote.costNanoUsd(MILLE, M, null)).isEqualTo(2_000);
    assertThat(quote.costNanoUsd(MILLE, ModelId.of("openai", "M"), null)).isEqualTo(2_000);
    assertThat(next.costNanoUsd(MILLE, M, null)).isEqualTo(3_000);
  }
}
