package dev.purser.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chat that somebody wants of a model: what to ask the guard for, and how to send what it admits.
 *
 * @param request as it was asked
 * @param parameters those of the request, and the model's own where it says nothing
 * @param model the model asked for
 */
record ChatCall(ChatRequest request, ChatRequestParameters parameters, ModelId model) {

  private static final String API = "langchain4j.chat";

  /** Reads a request to a model with these parameters of its own. */
  static ChatCall of(
      ChatRequest request,
      @Nullable ChatRequestParameters defaults,
      @Nullable ModelProvider provider,
      CallOptions options) {
    ChatRequestParameters parameters =
        defaults == null ? request.parameters() : defaults.overrideWith(request.parameters());
    ModelId model = Providers.model(options.provider(), provider, parameters.modelName());
    return new ChatCall(request, parameters, model);
  }

  /**
   * Returns what the guard is asked for.
   *
   * @param asked the model that it is asked for
   */
  CallIntent.Builder intent(
      ModelId asked, CallOptions options, boolean stream, int attempt, boolean adjustable) {
    Prompt prompt = Faults.ask("the prompt", () -> ChatPrompt.of(request.messages(), parameters));
    CallIntent.Builder intent = CallIntent.builder(asked)
        .api(API)
        .attribution(options.whole(attribution()))
        .prompt(prompt == null ? opaque() : prompt)
        .choices(choices())
        .serviceTier(tier())
        .attempt(attempt)
        .stream(stream)
        .maxWait(options.maxWait())
        .capAdjustable(adjustable && capAdjustable())
        .modelAdjustable(adjustable && !model.name().isEmpty());
    Integer cap = cap(parameters);
    if (cap != null && cap >= 0) {
      intent.outputCap(cap);
    }
    return intent;
  }

  /** Whether a hold for this call is right for the other one, too. */
  boolean costsLike(ChatCall other) {
    return Objects.equals(cap(parameters), cap(other.parameters))
        && choices() == other.choices()
        && Objects.equals(tier(), other.tier())
        && capAdjustable() == other.capAdjustable()
        && Objects.equals(parameters.toolSpecifications(), other.parameters.toolSpecifications())
        && Objects.equals(parameters.responseFormat(), other.parameters.responseFormat());
  }

  private int choices() {
    return Vendors.OPENAI ? OpenAiFacts.choices(parameters) : 1;
  }

  private @Nullable String tier() {
    return Vendors.OPENAI ? OpenAiFacts.tier(parameters) : null;
  }

  private boolean capAdjustable() {
    return !(Vendors.ANTHROPIC && AnthropicFacts.thinks(parameters));
  }

  private Attribution attribution() {
    return attribution(request, parameters);
  }

  /** Two names for the session of one call do not make one session a part of the other. */
  static Attribution attribution(ChatRequest request, ChatRequestParameters parameters) {
    Attribution stated = request instanceof AttributedChatRequest attributed
        ? attributed.attribution()
        : Attribution.NONE;
    String session = Vendors.OPENAI ? OpenAiFacts.session(parameters) : null;
    return session == null || stated.session() != null ? stated : stated.session(session);
  }

  private Prompt opaque() {
    return Prompt.builder().opaqueBytes(4L * request.toString().length()).build();
  }

  /** Returns the most tokens that may be written, by whichever of two fields says more; or null. */
  static @Nullable Integer cap(ChatRequestParameters parameters) {
    Integer older = parameters.maxOutputTokens();
    Integer newer = Vendors.OPENAI ? OpenAiFacts.completionCap(parameters) : null;
    return older == null || newer == null
        ? (older == null ? newer : older)
        : (Integer) Math.max(older, newer);
  }

  /** Returns the request as it was admitted; null if this model cannot be asked so. */
  @Nullable ChatRequest fitted(Admission.Admitted admitted) {
    ModelId to = admitted.model();
    if (!to.provider().equals(model.provider())) {
      return null;
    }
    ChatRequest fitted =
        to.equals(model) ? request : request.toBuilder().modelName(to.name()).build();
    if (admitted.outputCap().isEmpty()) {
      return fitted;
    }
    int cap = (int) Math.min(Integer.MAX_VALUE, admitted.outputCap().getAsLong());
    return Vendors.OPENAI && OpenAiFacts.takesCompletionCap(parameters, to.name())
        ? OpenAiFacts.capped(fitted, parameters, cap)
        : fitted.toBuilder().maxOutputTokens(cap).build();
  }
}
