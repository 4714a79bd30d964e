package dev.purser.wire.dialect;

import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.json.JsonSplice;
import dev.purser.wire.request.JsonBody;
import java.math.BigDecimal;

/**
 * Whether a message is to be thought about. What is shown of it may be a summary or nothing, while all of
 * it is billed.
 *
 * @see <a href="https://docs.anthropic.com/en/docs/build-with-claude/extended-thinking">Anthropic:
 *     extended thinking</a>
 */
final class AnthropicThinking {

  /** The least that may be asked for. */
  private static final long LEAST = 1024;

  private AnthropicThinking() {}

  /** Keeps the tokens for thinking below the cap, or the request is refused as invalid. */
  static void fit(JsonBody body, JsonSplice splice, long cap) {
    JsonSlice budget = body.at("thinking", "budget_tokens");
    BigDecimal tokens = budget == null ? null : budget.number();
    if (budget != null && tokens != null && tokens.compareTo(BigDecimal.valueOf(cap)) >= 0) {
      splice.replace(budget, Long.toString(Math.max(LEAST, cap - 1)));
    }
  }

  static boolean asked(JsonBody body) {
    String type = body.text("thinking", "type");
    return type != null && !type.equals("disabled");
  }
}
