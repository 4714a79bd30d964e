package dev.purser.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallDeniedException;
import dev.purser.api.CallRefusedException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A streaming chat model whose calls stay inside the budgets. What {@link BudgetedChatModel} says holds
 * here too, but for how its caller is told: nothing is thrown, {@code onError} gets the {@link
 * BudgetExceededException} or {@link CallDeniedException}.
 *
 * <p>The handler runs in the scope that the call was made in, although on another thread, so that tools
 * and the calls after them are attributed alike. A stream that is cancelled through its handle is charged
 * for what it had shown; one that somebody freezes, too, and its handler is told of the freeze.
 */
public final class BudgetedStreamingChatModel implements StreamingChatModel {

  private final StreamingChatModel model;
  private final ChatAttempts attempts;

  private BudgetedStreamingChatModel(
      StreamingChatModel model, BudgetGuard guard, CallOptions options) {
    this.model = Objects.requireNonNull(model, "model");
    if (model instanceof RoutingStreamingChatModel) {
      throw new IllegalArgumentException(
          "a RoutingStreamingChatModel stays inside the budgets already");
    }
    attempts = new ChatAttempts(Objects.requireNonNull(guard, "guard"), options);
  }

  /** Wraps a model. */
  public static BudgetedStreamingChatModel wrap(StreamingChatModel model, BudgetGuard guard) {
    return wrap(model, guard, CallOptions.DEFAULT);
  }

  /** Wraps a model, with options. */
  public static BudgetedStreamingChatModel wrap(
      StreamingChatModel model, BudgetGuard guard, CallOptions options) {
    return new BudgetedStreamingChatModel(model, guard, Objects.requireNonNull(options, "options"));
  }

  @Override
  public void chat(
      ChatRequest request, ChatRequestOptions options, StreamingChatResponseHandler handler) {
    stream(request, handler, (fitted, metered) -> model.chat(fitted, options, metered));
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    stream(request, handler, model::doChat);
  }

  private void stream(
      ChatRequest request,
      StreamingChatResponseHandler handler,
      BiConsumer<ChatRequest, StreamingChatResponseHandler> send) {
    try {
      attempts.stream(model, request, 1, handler, send);
    } catch (CallRefusedException refused) {
      Faults.run("the caller's handler", () -> handler.onError(refused));
    }
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return model.defaultRequestParameters();
  }

  @Override
  public List<ChatModelListener> listeners() {
    return model.listeners();
  }

  @Override
  public ModelProvider provider() {
    return model.provider();
  }

  @Override
  public Set<Capability> supportedCapabilities() {
    return model.supportedCapabilities();
  }
}
