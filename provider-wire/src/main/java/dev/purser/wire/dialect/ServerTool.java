package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.wire.json.JsonSlice;

/**
 * What a tool that the provider runs adds to what the model reads: a search its results. For files they
 * are up to 20 of 800 tokens; for the web OpenAI bills a block of 8,000 tokens a search with its smaller
 * models, of which two are allowed for here. A server of tools may say anything, and counts as a file
 * of unknown size.
 *
 * @see <a href="https://platform.openai.com/docs/guides/tools-file-search">OpenAI: file search,
 *     chunks and results</a>
 * @see <a href="https://platform.openai.com/docs/pricing">OpenAI: search content tokens</a>
 */
final class ServerTool {

  private static final int SEARCH = 16_000;

  private ServerTool() {}

  static void add(JsonSlice tool, Prompt.Builder prompt) {
    JsonSlice type = tool.fields().get("type");
    String name = type == null ? null : type.text();
    if (name == null) {
      return;
    }
    if (name.startsWith("web_search") || name.equals("file_search") || name.equals("x_search")) {
      prompt.tokens(SEARCH);
    } else if (name.equals("mcp")) {
      prompt.media(ChatPart.UNKNOWN);
    }
  }
}
