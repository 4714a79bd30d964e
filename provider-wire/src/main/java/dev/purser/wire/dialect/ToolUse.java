package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.answer.Counts;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the tools of a response are charged besides tokens: searches of the web, of which opening a page
 * and finding something in it are none; searches of files; and containers for code, each once however
 * often code ran in it. For one thread at a time.
 *
 * @see <a href="https://platform.openai.com/docs/pricing">OpenAI: built-in tools</a>
 * @see <a href="https://docs.x.ai/docs/models">xAI: tools</a>
 */
final class ToolUse {

  /** More than any answer has; keeps the set of the containers small. */
  private static final int MOST_CONTAINERS = 1024;

  /** Items after which the model thinks again, or that hold more than is shown while they come. */
  private static final Set<String> HIDING = Set.of(
      "reasoning",
      "compaction",
      "web_search_call",
      "file_search_call",
      "code_interpreter_call",
      "image_generation_call",
      "mcp_call",
      "tool_search_call");

  private final Counts counts = new Counts();
  private final Set<String> containers = new HashSet<>();
  private long searches;
  private long fileSearches;
  private long unnamedContainers;

  /** Whether an item says that the model works where nobody can see it. */
  static boolean hides(JsonNode item) {
    return HIDING.contains(item.path("type").asText(""));
  }

  /** Adds an item of the output; returns whether it is charged. */
  boolean add(JsonNode item) {
    switch (item.path("type").asText("")) {
      case "web_search_call" -> {
        String action = item.path("action").path("type").asText("search");
        searches += action.equals("search") ? 1 : 0;
      }
      case "file_search_call" -> fileSearches++;
      case "code_interpreter_call" -> container(item.path("container_id").textValue());
      default -> {
        return false;
      }
    }
    return true;
  }

  private void container(@Nullable String id) {
    if (id == null || containers.size() >= MOST_CONTAINERS) {
      unnamedContainers++;
    } else {
      containers.add(id);
    }
  }

  /** Takes what others have counted where that is more: the last event may list less than came. */
  void orMore(ToolUse other) {
    searches = Math.max(searches, other.searches);
    fileSearches = Math.max(fileSearches, other.fileSearches);
    unnamedContainers = Math.max(unnamedContainers, other.unnamedContainers);
    containers.addAll(other.containers);
  }

  /** Takes what the provider says that it has counted, where that is more than the items. */
  void told(JsonNode response, JsonNode usage) {
    JsonNode xai = usage.path("server_side_tool_usage_details");
    searches = Math.max(
        searches,
        counts.of(Counts.first(
            response.path("tool_usage").path("web_search").path("num_requests"),
            usage.path("server_tool_use_details").path("web_search_requests"),
            xai.path("web_search_calls"))));
    fileSearches = Math.max(fileSearches, counts.of(xai.path("file_search_calls")));
  }

  /** Returns a usage with the tools; null if it, or they, cannot be. */
  @Nullable Usage on(@Nullable Usage tokens) {
    return tokens == null || !counts.plausible()
        ? null
        : tokens.toBuilder()
            .add(UsageKind.WEB_SEARCH, searches)
            .add(UsageKind.FILE_SEARCH, fileSearches)
            .add(UsageKind.CODE_INTERPRETER, containers.size() + unnamedContainers)
            .build();
  }
}
