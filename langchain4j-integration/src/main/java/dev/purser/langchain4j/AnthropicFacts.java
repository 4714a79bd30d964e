package dev.purser.langchain4j;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.model.anthropic.AnthropicChatRequestParameters;
import dev.langchain4j.model.anthropic.AnthropicChatResponseMetadata;
import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.anthropic.internal.api.AnthropicStreamingException;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Anthropic's module says more than every model does. To be used where it is present. */
final class AnthropicFacts {

  /** In a text that the model wrote, the quotes around a name have backslashes before them. */
  private static final Pattern SEARCHES =
      Pattern.compile("\"web_search_requests\"\\s*:\\s*(\\d{1,9})");

  private static final Pattern HOUR_WRITES =
      Pattern.compile("\"ephemeral_1h_input_tokens\"\\s*:\\s*(\\d{1,9})");

  private static final Set<String> OUTAGES =
      Set.of("overloaded_error", "api_error", "rate_limit_error", "timeout_error");

  private AnthropicFacts() {}

  /**
   * Returns the counts of a usage in which what was cached stands beside the input.
   *
   * @param answer what was answered besides, which tells more than LangChain4j reads of it; or null
   */
  static @Nullable Usage usage(TokenUsage stated, @Nullable ChatResponseMetadata answer) {
    if (!(stated instanceof AnthropicTokenUsage usage)) {
      return null;
    }
    Integer read = usage.cacheReadInputTokens();
    Integer created = usage.cacheCreationInputTokens();
    long written = created == null ? 0 : created;
    long forAnHour = Math.min(written, largest(HOUR_WRITES, answer));
    return Usage.builder()
        .add(UsageKind.INPUT, usage.inputTokenCount())
        .add(UsageKind.CACHE_READ, read == null ? 0 : read)
        .add(UsageKind.CACHE_WRITE_5M, written - forAnHour)
        .add(UsageKind.CACHE_WRITE_1H, forAnHour)
        .add(UsageKind.OUTPUT, usage.outputTokenCount())
        .add(UsageKind.WEB_SEARCH, largest(SEARCHES, answer))
        .build();
  }

  /** Counts only grow from event to event. */
  private static long largest(Pattern count, @Nullable ChatResponseMetadata answer) {
    long largest = 0;
    for (String json : raw(answer)) {
      Matcher found = count.matcher(json);
      while (found.find()) {
        largest = Math.max(largest, Long.parseLong(found.group(1)));
      }
    }
    return largest;
  }

  private static List<String> raw(@Nullable ChatResponseMetadata answer) {
    if (!(answer instanceof AnthropicChatResponseMetadata metadata)) {
      return List.of();
    }
    List<ServerSentEvent> events = metadata.rawServerSentEvents();
    if (events != null && !events.isEmpty()) {
      return events.stream().map(ServerSentEvent::data).filter(Objects::nonNull).toList();
    }
    SuccessfulHttpResponse whole = metadata.rawHttpResponse();
    return whole == null || whole.body() == null ? List.of() : List.of(whole.body());
  }

  /** Whether these are the parameters of a model of this module, which calls the model that a request names. */
  static boolean isTheirs(ChatRequestParameters own) {
    return own instanceof AnthropicChatRequestParameters;
  }

  /** Whether one of their models takes the parameters, and does not refuse them before it sends anything. */
  static boolean takes(ChatRequestParameters parameters) {
    ResponseFormat format = parameters.responseFormat();
    return parameters.frequencyPenalty() == null
        && parameters.presencePenalty() == null
        && (format == null
            || format.type() != ResponseFormatType.JSON
            || format.jsonSchema() != null);
  }

  /** Whether a stream that began well told that the model is overloaded, or out of order. */
  static boolean isOutage(Throwable error) {
    return error instanceof AnthropicStreamingException told && OUTAGES.contains(told.type());
  }

  /** Whether a number of tokens is set apart for thinking, which must stay below the cap. */
  static boolean thinks(ChatRequestParameters parameters) {
    return parameters instanceof AnthropicChatRequestParameters anthropic
        && anthropic.thinkingBudgetTokens() != null;
  }
}
