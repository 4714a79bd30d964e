package dev.purser.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.purser.api.Admission;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallRefusedException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes one attempt at a chat: admitted, sent to one model object, charged. Whoever tries several models
 * makes an attempt with each. Safe for use by several threads.
 */
final class ChatAttempts {

  private final Admissions admissions;

  ChatAttempts(BudgetGuard guard, CallOptions options) {
    admissions = new Admissions(guard, options);
  }

  /**
   * Makes an attempt at a chat that is answered as a whole.
   *
   * @param attempt which one it is, from 1
   * @param send gives the request to the model
   * @throws CallRefusedException if it may not be made, by this guard or one below
   */
  ChatResponse call(
      ChatModel model, ChatRequest request, int attempt, Function<ChatRequest, ChatResponse> send) {
    ChatCall chat = read(request, model::defaultRequestParameters, model::provider);
    if (admissions.made(chat.model())) {
      return send.apply(request);
    }
    return admit(chat, false, attempt).make(send);
  }

  /**
   * Makes an attempt at a chat that is answered in parts.
   *
   * @param attempt which one it is, from 1
   * @param send gives the request to the model, which gives its answer to the handler
   * @throws CallRefusedException if it may not be made; nothing was told the handler
   */
  void stream(
      StreamingChatModel model,
      ChatRequest request,
      int attempt,
      StreamingChatResponseHandler handler,
      BiConsumer<ChatRequest, StreamingChatResponseHandler> send) {
    ChatCall chat = read(request, model::defaultRequestParameters, model::provider);
    if (admissions.made(chat.model())) {
      send.accept(request, handler);
      return;
    }
    admit(chat, true, attempt).stream(handler, send);
  }

  private ChatCall read(
      ChatRequest request,
      Supplier<? extends @Nullable ChatRequestParameters> defaults,
      Supplier<? extends @Nullable ModelProvider> provider) {
    return ChatCall.of(
        request,
        Faults.ask("the model", defaults),
        Faults.ask("the model", provider),
        admissions.options());
  }

  private ReadyChat admit(ChatCall chat, boolean stream, int attempt) {
    CallOptions options = admissions.options();
    Admission admission =
        admissions.ask(chat.intent(chat.model(), options, stream, attempt, true).build());
    if (admission instanceof Admission.Admitted admitted) {
      ChatRequest fitted = Faults.ask("the request", () -> chat.fitted(admitted));
      if (fitted != null) {
        return ReadyChat.of(admissions, admitted, fitted);
      }
      // What the money is held for cannot be sent; what can be sent needs a hold of its own.
      Faults.run("the release", admitted.reservation()::release);
      admission = admissions.ask(
          chat.intent(chat.model(), options, stream, attempt, false).build());
    }
    return ReadyChat.of(admissions, Admissions.admitted(admission), chat.request());
  }
}
