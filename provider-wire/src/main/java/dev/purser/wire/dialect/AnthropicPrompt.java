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
 * <p>What Anthropic renders them to is not public. What is told to a model of tools goes by its family;
 * what Anthropic's own tools bring along is {@link AnthropicTool}'s.
 */
final class AnthropicPrompt {

  private static final int REPLY = 16;
  private static final int MESSAGE = 8;
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
        reader.prompt.text(value.raw()).tools(1);
      }
    }
    HourCache.tell(body, reader.prompt);
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
    if (isTurn(message.fields())) {
      prompt.userTurn();
    }
  }

  /** Results of tools come as messages of the user, too, and stand first in them. */
  private static boolean isTurn(Map<String, JsonSlice> message) {
    JsonSlice role = message.get("role");
    JsonSlice content = message.get("content");
    if (role == null || content == null || !"user".equals(role.text())) {
      return false;
    }
    boolean[] result = new boolean[1];
    boolean unused =
        !content.isArray() || content.each((none, block) -> result[0] |= isResult(block));
    return !result[0];
  }

  private static boolean isResult(JsonSlice block) {
    JsonSlice type = block.isObject() ? block.fields().get("type") : null;
    return type != null && "tool_result".equals(type.text());
  }

  private void tools(@Nullable JsonSlice tools) {
    if (tools != null && tools.isArray()) {
      each(tools, (none, tool) -> {
        prompt.text(tool.raw()).tools(1);
        AnthropicTool.add(tool, prompt);
      });
    }
  }

  /** What Anthropic adds to the prompt: the tools of a server elsewhere, a conversation that it keeps. */
  private void unseen(JsonBody body) {
    JsonSlice servers = body.last("mcp_servers");
    if (servers != null && servers.isArray()) {
      each(servers, (none, server) -> prompt.media(ChatPart.UNKNOWN));
    }
    if (body.at("thread", "previous_message_id") != null) {
      prompt.media(ChatPart.UNKNOWN);
    }
  }
}
