package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.wire.json.JsonSlice;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the model is to read for a chat completion. For one thread at a time.
 *
 * <p>Framing by OpenAI's rule for its chat models ("How to count tokens with tiktoken", OpenAI
 * cookbook): 3 tokens around each message and the role's own, 1 with a name, 3 that prime the
 * reply. What tools and answer formats are rendered to is not public; their JSON is longer.
 */
final class ChatPrompt {

  private static final int MESSAGE = 3;
  private static final int ROLE = 1;
  private static final int NAME = 1;
  private static final int REPLY = 3;
  private static final int TOOL_CALL = 8;
  private static final int TOOLS = 16;

  /** Each of these is one token in every encoding of OpenAI's. */
  private static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool", "function");

  /** Fields of a message that steer the provider and that no model reads. */
  private static final Set<String> UNREAD =
      Set.of("tool_call_id", "id", "cache_control", "prefix", "index", "annotations");

  private final Prompt.Builder prompt = Prompt.builder();
  private boolean wellFormed = true;

  private ChatPrompt() {}

  /** Returns the prompt of a body, or null if its messages are malformed. */
  static @Nullable Prompt read(ChatBody body) {
    ChatPrompt reader = new ChatPrompt();
    JsonSlice messages = body.json().last("messages");
    if (messages != null) {
      reader.each(messages, (name, message) -> reader.message(message));
    }
    for (String name : new String[] {"tools", "functions", "response_format"}) {
      JsonSlice value = body.json().last(name);
      if (value != null && !value.isNull()) {
        reader.prompt.text(value.raw()).tokens(TOOLS);
        if (value.isArray()) {
          reader.each(value, (none, tool) -> {
            reader.prompt.tools(1);
            ServerTool.add(tool, null, reader.prompt);
          });
        } else {
          reader.prompt.tools(1);
        }
      }
    }
    // Bounds what the rejected part of a prediction adds to the bill, which is charged as output.
    JsonSlice prediction = body.json().last("prediction");
    if (prediction != null && prediction.isObject()) {
      reader.each(prediction, (name, value) -> {
        if (name.equals("content")) {
          reader.content(value);
        }
      });
    }
    ChatSearches.add(body.json(), reader.prompt);
    HourCache.tell(body.json(), reader.prompt);
    reader.prompt.tokens(REPLY);
    return reader.wellFormed ? reader.prompt.build() : null;
  }

  private void each(JsonSlice container, BiConsumer<String, JsonSlice> visit) {
    boolean whole = container.each(visit);
    wellFormed = wellFormed && whole; // read again: a visit may have found something malformed
  }

  private void message(JsonSlice message) {
    prompt.tokens(MESSAGE);
    if (message.isObject()) {
      each(message, this::messageField);
    } else {
      prompt.opaqueBytes(message.length());
    }
  }

  private void messageField(String name, JsonSlice value) {
    switch (name) {
      case "role" -> role(value);
      case "content" -> content(value);
      case "name" -> {
        text(value);
        prompt.tokens(NAME);
      }
      case "tool_calls" -> calls(value);
      case "function_call" -> call(value);
      case "audio" -> {
        if (!value.isNull()) { // an earlier answer, by id
          prompt.media(new Prompt.Media(Prompt.MediaKind.AUDIO, "", 0, 0, 0, ""));
        }
      }
      default -> other(name, value);
    }
  }

  private void role(JsonSlice value) {
    String role = value.text();
    if ("user".equals(role)) {
      prompt.userTurn();
    }
    if (role != null && ROLES.contains(role)) {
      prompt.tokens(ROLE);
    } else {
      text(value);
    }
  }

  /** Such as {@code refusal} and {@code reasoning_content}, or what we do not know. */
  private void other(String name, JsonSlice value) {
    if (value.isString() && !UNREAD.contains(name)) {
      text(value);
    } else if ((value.isObject() || value.isArray()) && !UNREAD.contains(name)) {
      prompt.opaqueBytes(value.length());
    }
  }

  private void content(JsonSlice content) {
    if (content.isArray()) {
      each(content, (none, part) -> {
        if (part.isString()) {
          text(part);
        } else {
          ChatPart.add(part, prompt);
        }
      });
    } else {
      text(content);
    }
  }

  private void calls(JsonSlice calls) {
    if (calls.isArray()) {
      each(calls, (none, call) -> call(call));
    } else {
      text(calls);
    }
  }

  private void call(JsonSlice call) {
    if (!call.isObject()) {
      text(call);
      return;
    }
    each(call, (name, value) -> {
      switch (name) {
        case "function", "custom" -> call(value);
        case "name" -> {
          text(value);
          prompt.tokens(TOOL_CALL);
        }
        case "arguments", "input" -> text(value);
        default -> {} // id and type, which the model does not read
      }
    });
  }

  /** Adds a string as text, and anything else that is stated as opaque. */
  private void text(JsonSlice value) {
    String text = value.text();
    if (text != null) {
      prompt.text(text);
    } else if (!value.isNull()) {
      prompt.opaqueBytes(value.length());
    }
  }
}
