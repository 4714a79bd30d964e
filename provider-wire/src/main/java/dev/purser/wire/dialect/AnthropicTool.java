package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.api.UsageKind;
import dev.purser.wire.json.JsonSlice;
import java.util.Map;

/**
 * What a tool of Anthropic's own brings along: its description, of which the page on tool use states up to
 * 735 tokens and recorded answers count 2,225 for the newest search; the searches that it may be charged
 * for; and what is found, a page of 2,500 tokens on average, which is read as input.
 *
 * @see <a href="https://docs.anthropic.com/en/docs/agents-and-tools/tool-use/overview">Anthropic: tool
 *     use</a>
 * @see <a href="https://docs.anthropic.com/en/docs/agents-and-tools/tool-use/web-search-tool">Anthropic:
 *     web search</a>
 * @see <a href="https://docs.anthropic.com/en/docs/agents-and-tools/tool-use/web-fetch-tool">Anthropic:
 *     web fetch, token usage</a>
 */
final class AnthropicTool {

  private static final int DESCRIPTION = 2_500;

  private AnthropicTool() {}

  /** Adds a tool, if it is Anthropic's own. */
  static void add(JsonSlice tool, Prompt.Builder prompt) {
    Map<String, JsonSlice> fields = tool.fields();
    JsonSlice stated = fields.get("type");
    String type = stated == null ? null : stated.text();
    if (type == null || type.equals("custom")) {
      return;
    }
    prompt.tokens(DESCRIPTION);
    if (type.startsWith("web_search")) {
      long most = AllowedSearches.most(fields.get("max_uses"));
      prompt.fees(UsageKind.WEB_SEARCH, most).tokens(most == 0 ? 0 : AllowedSearches.RESULTS);
    } else if (type.startsWith("web_fetch")) {
      prompt.tokens(AllowedSearches.RESULTS);
    }
  }
}
