package dev.purser.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What OpenAI's module says more than every model does. To be used where it is present. */
final class OpenAiFacts {

  /** Models that refuse the old field for the cap: o1, o3, gpt-5 and later. */
  private static final Pattern NEW_CAP_ONLY =
      Pattern.compile("(?:.*[/:])?(?:o\\d|gpt-(?:[5-9]|[12]\\d)).*", Pattern.DOTALL);

  /** Where a session is named in a request's metadata, as adapters of HTTP clients read it. */
  private static final String[] SESSION = {"session_id", "session"};

  private OpenAiFacts() {}

  /** Returns the disjoint counts of a usage in which cached input and reasoning are parts. */
  static @Nullable Usage usage(TokenUsage stated) {
    if (!(stated instanceof OpenAiTokenUsage usage)) {
      return null;
    }
    Integer cached =
        usage.inputTokensDetails() == null ? null : usage.inputTokensDetails().cachedTokens();
    Integer reasoning =
        usage.outputTokensDetails() == null ? null : usage.outputTokensDetails().reasoningTokens();
    long read = cached == null ? 0 : cached;
    long thought = reasoning == null ? 0 : reasoning;
    return Usage.builder()
        .add(UsageKind.INPUT, usage.inputTokenCount() - read)
        .add(UsageKind.CACHE_READ, read)
        .add(UsageKind.OUTPUT, usage.outputTokenCount() - thought)
        .add(UsageKind.REASONING, thought)
        .build();
  }

  static @Nullable String answeredTier(ChatResponseMetadata metadata) {
    return metadata instanceof OpenAiChatResponseMetadata openAi ? openAi.serviceTier() : null;
  }

  static @Nullable String tier(ChatRequestParameters parameters) {
    return parameters instanceof OpenAiChatRequestParameters openAi ? openAi.serviceTier() : null;
  }

  static @Nullable Integer completionCap(ChatRequestParameters parameters) {
    return parameters instanceof OpenAiChatRequestParameters openAi
        ? openAi.maxCompletionTokens()
        : null;
  }

  /** Returns how many answers are asked for at once. */
  static int choices(ChatRequestParameters parameters) {
    if (parameters instanceof OpenAiChatRequestParameters openAi
        && openAi.customParameters() != null
        && openAi.customParameters().get("n") instanceof Number n) {
      return Math.max(1, n.intValue());
    }
    return 1;
  }

  /** Returns the session that the request names, or null. */
  static @Nullable String session(ChatRequestParameters parameters) {
    Map<String, String> metadata =
        parameters instanceof OpenAiChatRequestParameters openAi ? openAi.metadata() : null;
    if (metadata != null) {
      for (String name : SESSION) {
        String session = metadata.get(name);
        if (session != null && !session.isBlank()) {
          return session;
        }
      }
    }
    return null;
  }

  /** Whether these are the parameters of a model of this module, which calls the model that a request names. */
  static boolean isTheirs(ChatRequestParameters own) {
    return own instanceof OpenAiChatRequestParameters;
  }

  /** Whether one of their models takes the parameters, and does not refuse them before it sends anything. */
  static boolean takes(ChatRequestParameters parameters) {
    return parameters.topK() == null;
  }

  /** Whether the cap goes into OpenAI's newer field: where that is set already, or the only one known. */
  static boolean takesCompletionCap(ChatRequestParameters effective, String model) {
    return effective instanceof OpenAiChatRequestParameters openAi
        && (openAi.maxCompletionTokens() != null
            || (openAi.maxOutputTokens() == null && NEW_CAP_ONLY.matcher(model).matches()));
  }

  /** Returns the request with the cap in OpenAI's newer field, and in the older one only if it has it. */
  static ChatRequest capped(ChatRequest request, ChatRequestParameters effective, int cap) {
    OpenAiChatRequestParameters.Builder parameters = OpenAiChatRequestParameters.builder();
    parameters.overrideWith(request.parameters());
    parameters.maxCompletionTokens(cap);
    if (effective.maxOutputTokens() != null) {
      parameters.maxOutputTokens(cap);
    }
    return ChatRequest.builder()
        .messages(request.messages())
        .parameters(parameters.build())
        .build();
  }
}
