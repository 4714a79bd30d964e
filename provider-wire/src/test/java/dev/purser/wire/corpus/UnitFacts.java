package dev.purser.wire.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.UsageKind;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares what is billed besides tokens with {@code expected.extra}, which holds what the answer says
 * of it: searches of the web and of files, sessions of a code interpreter, ranking, pages.
 *
 * <p>Opening a page and finding something in it are no searches. Where the answer states its cost,
 * fees are inside, and searches need not be counted. Google bills Gemini 2.5 and older by the grounded
 * prompt, not by its queries: one is enough then. Of the queries of later ones it counts those that are
 * the same once, and those that are empty not at all; the corpus counts all.
 *
 * @see <a href="https://ai.google.dev/gemini-api/docs/google-search">Grounding with Google Search</a>
 */
final class UnitFacts {

  private static final Pattern QUERIES =
      Pattern.compile("\"webSearchQueries\"\\s*:\\s*\\[([^\\]]*)\\]");
  private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  private UnitFacts() {}

  static void compare(Exchange exchange, Totals totals, boolean costStated, Disagreements into) {
    JsonNode extra = exchange.extra();
    JsonNode items = extra.path("server_tool_output_items");
    long searches = searches(extra) - unbilledQueries(exchange);
    long counted = totals.count(UsageKind.WEB_SEARCH);
    boolean byThePrompt = extra.path("grounding_web_search_queries").asLong() > 0
        && !exchange.expected().path("model").asText().startsWith("gemini-3")
        && counted == 1;
    boolean unknownActions = extra.path("web_search_actions").has("None")
        && counted == items.path("web_search_call").asLong();
    if (!byThePrompt && !unknownActions && !(costStated && counted == 0)) {
      into.check("web searches", searches, counted);
    }
    long fileSearches = items.path("file_search_call").asLong();
    long searched = totals.count(UsageKind.FILE_SEARCH);
    if (!(costStated && searched == 0)) {
      into.check("file searches", fileSearches, searched);
    }
    into.check(
        "code interpreter",
        items.path("code_interpreter_call").asLong(),
        totals.count(UsageKind.CODE_INTERPRETER));
    into.check(
        "search units", extra.path("search_units").asLong(), totals.count(UsageKind.RERANK_SEARCH));
    into.check("pages", extra.path("pages_processed").asLong(), totals.count(UsageKind.PAGE));
  }

  private static long unbilledQueries(Exchange exchange) {
    Matcher list = QUERIES.matcher(new String(exchange.body(), UTF_8));
    long all = 0;
    Set<String> distinct = new HashSet<>();
    while (list.find()) {
      Matcher query = STRING.matcher(list.group(1));
      while (query.find()) {
        all++;
        if (!query.group(1).isBlank()) {
          distinct.add(query.group(1));
        }
      }
    }
    return all - distinct.size();
  }

  private static long searches(JsonNode extra) {
    long said = extra.path("server_tool_use").path("web_search_requests").asLong()
        + extra.path("server_tool_use_details").path("web_search_requests").asLong()
        + extra.path("grounding_web_search_queries").asLong();
    long told = Math.max(
        extra.path("tool_usage").path("web_search").path("num_requests").asLong(),
        extra.path("server_side_tool_usage_details").path("web_search_calls").asLong());
    return said + Math.max(told, extra.path("web_search_actions").path("search").asLong());
  }
}
