package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.api.UsageKind;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.request.JsonBody;
import java.util.Locale;
import java.util.Map;

/**
 * What a model of Google's is to read. Instructions, turns and declarations of functions are text; what
 * a name or an address stands for, such as content that was cached before, is a file of unknown size:
 * its tokens are stated when it was made, not when it is used.
 *
 * @see <a href="https://ai.google.dev/gemini-api/docs/tokens">Gemini API: tokens</a>
 */
final class GeminiPrompt {

  /** Around a turn; recorded prompts of one turn cost no more than their text and two. */
  private static final int CONTENT = 4;

  private static final int TOOLS = 16;

  /**
   * What a search or the running of code puts into the prompt; recorded: 61 to 149 tokens. What was found
   * is not billed, by Google's page of prices.
   */
  private static final int TOOL_USE = 2048;

  /** Of the web, of a company's choice of it, and of maps: one bill for all of them. */
  private static final String SEARCHES =
      "google_?search(_?retrieval)?|enterprise_?web_?search|google_?maps";

  private final Prompt.Builder prompt = Prompt.builder();

  private boolean searches;

  private GeminiPrompt() {}

  /**
   * Returns the prompt of a request for content.
   *
   * @param model whose name says how searches are billed
   */
  static Prompt read(JsonBody body, String model) {
    GeminiPrompt reader = new GeminiPrompt();
    for (String name : new String[] {"systemInstruction", "system_instruction", "contents"}) {
      body.all(name).forEach(reader::contents);
    }
    body.all("tools").forEach(reader::tools);
    for (String name : new String[] {"cachedContent", "cached_content"}) {
      JsonSlice cached = body.last(name);
      if (cached != null && !cached.isNull()) {
        reader.prompt.media(ChatPart.UNKNOWN);
      }
    }
    for (String name : new String[] {"generationConfig", "generation_config"}) {
      JsonSlice config = body.last(name);
      if (config != null) {
        reader.schemas(config);
      }
    }
    if (reader.searches) {
      reader.prompt.fees(UsageKind.WEB_SEARCH, Grounding.most(model));
    }
    return reader.prompt.build();
  }

  /** Adds contents that are to be embedded. */
  static void add(JsonSlice contents, Prompt.Builder into) {
    GeminiPrompt reader = new GeminiPrompt();
    reader.contents(contents);
    Prompt read = reader.prompt.build();
    read.texts().forEach(into::text);
    read.media().forEach(into::media);
    into.tokens(read.tokens()).opaqueBytes(read.opaqueBytes());
  }

  /** One or several; some servers take one alone without an array. */
  private void contents(JsonSlice contents) {
    if (contents.isArray()) {
      contents.each((none, content) -> content(content));
    } else {
      content(contents);
    }
  }

  private void content(JsonSlice content) {
    prompt.tokens(CONTENT);
    if (!content.isObject()) {
      PromptText.add(content, prompt);
      return;
    }
    Map<String, JsonSlice> fields = content.fields();
    JsonSlice role = fields.get("role");
    JsonSlice parts = fields.get("parts");
    boolean model = role != null && "model".equals(role.text());
    if (!model && parts != null && !parts.raw().contains("\"functionResponse\"")) {
      prompt.userTurn();
    }
    content.each((name, value) -> {
      if (name.equals("parts")) {
        GeminiPart.addAll(value, prompt);
      } else if (!name.equals("role")) {
        prompt.opaqueBytes(value.length());
      }
    });
  }

  private void tools(JsonSlice tools) {
    if (tools.isNull()) {
      return;
    }
    prompt.text(tools.raw()).tokens(TOOLS);
    if (tools.isArray()) {
      tools.each((none, tool) -> tool.fields().forEach(this::tool));
    }
  }

  private void tool(String name, JsonSlice value) {
    switch (name) {
      case "functionDeclarations", "function_declarations" ->
        value.each((none, function) -> prompt.tools(1));
      case "urlContext", "url_context", "fileSearch", "file_search", "retrieval" ->
        prompt.media(ChatPart.UNKNOWN); // what is read is billed as input, whatever its size
      default -> {
        prompt.tokens(TOOL_USE);
        searches |= name.toLowerCase(Locale.ROOT).matches(SEARCHES);
      }
    }
  }

  private void schemas(JsonSlice config) {
    config.fields().forEach((name, value) -> {
      if (name.toLowerCase(Locale.ROOT).endsWith("schema") && !value.isNull()) {
        prompt.text(value.raw()).tokens(TOOLS).tools(1);
      }
    });
  }
}
