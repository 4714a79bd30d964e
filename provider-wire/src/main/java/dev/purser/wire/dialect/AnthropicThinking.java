package dev.purser.wire.dialect;

import dev.purser.wire.request.JsonBody;

/**
 * Whether a message is to be thought about. What is shown of it may be a summary or nothing, while all of
 * it is billed.
 *
 * @see <a href="https://docs.anthropic.com/en/docs/build-with-claude/extended-thinking">Anthropic:
 *     extended thinking</a>
 */
final class AnthropicThinking {

  private AnthropicThinking() {}

  static boolean asked(JsonBody body) {
    String type = body.text("thinking", "type");
    return type != null && !type.equals("disabled");
  }
}
