package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.request.JsonBody;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the model is to read for a response. For one thread at a time.
 *
 * <p>What the provider keeps, such as the earlier turns that {@code previous_response_id} or {@code
 * conversation} name, nobody here can see: each counts as a file of unknown size. So does what a server
 * of tools may say. Framing as for chat completions, which the same models are trained on.
 */
final class ResponsesPrompt {

  private static final int REPLY = 3;
  private static final int TOOLS = 16;

  private boolean wellFormed = true;
  private final Prompt.Builder prompt = Prompt.builder();
  private final ResponseItem item = new ResponseItem(prompt);

  private ResponsesPrompt() {}

  /** Returns the prompt of a body, or null if its input is malformed. */
  static @Nullable Prompt read(JsonBody body) {
    ResponsesPrompt reader = new ResponsesPrompt();
    JsonSlice input = body.last("input");
    if (input != null) {
      reader.input(input);
    }
    reader.text(body.last("instructions"));
    reader.format(body.at("text", "format"));
    for (String kept : new String[] {"previous_response_id", "conversation"}) {
      JsonSlice value = body.last(kept);
      if (value != null && !value.isNull()) {
        reader.prompt.media(ChatPart.UNKNOWN);
      }
    }
    JsonSlice stored = body.last("prompt");
    if (stored != null && stored.isObject()) {
      reader.prompt.media(ChatPart.UNKNOWN).text(stored.raw());
    }
    JsonSlice tools = body.last("tools");
    if (tools != null && tools.isArray()) {
      JsonSlice limit = body.last("max_tool_calls");
      reader.raw(tools);
      reader.each(tools, (none, tool) -> {
        reader.prompt.tools(1);
        ServerTool.add(tool, limit, reader.prompt);
      });
    }
    ChatSearches.add(body, reader.prompt);
    HourCache.tell(body, reader.prompt);
    reader.prompt.tokens(REPLY);
    return reader.wellFormed && reader.item.wellFormed() ? reader.prompt.build() : null;
  }

  private void input(JsonSlice input) {
    if (input.isArray()) {
      each(input, (none, one) -> item.add(one));
    } else {
      text(input);
    }
  }

  private void each(JsonSlice container, BiConsumer<String, JsonSlice> visit) {
    boolean whole = container.each(visit);
    wellFormed = wellFormed && whole; // read again: a visit may have found something malformed
  }

  private void text(@Nullable JsonSlice value) {
    if (value == null || value.isNull()) {
      return;
    }
    String text = value.text();
    if (text != null) {
      prompt.text(text).tokens(ResponseItem.MESSAGE);
    } else if (value.isArray()) { // instructions as a list of messages, as some hosts take them
      each(value, (none, one) -> item.add(one));
    } else {
      prompt.opaqueBytes(value.length());
    }
  }

  /** A schema for the answer is told to the model as a tool is. */
  private void format(@Nullable JsonSlice format) {
    raw(format);
    prompt.tools(format != null && format.fields().containsKey("schema") ? 1 : 0);
  }

  private void raw(@Nullable JsonSlice value) {
    if (value != null && !value.isNull()) {
      prompt.text(value.raw()).tokens(TOOLS);
    }
  }
}
