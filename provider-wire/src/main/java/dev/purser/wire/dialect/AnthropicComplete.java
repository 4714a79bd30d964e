package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.error.ErrorShape;
import dev.purser.wire.host.Hosts;
import dev.purser.wire.request.CapPlace;
import dev.purser.wire.request.JsonBody;
import dev.purser.wire.request.JsonCall;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's text completions, the API before messages. Its answers count nothing.
 *
 * @see <a href="https://docs.anthropic.com/en/api/complete">the API reference</a>
 */
final class AnthropicComplete extends NamedDialect {

  private static final CapPlace CAP = CapPlace.of("max_tokens_to_sample");

  AnthropicComplete() {
    super("anthropic.complete", ErrorShape.ANTHROPIC);
  }

  @Override
  public boolean speaks(String method, String host, String path) {
    return method.equals("POST") && ApiPath.endsWith(path, "/v1/complete");
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    JsonBody body = JsonBody.read(request.body());
    String prompt = body == null ? null : body.text("prompt");
    if (body == null || prompt == null) {
      return null;
    }
    String provider = Hosts.providerOf(request.host());
    return JsonCall.builder(
            this, request, body, head -> new TextAnswer(provider, "completion", "stop_reason"))
        .cap(CAP)
        .prompt(Prompt.ofText(prompt))
        .build();
  }
}
