package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.request.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * Chat completions from a prompt that Portkey keeps: its model and most of its text are unknown here, so
 * that it counts as a file of unknown size, with what the request fills in.
 *
 * @see <a href="https://portkey.ai/docs/api-reference/inference-api/prompts/prompt-completion">Portkey:
 *     prompt completions</a>
 */
final class StoredPrompts extends OpenAiDialect {

  StoredPrompts() {
    super("portkey.prompts", "/completions");
  }

  @Override
  public boolean speaks(String method, String host, String path) {
    return super.speaks(method, host, path) && path.contains("/v1/prompts/");
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    JsonBody body = JsonBody.read(request.body());
    if (body == null) {
      return null;
    }
    Prompt.Builder prompt = Prompt.builder().media(ChatPart.UNKNOWN);
    JsonSlice variables = body.last("variables");
    if (variables != null && !variables.isNull()) {
      prompt.text(variables.raw());
    }
    int choices = body.largestCount("n");
    return ChatCall.of(this, request, new ChatBody(body), prompt.build(), choices, choices);
  }
}
