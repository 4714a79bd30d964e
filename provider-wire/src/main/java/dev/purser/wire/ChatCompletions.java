package dev.purser.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.api.Denial;
import dev.purser.api.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's chat completions, which most providers speak too.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">the API reference</a>
 */
final class ChatCompletions implements Dialect {

  private static final String PATH = "/chat/completions";

  @Override
  public String name() {
    return "openai.chat.completions";
  }

  @Override
  public boolean speaks(String method, String host, String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--; // many servers answer there too
    }
    return method.equals("POST") && path.startsWith(PATH, end - PATH.length());
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    return ChatCall.read(this, request);
  }

  /**
   * {@inheritDoc} OpenAI's errors are an object {@code error} with {@code message}, {@code type},
   * {@code param} and {@code code}; {@code purser} is ours, for {@link Refusal#parse}.
   */
  @Override
  public String refusalBody(Refusal refusal) {
    boolean exhausted = refusal.reason() == Refusal.Reason.EXHAUSTED;
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer
        .putObject("error")
        .put("message", refusal.message())
        .put("type", exhausted ? "insufficient_quota" : "rate_limit_error")
        .putNull("param")
        .put("code", exhausted ? "budget_exhausted" : "budget_held")
        .put("purser", refusal.token());
    return answer.toString();
  }

  @Override
  public String denialBody(Denial denial) {
    return DenialShape.OPENAI.body(denial);
  }
}
