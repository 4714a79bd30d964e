package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.request.JsonBody;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the model is to read for a message: system prompt, tools, messages. For one thread at a time.
 *
 * <p>What Anthropic renders them to is not public. The framing around them is a bound of what its page on
 * tool use states (up to 530 tokens where tools are offered, 735 for a tool of its own) and of what
 * recorded answers count: 2,225 tokens for a question of one line and the newest search tool.
 *
 * @see <a href="https://docs.anthropic.com/en/docs/agents-and-tools/tool-use/overview">Anthropic: tool
 *     use</a>
 */
final class AnthropicPrompt {

  private static final int REPLY = 16;
  private static final int MESSAGE = 8;
  private static final int TOOLS = 600;
  private static final int TOOL = 16;

  /** A tool that Anthropic describes to the model itself: searching, running code, using a computer. */
  private static final int OWN_TOOL = 2_500;

  private final Prompt.Builder prompt = Prompt.builder();
  private boolean wellFormed = true;

  private AnthropicPrompt() {}

  /** Returns the prompt of a body, or null if it has no messages, or malformed ones. */
  static @Nullable Prompt read(JsonBody body) {
    JsonSlice messages = body.last("messages");
    if (messages == null || !messages.isArray()) {
      return null;
    }
    AnthropicPrompt reader = new AnthropicPrompt();
    reader.each(messages, (none, message) -> reader.message(message));
    AnthropicPart.content(body.last("system"), reader.prompt);
    reader.tools(body.last("tools"));
    reader.unseen(body);
    for (String format : new String[] {"output_format", "output_config"}) {
      JsonSlice value = body.last(format);
      if (value != null && value.isObject()) {
        reader.prompt.text(value.raw()).tokens(TOOLS);
      }
    }
    reader.prompt.tokens(REPLY);
    return reader.wellFormed ? reader.prompt.build() : null;
  }

  private void each(JsonSlice container, BiConsumer<String, JsonSlice> visit) {
    boolean whole = container.each(visit);
    wellFormed = wellFormed && whole; // read again: a visit may have found something malformed
  }

  private void message(JsonSlice message) {
    prompt.tokens(MESSAGE);
    if (!message.isObject()) {
      prompt.opaqueBytes(message.length());
      return;
    }
    each(message, (name, value) -> {
      if (name.equals("content")) {
        AnthropicPart.content(value, prompt);
      }
    });
  }

  private void tools(@Nullable JsonSlice tools) {
    if (tools == null || !tools.isArray()) {
      return;
    }
    boolean[] any = new boolean[1];
    each(tools, (none, tool) -> {
      any[0] = true;
      tool(tool);
    });
    prompt.tokens(any[0] ? TOOLS : 0);
  }

  private void tool(JsonSlice tool) {
    Map<String, JsonSlice> fields = tool.fields();
    JsonSlice type = fields.get("type");
    boolean own = type != null && type.isString() && !"custom".equals(type.text());
    prompt.text(tool.raw()).tokens(own ? OWN_TOOL : TOOL);
  }

  /** What Anthropic adds to the prompt: the tools of a server elsewhere, a conversation that it keeps. */
  private void unseen(JsonBody body) {
    JsonSlice servers = body.last("mcp_servers");
    if (servers != null && servers.isArray()) {
      each(servers, (none, server) -> prompt.media(AnthropicPart.UNKNOWN));
    }
    if (body.at("thread", "previous_message_id") != null) {
      prompt.media(AnthropicPart.UNKNOWN);
    }
  }
}
