package dev.purser.core.price;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.ModelId;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.spi.Quote;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteLlmPricesTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  /** In the form of LiteLLM's table, with made-up models. */
  private static final String DIRTY = """
      {
        "sample_spec": {
          "code_interpreter_cost_per_session": 0.0,
          "input_cost_per_token": 0.0,
          "litellm_provider": "one of https://docs.litellm.ai/docs/providers",
          "max_input_tokens": "max input tokens, if the provider specifies it",
          "mode": "one of chat, embedding, completion, image_generation"
        },
        "gpt-own": {
          "cache_read_input_token_cost": 2.5e-07,
          "input_cost_per_audio_token": 4e-05,
          "input_cost_per_token": 2.5e-06,
          "input_cost_per_token_batches": 1.25e-06,
          "input_cost_per_token_priority": 4.25e-06,
          "litellm_provider": "openai",
          "max_input_tokens": 128000,
          "max_output_tokens": "16384",
          "mode": "chat",
          "output_cost_per_reasoning_token": 1.2e-05,
          "output_cost_per_token": 1e-05,
          "output_cost_per_token_batches": 5e-06,
          "output_cost_per_token_priority": 1.7e-05,
          "regional_processing_uplift_multiplier_eu": 1.1,
          "search_context_cost_per_query": {
            "search_context_size_high": 0.05,
            "search_context_size_low": 0.03,
            "search_context_size_medium": 0.035
          },
          "supports_vision": true
        },
        "claude-own": {
          "cache_creation_input_token_cost": 3.75e-06,
          "cache_creation_input_token_cost_above_1hr": 0.0,
          "cache_creation_input_token_cost_above_200k_tokens": 7.5e-06,
          "cache_read_input_token_cost": 3e-07,
          "input_cost_per_token": 3e-06,
          "input_cost_per_token_above_200k_tokens": 6e-06,
          "litellm_provider": "anthropic",
          "max_input_tokens": 1000000,
          "max_output_tokens": 64000,
          "mode": "chat",
          "output_cost_per_token": 1.5e-05,
          "output_cost_per_token_above_200k_tokens": 2.25e-05,
          "provider_specific_entry": {"fast": 6.0, "us": 1.1}
        },
        "gemini/gemini-own": {
          "input_cost_per_token": "1.25e-07",
          "input_cost_per_token_above_128k_tokens": 2.5e-07,
          "input_cost_per_token_above_90k_tokens": 2e-07,
          "litellm_provider": "gemini",
          "mode": "chat",
          "output_cost_per_token": 2.8000000000000003e-07
        },
        "vertex_ai/gemini-own": {
          "input_cost_per_token": 1e-07,
          "litellm_provider": "vertex_ai-language-models",
          "mode": "chat",
          "output_cost_per_token": 2e-07
        },
        "gpt-nothing": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 0.0},
        "wandb/own": {
          "input_cost_per_token": 1e-06, "output_cost_per_token": 1e-06,
          "litellm_provider": "wandb", "mode": "chat"
        },
        "embed-own": {
          "input_cost_per_token": 2e-08, "output_cost_per_token": 0.0,
          "litellm_provider": "openai", "mode": "embedding", "max_output_tokens": 3072
        },
        "cohere/rerank-own": {
          "input_cost_per_query": 0.002, "input_cost_per_token": 0.0,
          "litellm_provider": "cohere", "mode": "rerank"
        },
        "mistral/ocr-own": {
          "annotation_cost_per_page": 3e-03, "ocr_cost_per_page": 1e-03,
          "litellm_provider": "mistral", "mode": "ocr"
        },
        "whisper-own": {
          "input_cost_per_second": 0.0001, "output_cost_per_second": 0.0001,
          "litellm_provider": "openai", "mode": "audio_transcription"
        },
        "tts-own": {
          "input_cost_per_character": 1.5e-05, "litellm_provider": "openai", "mode": "audio_speech"
        },
        "dashscope/qwen-own": {
          "litellm_provider": "dashscope", "mode": "chat",
          "tiered_pricing": [
            {"range": [0, 32000.0], "input_cost_per_token": 1e-06, "output_cost_per_token": 4e-06},
            {"range": [32000.0, 128000.0], "input_cost_per_token": 2e-06,
             "output_cost_per_token": 8e-06}]
        },
        "omni-moderation-own": {
          "input_cost_per_token": 0.0, "litellm_provider": "openai", "mode": "moderation"
        },
        "sora-own": {
          "litellm_provider": "openai", "mode": "video_generation",
          "output_cost_per_video_per_second": 0.1
        },
        "bedrock/*/1-month-commitment/own": {
          "input_cost_per_second": 0.011, "litellm_provider": "bedrock", "mode": "chat"
        },
        "orphan": {"input_cost_per_token": 1e-06, "mode": "chat"}
      }
      """;

  private static final BundledPriceBook BOOK = BundledPriceBook.load().with(read(DIRTY));

  @Test
  void whatIsNoModelOrHasNoPriceIsPassedOverAndCounted() {
    LiteLlmPrices prices = read(DIRTY);

    assertThat(prices.models()).isEqualTo(12);
    assertThat(prices.skipped())
        .containsOnly(
            java.util.Map.entry("no model", 2),
            java.util.Map.entry("no price", 1),
            java.util.Map.entry("no provider", 1),
            java.util.Map.entry("mode video_generation", 1));
    assertThat(prices)
        .hasToString("LiteLlmPrices[12 models, passed over " + prices.skipped() + "]");
  }

  @ParameterizedTest
  @CsvSource({
    "openai, gpt-own, INPUT, 2500",
    "openai, gpt-own, OUTPUT, 10000",
    "openai, gpt-own, CACHE_READ, 250",
    "openai, gpt-own, REASONING, 12000",
    "openai, gpt-own, INPUT_AUDIO, 40000",
    "openai, gpt-own, CACHE_WRITE_5M, 2500",
    "openai, gpt-own, WEB_SEARCH, 50000000",
    "azure, gpt-own, OUTPUT, 10000",
    "anthropic, claude-own, CACHE_WRITE_5M, 3750",
    "google, gemini-own, INPUT, 125",
    "google, gemini-own, OUTPUT, 280",
    "wandb, own, INPUT, 1000",
    "litellm, wandb/own, INPUT, 1000",
    "openai, embed-own, INPUT, 20",
    "cohere, rerank-own, RERANK_SEARCH, 2000000",
    "mistral, ocr-own, PAGE, 1000000",
    "openai, whisper-own, SECOND, 100000",
    "openai, tts-own, CHARACTER, 15000",
    "dashscope, qwen-own, OUTPUT, 4000",
    "openai, omni-moderation-own, INPUT, 0",
    "openai, gpt-4o, OUTPUT, 10000",
  })
  void aPriceIsThatOfTheFileToThePicoDollar(
      String provider, String name, UsageKind kind, long nanoUsd) {
    Quote quote = BOOK.quote(ModelId.of(provider, name), null, NOW);

    assertThat(quote.known()).isTrue();
    assertThat(cost(quote, kind, 1)).isEqualTo(nanoUsd);
  }

  @Test
  void aTierIsOrderedByItsNumberAndNotByItsText() {
    Quote quote = BOOK.quote(ModelId.of("google", "gemini-own"), null, NOW);

    assertThat(cost(quote, UsageKind.INPUT, 90_000)).isEqualTo(90_000 * 125);
    assertThat(cost(quote, UsageKind.INPUT, 100_000)).isEqualTo(100_000 * 200);
    assertThat(cost(quote, UsageKind.INPUT, 130_000)).isEqualTo(130_000 * 250);
  }

  @Test
  void whatALargerSizeDoesNotStateRisesAsItsInputDoes() {
    Quote quote = BOOK.quote(ModelId.of("anthropic", "claude-own"), null, NOW);

    assertThat(cost(quote, UsageKind.CACHE_READ, 300_000)).isEqualTo(300_000L * 600);
    assertThat(cost(quote, UsageKind.CACHE_WRITE_5M, 300_000)).isEqualTo(300_000L * 7_500);
  }

  @Test
  void anHoursCacheWriteThatTheFileHasForNothingCostsWhatItsProviderSays() {
    Quote quote = BOOK.quote(ModelId.of("anthropic", "claude-own"), null, NOW);

    assertThat(cost(quote, UsageKind.CACHE_WRITE_1H, 1)).as("twice the input").isEqualTo(6_000);
  }

  @Test
  void theRangesOfATableOfTiersAreSizes() {
    Quote quote = BOOK.quote(ModelId.of("dashscope", "qwen-own"), null, NOW);

    assertThat(cost(quote, UsageKind.INPUT, 32_000)).isEqualTo(32_000 * 1_000);
    assertThat(cost(quote, UsageKind.INPUT, 32_001)).isEqualTo(32_001 * 2_000);
  }

  @ParameterizedTest
  @CsvSource({
    "openai, gpt-own, batch, , 6250",
    "openai, gpt-own, priority, , 21250",
    "openai, gpt-own, flex, , 12500",
    "openai, gpt-own, , eu, 13750",
    "anthropic, claude-own, fast, , 108000",
    "anthropic, claude-own, , us, 19800"
  })
  void serviceTiersAndRegionsAreTakenOver(
      String provider, String name, String tier, String region, long nanoUsd) {
    Quote quote = BOOK.quote(ModelId.of(provider, name), null, NOW);
    Settlement used = Settlement.of(Usage.ofTokens(1, 1)).onTier(tier).inRegion(region);

    assertThat(quote.costNanoUsd(used)).isEqualTo(nanoUsd);
  }

  @Test
  void limitsAreTakenOverAndAnEmbeddingWritesNothing() {
    Quote chat = BOOK.quote(ModelId.of("openai", "gpt-own"), null, NOW);

    assertThat(chat.contextTokens()).isEqualTo(128_000);
    assertThat(chat.maxOutputTokens()).isEqualTo(16_384);
    assertThat(BOOK.quote(ModelId.of("openai", "embed-own"), null, NOW).maxOutputTokens())
        .isZero();
  }

  @Test
  void anEntryWithoutAPriceIsUnknownAndNotFree() {
    Quote quote = BOOK.quote(ModelId.of("openai", "gpt-nothing"), null, NOW);

    assertThat(quote.known()).isFalse();
    assertThat(quote.worstCaseNanoUsd(Usage.ofTokens(1_000, 0))).isPositive();
  }

  @Test
  void whatTheFileDoesNotSayOfAModelStaysAsItIsInTheTable() {
    BundledPriceBook book = BundledPriceBook.load().with(read("""
        {"gpt-5.4": {"litellm_provider": "openai", "mode": "chat",
                     "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06}}
        """));
    Quote quote = book.quote(ModelId.of("openai", "gpt-5.4"), null, NOW);

    assertThat(quote.maxOutputTokens()).isEqualTo(128_000);
    assertThat(quote.costNanoUsd(Settlement.of(Usage.ofTokens(1, 0)).inRegion("eu")))
        .isEqualTo(1_100);
    assertThat(quote.table()).startsWith("2026-11-23+litellm.").hasSize("2026-11-23".length() + 17);
  }

  @Test
  void aPricePerMillionThatWasTypedPerTokenRefusesTheFileAndNamesTheEntry() {
    assertThatThrownBy(() -> read(entry("wandb/own", "\"input_cost_per_token\": 0.135")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("litellm.json: wandb/own: input_cost_per_token is absurd: $0.135 a token, not"
            + " from nothing to $0.01. Correct them, or name them to leave them out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"input_cost_per_token\": -1e-06 | input_cost_per_token is absurd: $-0.000001 a token",
        "\"input_cost_per_token\": 1e-06, \"output_cost_per_token_priority\": 15 | absurd: $15",
        "\"input_cost_per_token\": 1e999999999 | input_cost_per_token is absurd: 1",
        "\"input_cost_per_token\": \"cheap\" | input_cost_per_token is no number: cheap",
        "\"input_cost_per_token\": true | input_cost_per_token is no number",
        "\"input_cost_per_token\": 1e-06, \"max_output_tokens\": -5 | max_output_tokens is absurd",
        "\"input_cost_per_token\": 1e-06, \"code_interpreter_cost_per_session\": 30 | absurd: $30",
        "\"input_cost_per_token\": 1e-06, \"regional_processing_uplift_multiplier_eu\": 0.1"
            + " | eu is absurd: 0.1 times"
      })
  void anAbsurdNumberRefusesTheFile(String fields, String message) {
    assertThatThrownBy(() -> read(entry("m", fields)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("litellm.json: m: ")
        .hasMessageContaining(message);
  }

  @Test
  void entriesThatTheUserNamesAreLeftOut() {
    String table = "{" + pair("wandb/own", "\"input_cost_per_token\": 0.135") + ","
        + pair("gpt-own", "\"input_cost_per_token\": 1e-06") + "}";

    assertThat(read(table, "wandb/*").models()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | no object",
        "{} | prices no model",
        "{\"a\": 1} | prices no model",
        "{ | is no JSON: line 1"
      })
  void whatIsNoTableOfLiteLlmIsRefused(String json, String message) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("litellm.json: ")
        .hasMessageContaining(message);
  }

  @Test
  void ofAnEntryThatIsThereTwiceTheLastOneCounts() {
    BundledPriceBook book = BundledPriceBook.load()
        .with(read("{"
            + pair("m", "\"input_cost_per_token\": 1e-06") + ","
            + pair("m", "\"input_cost_per_token\": 2e-06") + "}"));

    assertThat(cost(book.quote(ModelId.of("openai", "m"), null, NOW), UsageKind.INPUT, 1))
        .isEqualTo(2_000);
  }

  private static String entry(String name, String fields) {
    return "{" + pair(name, fields) + "}";
  }

  private static String pair(String name, String fields) {
    return "\"" + name + "\": {\"litellm_provider\": \"openai\", \"mode\": \"chat\", " + fields
        + "}";
  }

  @Test
  void nestingWithoutEndIsRefusedByTheFilesName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}"))
        .withMessageStartingWith("litellm.json: is no JSON: ");
  }

  private static LiteLlmPrices read(String json, String... without) {
    try {
      return LiteLlmPrices.read(
          "litellm.json", new ByteArrayInputStream(json.getBytes(UTF_8)), List.of(without));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long cost(Quote quote, UsageKind kind, long units) {
    return quote.costNanoUsd(Settlement.of(Usage.builder().add(kind, units).build()));
  }
}
