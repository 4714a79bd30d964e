package dev.purser.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.ModelPrice;
import dev.purser.api.ModelPrice.Size;
import dev.purser.api.UsageKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceReaderTest {

  private static final String HEAD = """
      owner: dana
      budgets: [{name: day, limit: $1, window: day}]
      """;

  @Test
  void everythingThatAPriceMaySay() {
    Prices prices = read("""
        prices-file: litellm.json
        prices-file-without: [wandb/*]
        prices:
          - provider: openai
            model: gpt-4o
            aliases: [our-gpt-4o, "gpt-4o-2024-*"]
            input: 2
            cache-read: $1.00
            cache-write-1h: 4.000001
            output: 8
            above:
              - {tokens: 200k, input: 4, output: 12}
            service-tiers:
              batch: {input: 1, output: 4}
            regions: {eu: 1.1}
            fees: {web-search: 0.025, request: $0.000000000001}
            context: 128k
            max-output: 16_384
        """);

    assertThat(prices.file()).isEqualTo("litellm.json");
    assertThat(prices.without()).containsExactly("wandb/*");
    assertThat(prices.own())
        .containsExactly(new ModelPrice(
            "openai",
            List.of("gpt-4o", "our-gpt-4o", "gpt-4o-2024-*"),
            List.of(
                new Size(
                    0,
                    Map.of(
                        UsageKind.INPUT, 2_000_000L,
                        UsageKind.CACHE_READ, 1_000_000L,
                        UsageKind.CACHE_WRITE_1H, 4_000_001L,
                        UsageKind.OUTPUT, 8_000_000L)),
                new Size(
                    200_000, Map.of(UsageKind.INPUT, 4_000_000L, UsageKind.OUTPUT, 12_000_000L))),
            Map.of(UsageKind.WEB_SEARCH, 25_000_000_000L, UsageKind.REQUEST, 1L),
            Map.of(
                "batch",
                List.of(new Size(
                    0, Map.of(UsageKind.INPUT, 1_000_000L, UsageKind.OUTPUT, 4_000_000L)))),
            Map.of("eu", 1_100),
            128_000,
            16_384));
  }

  @Test
  void withoutASectionThereAreOnlyTheBundledPrices() {
    assertThat(read("")).isEqualTo(Prices.BUNDLED);
    assertThat(read("prices:\n")).isEqualTo(Prices.BUNDLED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{model: m, input: 1} | 3: prices[0].provider: is missing",
        "{provider: p, input: 1} | 3: prices[0].model: is missing",
        "{provider: p, model: m, output: 1} | 3: prices[0].input: is missing",
        "{provider: p, model: m, inptu: 1} | 3: prices[0].inptu: unknown key; did you mean"
            + " \"input\"?",
        "{provider: p, model: m, input: -1} | prices[0].input: must not be below zero, is -1",
        "{provider: p, model: m, input: 0} | prices[0].input: must be above zero; name models that",
        "{provider: p, model: m, input: 10000.01} | input: is above $10,000 a million tokens",
        "{provider: p, model: m, input: 0.0000025} | input: is below $0.0001 a million tokens:"
            + " 0.0000025; prices are those of a million tokens, not of one",
        "{provider: p, model: m, input: 1.0000001} | input: has more than six decimals",
        "{provider: p, model: m, input: cheap} | input: not a price in US dollars: \"cheap\"",
        "{provider: p, model: m, input: \"1,5\"} | amounts are written without commas",
        "{provider: p, model: \"a*b\", input: 1} | model: not the name of a model: \"a*b\"",
        "{provider: p, model: m, input: 1, fees: {web: 1}} | fees.web: unknown fee \"web\"",
        "{provider: p, model: m, input: 1, fees: {page: 25}} | fees.page: is above $10 each: 25",
        "{provider: p, model: m, input: 1, regions: {eu: 0.9}} | regions.eu: not a multiple from 1"
            + " to 10",
        "{provider: p, model: m, input: 1, context: 0} | context: must be at least 1 token, is 0",
        "{provider: p, model: m, input: 1, above: [{input: 2}]} | above[0].tokens: is missing",
        "{provider: p, model: m, input: 1, above: [{tokens: 9k}]} | above[0].input: is missing",
        "{provider: p, model: m, input: 1, above: [{tokens: 9k, input: 1}, {tokens: 8k, input: 1}]}"
            + " | above[1].tokens: must be above the 9000 of the size before, is 8000",
        "{provider: p, model: m, input: 1, service-tiers: {batch: 1}} | service-tiers.batch: must be"
            + " a mapping",
        "{provider: p, model: m, input: 1, service-tiers: {batch: {outptu: 1}}} | unknown key; did",
        "gpt-4o | prices[0]: must be a mapping with provider, model and input"
      })
  void whatIsWrongIsToldWithItsLine(String price, String message) {
    assertThatThrownBy(() -> read("prices: [" + price + "]\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("purser.yaml:3: ")
        .hasMessageContaining(message);
  }

  @Test
  void entriesToLeaveOutNeedAFile() {
    assertThatThrownBy(() -> read("prices-file-without: [x]\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("3: prices-file-without: has no effect: there is no prices-file");
  }

  @ParameterizedTest
  @CsvSource({
    "openia, openai",
    "OpenAl, openai",
    "antropic, anthropic",
    "gogle, google",
    "opnrouter, openrouter",
    "grok, groq",
    "firework, fireworks",
    "others, other"
  })
  void aMistypedProviderIsToldInAFile(String provider, String meant) {
    assertThatThrownBy(
            () -> read("prices:\n  - model: m\n    input: 1\n    provider: " + provider + "\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("purser.yaml:6: prices[0].provider: unknown provider \"" + provider
            + "\"; did you mean \"" + meant + "\"?");
  }

  @Test
  void aMistypedProviderIsToldInAProgram() {
    Configuration configuration = Configuration.builder()
        .owner("dana")
        .budget(dev.purser.api.Budget.daily("day", dev.purser.api.Usd.of("75")))
        .prices(read("prices: [{provider: acme, model: m, input: 1}]\n")
            .with(new ModelPrice(
                "openia", List.of("m"), List.of(), Map.of(), Map.of(), Map.of(), 0, 0)))
        .build();

    assertThatThrownBy(configuration::checked)
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("prices[1].provider: unknown provider \"openia\"; did you mean \"openai\"?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OpenAI",
        "azure_ai",
        "vertex_ai",
        "my-openai",
        "amazon-bedrock",
        "mistralai",
        "together_ai",
        "fireworks_ai",
        "nvidia_nim",
        "xai",
        "other",
        "ollama",
        "acme",
        "vllm",
        "lm",
        "tgi",
        "gateway"
      })
  void aProviderMayBeANewOne(String provider) {
    assertThat(
            read("prices: [{provider: " + provider + ", model: m, input: 1}]\n").own())
        .hasSize(1);
  }

  private static Prices read(String prices) {
    return ConfigurationReader.read("purser.yaml", HEAD + prices).prices();
  }
}
