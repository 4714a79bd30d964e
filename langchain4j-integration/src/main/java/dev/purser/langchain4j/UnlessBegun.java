package dev.purser.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import org.jspecify.annotations.Nullable;

/**
 * Passes an answer on, but for an error before its first part: somebody else may see to that. If so,
 * nothing that this answer still brings is passed on. Told by one thread at a time.
 */
final class UnlessBegun implements StreamingChatResponseHandler {

  private final StreamingChatResponseHandler handler;
  private final Failed failed;
  private volatile boolean begun;
  private volatile boolean over;

  /** Sees to an error. */
  interface Failed {

    /** Returns what to tell the caller, or null if somebody sees to it. */
    @Nullable Throwable told(Throwable error);
  }

  UnlessBegun(StreamingChatResponseHandler handler, Failed failed) {
    this.handler = handler;
    this.failed = failed;
  }

  private void pass(Runnable part) {
    if (!over) {
      begun = true;
      part.run();
    }
  }

  @Override
  public void onPartialResponse(String partialResponse) {
    pass(() -> handler.onPartialResponse(partialResponse));
  }

  @Override
  public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
    pass(() -> handler.onPartialResponse(part, context));
  }

  @Override
  public void onPartialThinking(PartialThinking partialThinking) {
    pass(() -> handler.onPartialThinking(partialThinking));
  }

  @Override
  public void onPartialThinking(PartialThinking part, PartialThinkingContext context) {
    pass(() -> handler.onPartialThinking(part, context));
  }

  @Override
  public void onPartialToolCall(PartialToolCall partialToolCall) {
    pass(() -> handler.onPartialToolCall(partialToolCall));
  }

  @Override
  public void onPartialToolCall(PartialToolCall part, PartialToolCallContext context) {
    pass(() -> handler.onPartialToolCall(part, context));
  }

  @Override
  public void onCompleteToolCall(CompleteToolCall completeToolCall) {
    pass(() -> handler.onCompleteToolCall(completeToolCall));
  }

  @Override
  public void onUnmappedRawEvent(Object rawEvent) {
    if (over) {
      return;
    }
    boolean taken = false;
    try {
      handler.onUnmappedRawEvent(rawEvent); // no part of an answer: a ping comes before the first
      taken = true;
    } finally {
      // What the handler throws comes back as an error of the model's, which is none.
      if (!taken) {
        begun = true;
      }
    }
  }

  @Override
  public void onCompleteResponse(ChatResponse completeResponse) {
    pass(() -> handler.onCompleteResponse(completeResponse));
  }

  @Override
  public void onError(Throwable error) {
    if (over) {
      return;
    }
    if (begun) {
      handler.onError(error);
      return;
    }
    over = true;
    Throwable told = failed.told(error);
    if (told != null) {
      over = false;
      begun = true;
      handler.onError(told);
    }
  }
}
