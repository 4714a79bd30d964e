package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.answer.Counts;
import org.jspecify.annotations.Nullable;

/**
 * Searches of the web that a chat completion is charged for besides its tokens: those that OpenRouter
 * and LiteLLM count, Perplexity's of deep research, and the one that a search model of OpenAI's makes.
 *
 * @see <a href="https://docs.perplexity.ai/getting-started/pricing">Perplexity: search queries</a>
 * @see <a href="https://docs.litellm.ai/docs/completion/web_search">LiteLLM: web search</a>
 */
final class ChatFees {

  private ChatFees() {}

  /**
   * Returns a usage with its searches, or null if they, or it, cannot be.
   *
   * @param tokens what else was used, or null
   * @param always whether the model searches for each answer
   */
  static @Nullable Usage on(@Nullable Usage tokens, JsonNode usage, boolean always) {
    Counts counts = new Counts();
    long stated = counts.of(Counts.first(
        usage.path("server_tool_use_details").path("web_search_requests"),
        usage.path("server_tool_use").path("web_search_requests"),
        usage.path("prompt_tokens_details").path("web_search_requests"),
        usage.path("num_search_queries")));
    if (tokens == null || !counts.plausible()) {
      return null;
    }
    long searches = Math.max(stated, always ? 1 : 0);
    return searches == 0
        ? tokens
        : tokens.toBuilder().add(UsageKind.WEB_SEARCH, searches).build();
  }
}
