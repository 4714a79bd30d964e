package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's chat completions, which most providers speak too: Mistral's agents, and Snowflake's older
 * endpoint as well, under paths of their own.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">the API reference</a>
 * @see <a href="https://docs.mistral.ai/api/#tag/agents">Mistral: agents</a>
 * @see <a href="https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api">Snowflake:
 *     Cortex REST API</a>
 */
final class ChatCompletions extends OpenAiDialect {

  ChatCompletions() {
    super(
        "openai.chat.completions", "/chat/completions", "/agents/completions", UsageOption.CORTEX);
  }

  @Override
  public boolean isConversation() {
    return true;
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    ChatBody body = ChatBody.read(request.body());
    Prompt prompt = body == null ? null : ChatPrompt.read(body);
    if (body == null || prompt == null) {
      return null;
    }
    int choices = body.choices();
    return ChatCall.of(this, request, body, prompt, choices, choices);
  }
}
