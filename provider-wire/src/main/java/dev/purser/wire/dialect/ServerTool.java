package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.api.UsageKind;
import dev.purser.wire.json.JsonSlice;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a tool that the provider runs may be charged for, and what it adds to what the model reads: a
 * search its results. For files they are up to 20 of 800 tokens; for the web as {@link AllowedSearches}
 * says. A server of tools may say anything, and counts as a file of unknown size.
 *
 * @see <a href="https://platform.openai.com/docs/guides/tools-file-search">OpenAI: file search,
 *     chunks and results</a>
 * @see <a href="https://platform.openai.com/docs/pricing">OpenAI: pricing of built-in tools</a>
 * @see <a href="https://openrouter.ai/docs/features/web-search">OpenRouter: its tools</a>
 */
final class ServerTool {

  private static final int RESULTS = AllowedSearches.RESULTS;

  private ServerTool() {}

  /**
   * Adds a tool of a request, if the provider runs it.
   *
   * @param limit how many tools may be called, or null
   */
  static void add(JsonSlice tool, @Nullable JsonSlice limit, Prompt.Builder prompt) {
    Map<String, JsonSlice> fields = tool.fields();
    JsonSlice type = fields.get("type");
    String name = type == null ? null : type.text();
    if (name == null) {
      return;
    }
    long most = AllowedSearches.most(limit);
    if (searchesTheWeb(name)) {
      prompt.tokens(RESULTS).fees(UsageKind.WEB_SEARCH, most);
    } else if (name.equals("file_search")) {
      prompt.tokens(RESULTS).fees(UsageKind.FILE_SEARCH, most);
    } else if (name.equals("code_interpreter")) {
      prompt.fees(UsageKind.CODE_INTERPRETER, 1); // one container, however often code runs in it
    } else if (name.equals("image_generation")) {
      prompt.fees(UsageKind.PICTURE, 1); // its model's tokens, which the price of a picture bounds
    } else if (name.equals("mcp")) {
      prompt.media(ChatPart.UNKNOWN);
    }
  }

  /** As OpenAI, xAI, OpenRouter and Groq call it. */
  private static boolean searchesTheWeb(String type) {
    return type.startsWith("web_search")
        || type.equals("x_search")
        || type.equals("openrouter:web_search")
        || type.equals("browser_search");
  }
}
