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
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.purser.api.CallContext;
import dev.purser.api.Denial;
import dev.purser.api.ModelId;

/**
 * Passes an answer on as it comes, and charges it: when it is complete, when it is cancelled, or when it
 * fails. What its caller's handler throws goes back to the model, which tells the handler of it and goes
 * on; it ends nothing.
 */
final class MeteredHandler implements StreamingChatResponseHandler {

  private final StreamingChatResponseHandler handler;
  private final StreamedCall call;

  /**
   * @param context what the handler's own calls count for, because tools run on the stream's thread
   */
  MeteredHandler(
      StreamingChatResponseHandler handler, HeldCall call, ModelId model, CallContext context) {
    this.handler = handler;
    this.call = new StreamedCall(call, model, context);
  }

  /** Somebody froze the call: stops it, and tells its caller. */
  void cut(Denial denial) {
    call.cut(denial, handler);
  }

  /** The model threw instead of telling its handler. */
  void notSent(Throwable error) {
    call.failed(error);
  }

  private StreamingHandle handle(StreamingHandle theirs) {
    return call.handle(theirs);
  }

  @Override
  public void onPartialResponse(String partialResponse) {
    call.seen().add(partialResponse);
    call.pass(() -> handler.onPartialResponse(partialResponse));
  }

  @Override
  public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
    call.seen().add(part.text());
    PartialResponseContext ours = new PartialResponseContext(handle(context.streamingHandle()));
    call.pass(() -> handler.onPartialResponse(part, ours));
  }

  @Override
  public void onPartialThinking(PartialThinking partialThinking) {
    call.seen().thought();
    call.pass(() -> handler.onPartialThinking(partialThinking));
  }

  @Override
  public void onPartialThinking(PartialThinking part, PartialThinkingContext context) {
    call.seen().thought();
    PartialThinkingContext ours = new PartialThinkingContext(handle(context.streamingHandle()));
    call.pass(() -> handler.onPartialThinking(part, ours));
  }

  @Override
  public void onPartialToolCall(PartialToolCall partialToolCall) {
    call.seen().add(partialToolCall.partialArguments());
    call.pass(() -> handler.onPartialToolCall(partialToolCall));
  }

  @Override
  public void onPartialToolCall(PartialToolCall part, PartialToolCallContext context) {
    call.seen().add(part.partialArguments());
    PartialToolCallContext ours = new PartialToolCallContext(handle(context.streamingHandle()));
    call.pass(() -> handler.onPartialToolCall(part, ours));
  }

  @Override
  public void onCompleteToolCall(CompleteToolCall completeToolCall) {
    call.seen().toolCall(completeToolCall.toolExecutionRequest().name());
    call.pass(() -> handler.onCompleteToolCall(completeToolCall));
  }

  @Override
  public void onUnmappedRawEvent(Object rawEvent) {
    call.pass(() -> handler.onUnmappedRawEvent(rawEvent));
  }

  @Override
  public void onCompleteResponse(ChatResponse completeResponse) {
    // Before the handler, which may make the next call: its budget must have what is left of this
    // one.
    call.complete(completeResponse, () -> handler.onCompleteResponse(completeResponse));
  }

  @Override
  public void onError(Throwable error) {
    Throwable told = call.failed(error);
    call.pass(() -> handler.onError(told));
  }
}
