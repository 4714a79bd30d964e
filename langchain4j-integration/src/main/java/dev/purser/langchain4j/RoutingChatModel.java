package dev.purser.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallDeniedException;
import dev.purser.api.CallRefusedException;
import dev.purser.api.RoutingRules;
import dev.purser.langchain4j.RoutedChats.Routed;
import java.util.Objects;
import java.util.Set;

/**
 * A chat model that sends each call to one of several, of any provider: to the one that the guard's rules
 * choose for the call's task class and that its budgets can carry.
 *
 * <pre>{@code
 * ChatModel model = RoutingChatModel.builder(purser)
 *     .model("claude-haiku-4-5", haiku)
 *     .model("gpt-5-mini", mini)
 *     .build();
 * }</pre>
 *
 * <p>A request that names one of the models asks for that one, any other for the first; the rules may
 * choose another. Whichever is called is sent the request with its own name and with the parameters that
 * it understands, and its price is held and charged. Calls that it cannot be asked for are not routed to it.
 *
 * <p>If it is overloaded, out of order or not reached, the guard is asked for the next, which is admitted
 * anew: each attempt has a reservation, a price and a record of its own. Where there is no other, or none
 * that the budgets can carry, the caller gets the first failure; later ones are suppressed in it. Build
 * the models with {@code maxRetries(0)}, or each repeats by itself before the next one gets its turn.
 *
 * <p>What {@link BudgetedChatModel} says of attribution, freezes and exceptions holds here too. The
 * listeners of the models are told of each attempt. Safe for use by several threads, as far as the models
 * are.
 */
public final class RoutingChatModel implements ChatModel {

  private final RoutedChats<ChatModel> chats;

  private RoutingChatModel(RoutedChats<ChatModel> chats) {
    this.chats = chats;
  }

  /** Returns a builder of models that this guard chooses between. */
  public static Builder builder(BudgetGuard guard) {
    return new Builder(Objects.requireNonNull(guard, "guard"));
  }

  /**
   * Sends a request to a model.
   *
   * @throws BudgetExceededException if no budget can carry the call
   * @throws CallDeniedException if it may not be made at all
   */
  @Override
  public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
    Target<ChatModel> made = chats.made(request);
    if (made != null) {
      return made.model().chat(made.call(request).request(), options);
    }
    Attempts attempts = new Attempts();
    while (true) {
      Routed<ChatModel> routed = next(request, attempts);
      try {
        return routed.chat().make(fitted -> routed.to().model().chat(fitted, options));
      } catch (CallRefusedException refused) {
        throw refused;
      } catch (RuntimeException e) {
        attempts.failed(routed.to().id(), e);
        if (!Failure.of(e).outage() || Thread.currentThread().isInterrupted()) {
          throw attempts.first(e);
        }
      }
    }
  }

  private Routed<ChatModel> next(ChatRequest request, Attempts attempts) {
    try {
      return chats.next(request, attempts.tried(), false);
    } catch (CallRefusedException refused) {
      throw attempts.first(refused);
    }
  }

  /** Does the same: each model's listeners are told by it. */
  @Override
  public ChatResponse doChat(ChatRequest request) {
    return chat(request, ChatRequestOptions.EMPTY);
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
    private final TargetsBuilder<ChatModel> targets = new TargetsBuilder<>();
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
    public Builder model(String name, ChatModel model) {
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
    public RoutingChatModel build() {
      return new RoutingChatModel(
          new RoutedChats<>(targets.build(), new Admissions(guard, options)));
    }
  }
}
