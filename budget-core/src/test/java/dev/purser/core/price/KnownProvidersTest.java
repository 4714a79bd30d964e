package dev.purser.core.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.Budget;
import dev.purser.api.ModelPrice;
import dev.purser.api.Usd;
import dev.purser.core.config.Configuration;
import dev.purser.core.config.Prices;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The configuration does not see the table, and must know its providers all the same. */
class KnownProvidersTest {

  @Test
  void everyProviderOfTheTableIsKnownAndItsNearMissesAreTold() throws IOException {
    List<ProviderPrices> providers = bundled().providers();
    assertThat(providers).isNotEmpty();

    for (ProviderPrices provider : providers) {
      String name = provider.name();
      assertThatCode(() -> configuration(name).checked()).as(name).doesNotThrowAnyException();
      if (name.length() > 4) {
        String mistyped = name.charAt(0) + name.substring(2);
        assertThatThrownBy(() -> configuration(mistyped).checked())
            .as(mistyped)
            .hasMessageContaining("prices[0].provider: unknown provider \"" + mistyped + "\"");
      }
    }
  }

  private static PriceTable bundled() throws IOException {
    try (InputStream json = BundledPriceBook.class.getResourceAsStream("prices.json")) {
      return PriceTableReader.table(PriceTableReader.rows(Objects.requireNonNull(json)));
    }
  }

  private static Configuration configuration(String provider) {
    return Configuration.builder()
        .owner("dana")
        .budget(Budget.daily("day", Usd.of("75")))
        .prices(Prices.BUNDLED.with(
            new ModelPrice(provider, List.of("m"), List.of(), Map.of(), Map.of(), Map.of(), 0, 0)))
        .build();
  }
}
