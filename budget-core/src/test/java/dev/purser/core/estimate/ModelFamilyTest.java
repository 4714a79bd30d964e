package dev.purser.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.ModelId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFamilyTest {

  @ParameterizedTest
  @CsvSource({
    "openai, gpt-4o, OPENAI",
    "openai, ft:gpt-4o-mini:acme::1, OPENAI",
    "openai, o3-mini, OPENAI",
    "azure, our-deployment, OPENAI",
    "groq, openai/gpt-oss-120b, GPT_OSS",
    "other, gpt-oss:20b, GPT_OSS",
    "anthropic, claude-sonnet-4-5, CLAUDE",
    "aws, us.anthropic.claude-3-5-haiku-20241022-v1:0, CLAUDE",
    "openrouter, anthropic/claude-opus-4.1, CLAUDE",
    "google, gemini-2.5-pro, GEMINI",
    "openrouter, google/gemini-3-pro-preview, GEMINI",
    "openrouter, x-ai/grok-4, GROK",
    "aws, mistral.voxtral-mini-3b-2507, MISTRAL",
    "together, Qwen/Qwen2.5-72B-Instruct-Turbo, QWEN",
    "together, meta-llama/Meta-Llama-3.1-70B-Instruct-Turbo, LLAMA",
    "aws, us.meta.llama4-scout-17b-instruct-v1:0, LLAMA",
    "deepseek, deepseek-chat, OTHER",
    "other, '', OTHER",
  })
  void aModelIsOfItsMakersFamilyWhoeverServesIt(String provider, String model, ModelFamily family) {
    assertThat(ModelFamily.of(ModelId.of(provider, model))).isEqualTo(family);
  }
}
