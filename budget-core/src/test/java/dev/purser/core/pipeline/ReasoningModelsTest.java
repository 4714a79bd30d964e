package dev.purser.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.ModelId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasoningModelsTest {

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, 128",
    "gpt-3.5-turbo, 128",
    "gpt-35-turbo, 128",
    "gpt-4.1-mini, 128",
    "claude-haiku-4-5, 128",
    "omni-moderation, 128",
    "o1, 1024",
    "o3-mini-2025-01-31, 1024",
    "openai/o4-mini, 1024",
    "gpt-5-mini, 1024",
    "GPT-5.4, 1024",
    "deepseek-r1, 1024",
    "kimi-k2-thinking, 1024",
    "gemini-2.5-pro, 1024"
  })
  void aModelThatThinksNeedsEightTimesAsMuch(String name, long least) {
    assertThat(ReasoningModels.leastUseful(ModelId.of("other", name), 128)).isEqualTo(least);
  }
}
