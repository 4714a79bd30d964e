package dev.purser.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.purser.api.Admission;
import dev.purser.api.CallContext;
import dev.purser.api.CallDeniedException;
import dev.purser.api.CallRefusedException;
import dev.purser.api.Denial;
import dev.purser.api.ModelId;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An attempt at a chat that has been admitted and may leave, once.
 *
 * @param request as it is to be sent
 * @param model the model that is called
 */
record ReadyChat(HeldCall call, ChatRequest request, ModelId model) {

  /** Returns an admitted attempt; shows the guard of its prompt what it wants to see. */
  static ReadyChat of(Admissions admissions, Admission.Admitted admitted, ChatRequest fitted) {
    HeldCall call = admissions.held(admitted);
    int wanted = call.wantedContent();
    if (wanted > 0) {
      call.tell(told -> told.prompt(ChatPrompt.shown(fitted.messages(), wanted)));
    }
    return new ReadyChat(call, fitted, admitted.model());
  }

  /**
   * Makes the attempt, answered as a whole.
   *
   * @throws CallRefusedException if somebody freezes it, or an adapter below refuses it
   */
  ChatResponse make(Function<ChatRequest, ChatResponse> send) {
    return Failure.retold(
        () -> call.make(() -> send.apply(request), answer -> ChatAnswer.end(call, model, answer)));
  }

  /**
   * Makes the attempt, answered in parts.
   *
   * @throws CallDeniedException if somebody has frozen it; nothing was told the handler
   */
  void stream(
      StreamingChatResponseHandler handler,
      BiConsumer<ChatRequest, StreamingChatResponseHandler> send) {
    MeteredHandler metered = new MeteredHandler(handler, call, model, CallContext.capture());
    Denial frozen = call.cuttableBy(metered::cut);
    if (frozen != null) {
      call.release();
      throw new CallDeniedException(frozen);
    }
    call.readBy(null);
    try {
      Object unused = call.<@Nullable Object>send(() -> {
        send.accept(request, metered);
        return null;
      });
    } catch (Throwable e) {
      // Everything, because models in Kotlin may throw checked exceptions undeclared.
      metered.notSent(e);
      throw e;
    }
  }
}
