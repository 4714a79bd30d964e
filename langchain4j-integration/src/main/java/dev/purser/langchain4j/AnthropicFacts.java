package dev.purser.langchain4j;

import dev.langchain4j.model.anthropic.AnthropicChatRequestParameters;
import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.output.TokenUsage;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import org.jspecify.annotations.Nullable;

/** What Anthropic's module says more than every model does. To be used where it is present. */
final class AnthropicFacts {

  private AnthropicFacts() {}

  /** Returns the counts of a usage in which what was cached stands beside the input. */
  static @Nullable Usage usage(TokenUsage stated) {
    if (!(stated instanceof AnthropicTokenUsage usage)) {
      return null;
    }
    Integer read = usage.cacheReadInputTokens();
    Integer written = usage.cacheCreationInputTokens();
    return Usage.builder()
        .add(UsageKind.INPUT, usage.inputTokenCount())
        .add(UsageKind.CACHE_READ, read == null ? 0 : read)
        .add(UsageKind.CACHE_WRITE_5M, written == null ? 0 : written)
        .add(UsageKind.OUTPUT, usage.outputTokenCount())
        .build();
  }

  /** Whether a number of tokens is set apart for thinking, which must stay below the cap. */
  static boolean thinks(ChatRequestParameters parameters) {
    return parameters instanceof AnthropicChatRequestParameters anthropic
        && anthropic.thinkingBudgetTokens() != null;
  }
}
