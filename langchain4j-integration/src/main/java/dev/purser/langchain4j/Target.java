package dev.purser.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.purser.api.Attribution;
import dev.purser.api.ModelId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model object that calls may be sent to.
 *
 * @param id what it is called, and what is sent to it as the model's name
 * @param own its own parameters, where a request says nothing
 * @param <M> the kind of model
 */
record Target<M>(
    ModelId id,
    M model,
    ChatRequestParameters own,
    @Nullable ModelProvider provider,
    Set<Capability> capabilities) {

  /** Whether the object calls the model that a request names, instead of its own. */
  static boolean callsTheNamed(ChatRequestParameters own) {
    return own.modelName() == null
        || (Vendors.OPENAI && OpenAiFacts.isTheirs(own))
        || (Vendors.ANTHROPIC && AnthropicFacts.isTheirs(own));
  }

  /** Returns the request as a call of this model. */
  ChatCall call(ChatRequest request) {
    ChatRequest ours = named(translated(request));
    Attribution stated = ChatCall.attribution(request, request.parameters());
    return new ChatCall(
        stated.equals(Attribution.NONE) ? ours : AttributedChatRequest.of(ours, stated),
        own.overrideWith(ours.parameters()),
        id);
  }

  /** What only another vendor's models understand is left out; the rest is kept. */
  private ChatRequest translated(ChatRequest request) {
    ChatRequestParameters stated = request.parameters();
    Class<?> kind = stated.getClass();
    if (kind == DefaultChatRequestParameters.class || kind == own.getClass()) {
      return request;
    }
    DefaultChatRequestParameters.Builder<?> common = DefaultChatRequestParameters.builder();
    common.overrideWith(stated);
    common.maxOutputTokens(ChatCall.cap(stated));
    return ChatRequest.builder()
        .messages(request.messages())
        .parameters(common.build())
        .build();
  }

  private ChatRequest named(ChatRequest request) {
    String stated = request.modelName() == null ? own.modelName() : request.modelName();
    return id.name().equals(stated)
        ? request
        : request.toBuilder().modelName(id.name()).build();
  }

  /** Whether the model can be asked so. */
  boolean takes(ChatRequest request) {
    ChatRequestParameters whole = own.overrideWith(translated(request).parameters());
    return !(Vendors.OPENAI && OpenAiFacts.isTheirs(own) && !OpenAiFacts.takes(whole))
        && !(Vendors.ANTHROPIC && AnthropicFacts.isTheirs(own) && !AnthropicFacts.takes(whole));
  }
}
