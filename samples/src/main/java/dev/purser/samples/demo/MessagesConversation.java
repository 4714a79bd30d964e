package dev.purser.samples.demo;

import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.TextBlock;
import java.util.stream.Collectors;

/** The one call that the loop makes through the Anthropic SDK, and how its answer is read. */
final class MessagesConversation {

  private MessagesConversation() {}

  static MessageCreateParams request() {
    return MessageCreateParams.builder()
        .model(Sdk.ANTHROPIC.model())
        .maxTokens(Conversation.OUTPUT_TOKENS)
        .addUserMessage(Tokens.text(Conversation.INPUT_TOKENS))
        .build();
  }

  static String text(Message answer) {
    return answer.content().stream()
        .flatMap(block -> block.text().stream())
        .map(TextBlock::text)
        .collect(Collectors.joining());
  }

  static String text(RawMessageStreamEvent event) {
    return event
        .contentBlockDelta()
        .flatMap(delta -> delta.delta().text())
        .map(delta -> delta.text())
        .orElse("");
  }
}
