package dev.purser.langchain4j;

import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.purser.api.CallRefusedException;
import dev.purser.api.ModelId;
import dev.purser.langchain4j.RoutedChats.Routed;
import org.jspecify.annotations.Nullable;

/** A call whose answer comes in parts, and which goes to the next model if it fails before the first. */
final class RoutedStream {

  private final RoutedChats<StreamingChatModel> chats;
  private final ChatRequest request;
  private final ChatRequestOptions options;
  private final StreamingChatResponseHandler handler;
  private final Attempts attempts = new Attempts();

  RoutedStream(
      RoutedChats<StreamingChatModel> chats,
      ChatRequest request,
      ChatRequestOptions options,
      StreamingChatResponseHandler handler) {
    this.chats = chats;
    this.request = request;
    this.options = options;
    this.handler = handler;
  }

  /** Makes the first attempt. */
  void begin() {
    Routed<StreamingChatModel> routed;
    try {
      routed = chats.next(request, attempts.tried(), true);
    } catch (CallRefusedException refused) {
      tell(refused);
      return;
    }
    send(routed);
  }

  /** Sends an attempt, which may fail while it is sent or at any time since. */
  private void send(Routed<StreamingChatModel> routed) {
    ModelId model = routed.to().id();
    UnlessBegun unlessBegun = new UnlessBegun(handler, error -> afterwards(model, error));
    try {
      routed.chat().stream(
          unlessBegun, (fitted, metered) -> routed.to().model().chat(fitted, options, metered));
    } catch (CallRefusedException refused) {
      tell(refused);
    } catch (RuntimeException e) {
      // It has told its handler of nothing.
      Faults.run("the caller's handler", () -> unlessBegun.onError(e));
    }
  }

  /** Goes on with the next model after a failure; returns what to tell the caller if there is none. */
  private @Nullable Throwable afterwards(ModelId failed, Throwable error) {
    if (error instanceof CallRefusedException) {
      return error; // a freeze, or an adapter below
    }
    RuntimeException failure =
        error instanceof RuntimeException unchecked ? unchecked : new RuntimeException(error);
    attempts.failed(failed, failure);
    if (!Failure.of(error).outage()) {
      return attempts.first(failure);
    }
    Routed<StreamingChatModel> routed;
    try {
      routed = chats.next(request, attempts.tried(), true);
    } catch (RuntimeException unasked) {
      // Refused, or a fault in asking: the handler must be told of an end either way.
      return attempts.first(failure);
    }
    send(routed);
    return null;
  }

  private void tell(CallRefusedException refused) {
    Faults.run("the caller's handler", () -> handler.onError(refused));
  }
}
