package dev.purser.core.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelLookupTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final BundledPriceBook BOOK = BundledPriceBook.load();
  private static final Usage MILLION_IN = Usage.ofTokens(1_000_000, 0);
  private static final Usage MILLION_OUT = Usage.ofTokens(0, 1_000_000);

  @ParameterizedTest
  @CsvSource({
    "openai, GPT-4o, 10",
    "openai, openai/gpt-4o, 10",
    "openai, anthropic/claude-sonnet-4-6, 15",
    "azure, gpt-4o, 10",
    "azure_ai, claude-sonnet-4-5, 15",
    "Google, models/gemini-2.5-pro, 10",
    "vertex_ai, publishers/anthropic/models/claude-3-5-haiku@20241022, 4",
    "bedrock, anthropic.claude-opus-4-1-20250805-v1:0, 75",
    "bedrock, us.anthropic.claude-opus-4-6-v1, 27.5",
    "litellm, groq/llama-3.3-70b-versatile, 0.79",
    "litellm, openai/gpt-4o, 10",
    "llm.internal, gpt-4o, 10",
    "llm.internal, claude-opus-5-5, 20",
    "llm.internal, some-team/gpt-4o, 10",
    "xai, grok-4, 15",
    "openai, gpt-5-chat-latest, 10",
    "openai, gpt-4o-2024-05-13, 15",
    "openai, ft:gpt-4.1-2025-04-14:acme:triage:BzYGc8SU, 12",
    "openai, ft:gpt-4.1:acme::BzYGc8SU, 12",
    "openai, ft:gpt-4.1-mini-2025-04-14:acme::BzYGc8SU, 3.2",
    "openai, ft:gpt-4.1-nano-2025-04-14:acme::BzYGc8SU, 0.8",
    "openai, ft:o4-mini-2025-04-16:acme::BzYGc8SU, 16",
    "llm.internal, ft:gpt-4.1-mini-2025-04-14:acme::BzYGc8SU, 3.2",
    "openrouter, openai/gpt-4o, 10",
    "openrouter, openai/gpt-4o:online, 10",
    "openrouter, openai/gpt-4o:nitro, 10",
    "openrouter, openai/gpt-4o:floor:online, 10",
    "openrouter, moonshotai/kimi-k2:exacto, 2.3",
    "openrouter, anthropic/claude-sonnet-4.5:thinking, 15",
    "openrouter, openai/gpt-4o-mini:extended, 0.6",
    "litellm, openrouter/openai/gpt-4o:online, 10"
  })
  void aModelIsFoundUnderTheNamesItGoesBy(String provider, String name, BigDecimal usdPerMillion) {
    var quote = BOOK.quote(ModelId.of(provider, name), null, NOW);

    assertThat(quote.known()).isTrue();
    assertThat(quote.costNanoUsd(MILLION_OUT, null, null))
        .isEqualTo(usdPerMillion.movePointRight(9).longValueExact());
  }

  @ParameterizedTest
  @CsvSource({
    "openai, gpt-99, 600",
    "openai, '', 600",
    "anthropic, claude-next, 75",
    "azure, my-deployment, 600",
    "nowhere, my-model, 600",
    "openrouter, openai/gpt-99, 600",
    "openrouter, openai/gpt-99:online, 600",
    "openrouter, openai/gpt-4o:free, 600",
    "openai, gpt-4o:online, 600",
    "openai, ft:gpt-4.1-micro:acme::BzYGc8SU, 600",
    "groq, compound-next, 3"
  })
  void anUnknownModelCostsWhatTheDearestItMayBeCosts(
      String provider, String name, BigDecimal usdPerMillion) {
    var quote = BOOK.quote(ModelId.of(provider, name), null, NOW);

    assertThat(quote.known()).isFalse();
    assertThat(quote.maxOutputTokens()).isGreaterThanOrEqualTo(128_000);
    assertThat(quote.costNanoUsd(MILLION_OUT, null, null))
        .isEqualTo(usdPerMillion.movePointRight(9).longValueExact());
  }

  @Test
  void aNameOfMegabytesIsUnknownAndNotRemembered() {
    String lengthy = "gpt-4o".repeat(200_000);

    assertThat(BOOK.quote(ModelId.of("openai", lengthy), null, NOW).known()).isFalse();
    assertThat(BOOK.quote(ModelId.of(lengthy, "gpt-4o"), null, NOW).known()).isFalse();
  }

  @Test
  void noModelInTheTableIsFreeUnlessItIsListedAsFree() {
    assertThat(BOOK.quote(ModelId.of("google", "gemma-3-27b-it"), null, NOW)
            .costNanoUsd(MILLION_IN, null, null))
        .isZero();
    assertThat(BOOK.quote(ModelId.of("google", "gemma-9"), null, NOW)
            .costNanoUsd(MILLION_IN, null, null))
        .isPositive();
  }
}
