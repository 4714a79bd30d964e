package dev.purser.wire.dialect;

import dev.purser.api.Denial;
import dev.purser.api.Refusal;
import dev.purser.wire.Dialect;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.error.ErrorShape;
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

  @Override
  public String refusalBody(Refusal refusal) {
    return ErrorShape.OPENAI.body(refusal);
  }

  @Override
  public String denialBody(Denial denial) {
    return ErrorShape.OPENAI.body(denial);
  }
}
