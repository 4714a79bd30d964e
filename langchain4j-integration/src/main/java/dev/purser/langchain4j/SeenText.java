package dev.purser.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.purser.api.SeenUsage;
import dev.purser.api.TextBound;
import dev.purser.api.Usage;
import org.jspecify.annotations.Nullable;

/** Bounds the tokens of an answer by what of it could be seen. Safe for use by several threads. */
final class SeenText {

  /** What providers put around the call of a tool. */
  private static final int TOOL_CALL = 8;

  private final TextBound bound = new TextBound();
  private long toolCalls;
  private boolean hidden;
  private boolean any;

  synchronized void add(@Nullable String text) {
    any = true;
    if (text != null) {
      bound.add(text);
    }
  }

  synchronized void toolCall(@Nullable String nameOrPart) {
    add(nameOrPart);
    toolCalls++;
  }

  /** Thoughts that are shown may be a summary of longer ones. */
  synchronized void thought() {
    any = true;
    hidden = true;
  }

  void add(AiMessage message) {
    add(message.text());
    if (message.thinking() != null) {
      thought();
    }
    message.toolExecutionRequests().forEach(call -> {
      toolCall(call.name());
      add(call.arguments());
    });
  }

  synchronized long tokens() {
    return bound.tokens() + toolCalls * TOOL_CALL;
  }

  synchronized boolean hidden() {
    return hidden;
  }

  /** Returns what was seen, or null if nothing was. */
  synchronized @Nullable SeenUsage usage() {
    return any ? new SeenUsage(Usage.NONE, false, false, tokens(), hidden, null, null, null) : null;
  }
}
