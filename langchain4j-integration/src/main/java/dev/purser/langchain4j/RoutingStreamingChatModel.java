package dev.purser.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallDeniedException;
import dev.purser.api.RoutingRules;
import java.util.Objects;
import java.util.Set;

/**
 * A streaming chat model that sends each call to one of several, of any provider. What {@link
 * RoutingChatModel} says holds here too, but for how its caller is told: nothing is thrown, {@code
 * onError} gets the {@link BudgetExceededException} or {@link CallDeniedException}.
 *
 * <p>The next model is asked only as long as the handler has been given no part of an answer: no text, no
 * thought, no tool call. That is done by the thread that tells of the failure.
 */
public final class RoutingStreamingChatModel implements StreamingChatModel {

  private final RoutedChats<StreamingChatModel> chats;

  private RoutingStreamingChatModel(RoutedChats<StreamingChatModel> chats) {
    this.chats = chats;
  }

  /** Returns a builder of models that this guard chooses between. */
  public static Builder builder(BudgetGuard guard) {
    return new Builder(Objects.requireNonNull(guard, "guard"));
  }

  /** Sends a request to a model, which gives its answer to the handler. */
  @Override
  public void chat(
      ChatRequest request, ChatRequestOptions options, StreamingChatResponseHandler handler) {
    Target<StreamingChatModel> made = chats.made(request);
    if (made != null) {
      made.model().chat(made.call(request).request(), options, handler);
    } else {
      new RoutedStream(chats, request, options, handler).begin();
    }
  }

  /** Does the same: each model's listeners are told by it. */
  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    chat(request, ChatRequestOptions.EMPTY, handler);
  }

  /** Returns the provider of all the models, or {@link ModelProvider#OTHER}. */
  @Override
  public ModelProvider provider() {
    return chats.targets().provider();
  }

  /** Returns what all the models can. */
  @Override
  public Set<Capability> supportedCapabilities() {
    return chats.targets().capabilities();
  }

  /** Collects models. Not safe for use by several threads. */
  public static final class Builder {

    private final BudgetGuard guard;
    private final TargetsBuilder<StreamingChatModel> targets = new TargetsBuilder<>();
    private CallOptions options = CallOptions.DEFAULT;

    private Builder(BudgetGuard guard) {
      this.guard = guard;
    }

    /**
     * Gives the model object of a name.
     *
     * @param name as the guard's rules name it: {@code claude-haiku-4-5}, or {@code groq/llama-3.3-70b}
     *     where the object does not say whose it is, or says it wrong
     * @throws IllegalArgumentException if the name has an object already; if the object stays inside
     *     budgets already; or if it calls another model and cannot be told to call this one
     */
    public Builder model(String name, StreamingChatModel model) {
      targets.add(
          name,
          model,
          model.defaultRequestParameters(),
          model.provider(),
          model.supportedCapabilities());
      return this;
    }

    /** Has calls ask for this one of the models if they name none of them, instead of for the first. */
    public Builder otherwise(String name) {
      targets.otherwise(name);
      return this;
    }

    /** Has it checked that there is an object for each model that the guard's rules name by now. */
    public Builder complete() {
      return complete(guard.routing());
    }

    /** Has it checked that there is an object for each model that these rules name. */
    public Builder complete(RoutingRules rules) {
      targets.rules(rules);
      return this;
    }

    /**
     * Sets options.
     *
     * @throws IllegalArgumentException if they name a provider: each model has its own
     */
    public Builder options(CallOptions options) {
      this.options = options.ofAnyProvider();
      return this;
    }

    /**
     * Returns the model.
     *
     * @throws IllegalArgumentException if no model is given, or none for a name that needs one
     */
    public RoutingStreamingChatModel build() {
      return new RoutingStreamingChatModel(
          new RoutedChats<>(targets.build(), new Admissions(guard, options)));
    }
  }
}
