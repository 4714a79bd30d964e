package dev.purser.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import org.jspecify.annotations.Nullable;

/** Turns what LangChain4j says of tokens into disjoint kinds. */
final class Usages {

  private Usages() {}

  /** Whether anything is said of input and output. */
  static boolean states(@Nullable TokenUsage usage) {
    return usage != null && usage.inputTokenCount() != null && usage.outputTokenCount() != null;
  }

  /** Returns the usage of a chat; null if it says nothing, or what cannot be. */
  static @Nullable Usage ofChat(@Nullable TokenUsage stated) {
    return ofChat(stated, null);
  }

  /** Returns the usage of a chat that was answered so; null if it says nothing, or what cannot be. */
  static @Nullable Usage ofAnswer(ChatResponseMetadata answer) {
    return ofChat(answer.tokenUsage(), answer);
  }

  private static @Nullable Usage ofChat(
      @Nullable TokenUsage stated, @Nullable ChatResponseMetadata answer) {
    if (stated == null || !states(stated)) {
      return null;
    }
    try {
      Usage usage = Vendors.OPENAI ? OpenAiFacts.usage(stated) : null;
      usage = usage == null && Vendors.ANTHROPIC ? AnthropicFacts.usage(stated, answer) : usage;
      return usage == null ? plain(stated) : usage;
    } catch (IllegalArgumentException negative) {
      return null;
    }
  }

  /** Some providers count thoughts in the total only. */
  private static Usage plain(TokenUsage stated) {
    long input = stated.inputTokenCount();
    long output = stated.outputTokenCount();
    Integer total = stated.totalTokenCount();
    long thought = total == null ? 0 : Math.max(0, total - input - output);
    return Usage.builder()
        .add(UsageKind.INPUT, input)
        .add(UsageKind.OUTPUT, output)
        .add(UsageKind.REASONING, thought)
        .build();
  }

  /** Returns the usage of a call that only reads; null if it says nothing, or what cannot be. */
  static @Nullable Usage ofReading(@Nullable TokenUsage stated) {
    Integer input = stated == null ? null : stated.inputTokenCount();
    if (stated != null && input == null) {
      input = stated.totalTokenCount();
    }
    return input == null || input < 0 ? null : Usage.ofTokens(input, 0);
  }
}
