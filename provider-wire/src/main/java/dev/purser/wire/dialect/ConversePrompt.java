package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.request.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * What the model is to read for {@link BedrockConverse}, and for Nova's own API, which is of the same
 * shape. For one thread at a time.
 *
 * <p>What each family of models renders it to is not public: what tools bring along goes by the family.
 * Of Nova it is more than of families that are not known: 925 tokens were recorded for a question of one
 * line and a tool without parameters.
 */
final class ConversePrompt {

  private static final int REPLY = 16;
  private static final int MESSAGE = 8;
  private static final int TOOLS = 500;

  private ConversePrompt() {}

  /** Returns the prompt of a body, or null if it has none, or a malformed one. */
  static @Nullable Prompt read(JsonBody body) {
    Prompt.Builder prompt = Prompt.builder();
    JsonSlice messages = body.last("messages");
    JsonSlice variables = body.last("promptVariables");
    if (messages == null && variables == null) {
      return null;
    }
    if (variables != null) { // into a prompt that is stored at AWS
      prompt.text(variables.raw()).media(ChatPart.UNKNOWN);
    }
    if (messages != null && !(messages.isArray() && messages(messages, prompt))) {
      return null;
    }
    ConversePart.content(body.last("system"), prompt);
    tools(body.at("toolConfig", "tools"), prompt);
    for (String name : new String[] {"outputConfig", "additionalModelRequestFields"}) {
      JsonSlice value = body.last(name);
      if (value != null && value.isObject()) {
        prompt.text(value.raw());
      }
    }
    HourCache.tell(body, prompt);
    return prompt.tokens(REPLY).build();
  }

  private static boolean messages(JsonSlice messages, Prompt.Builder prompt) {
    boolean[] wellFormed = {true};
    boolean whole = messages.each((none, message) -> {
      prompt.tokens(MESSAGE);
      wellFormed[0] &= message.isObject()
          && message.each((name, value) -> {
            if (name.equals("content")) {
              ConversePart.content(value, prompt);
            }
          });
    });
    return whole && wellFormed[0];
  }

  private static void tools(@Nullable JsonSlice tools, Prompt.Builder prompt) {
    if (tools == null || !tools.isArray()) {
      return;
    }
    prompt.tokens(TOOLS);
    if (!tools.each((none, tool) -> prompt.text(tool.raw()).tools(1))) {
      prompt.opaqueBytes(tools.length());
    }
  }
}
