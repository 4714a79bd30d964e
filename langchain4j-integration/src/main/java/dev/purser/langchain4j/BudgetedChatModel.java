package dev.purser.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallDeniedException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A chat model whose calls stay inside the budgets:
 *
 * <pre>{@code
 * ChatModel model = BudgetedChatModel.wrap(openAiChatModel, purser);
 * }</pre>
 *
 * <p>A call that no budget can carry is not made, and throws {@link BudgetExceededException}; one that
 * its key or a freeze stands against, {@link CallDeniedException}. The request that is sent has the output
 * cap and the model that were admitted. Calls are attributed by an {@link AttributedChatRequest}, by a
 * {@code session_id} in OpenAI's metadata, by the thread's scope, and by the options, in that order.
 *
 * <p>The wrapped model's listeners are told of each call once. What the wrapped model repeats by itself
 * ({@code maxRetries}) is one call here, charged once: right for attempts that the provider answered with
 * an error, but not for one that timed out after it was worked on. Where that matters, set {@code
 * maxRetries(0)}.
 *
 * <p>Somebody who freezes a call interrupts its thread. Safe for use by several threads, as far as the
 * wrapped model is.
 */
public final class BudgetedChatModel implements ChatModel {

  private final ChatModel model;
  private final ChatAttempts attempts;

  private BudgetedChatModel(ChatModel model, BudgetGuard guard, CallOptions options) {
    this.model = Objects.requireNonNull(model, "model");
    if (model instanceof RoutingChatModel) {
      throw new IllegalArgumentException("a RoutingChatModel stays inside the budgets already");
    }
    attempts = new ChatAttempts(Objects.requireNonNull(guard, "guard"), options);
  }

  /** Wraps a model. */
  public static BudgetedChatModel wrap(ChatModel model, BudgetGuard guard) {
    return wrap(model, guard, CallOptions.DEFAULT);
  }

  /** Wraps a model, with options. */
  public static BudgetedChatModel wrap(ChatModel model, BudgetGuard guard, CallOptions options) {
    return new BudgetedChatModel(model, guard, Objects.requireNonNull(options, "options"));
  }

  @Override
  public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
    return attempts.call(model, request, 1, fitted -> model.chat(fitted, options));
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    return attempts.call(model, request, 1, model::doChat);
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
