package dev.purser.wire.dialect;

import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.error.ErrorShape;
import dev.purser.wire.request.JsonBody;
import dev.purser.wire.request.JsonCall;
import org.jspecify.annotations.Nullable;

/**
 * The creation of a batch of messages, which are answered within a day, and cost what their results say.
 *
 * @see <a href="https://docs.anthropic.com/en/api/creating-message-batches">the API reference</a>
 */
final class AnthropicBatches extends NamedDialect {

  AnthropicBatches() {
    super("anthropic.messages.batches", ErrorShape.ANTHROPIC);
  }

  @Override
  public boolean speaks(String method, String host, String path) {
    return method.equals("POST") && ApiPath.endsWith(path, "/v1/messages/batches");
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    JsonBody body = JsonBody.read(request.body());
    return body == null
        ? null
        : JsonCall.builder(
                this, request, body, head -> new AnthropicBatchReader(null, request.path()))
            .unmetered("a batch, which is charged when its results are read")
            .build();
  }
}
