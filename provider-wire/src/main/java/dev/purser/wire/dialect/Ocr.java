package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.api.UsageKind;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.host.Hosts;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.request.JsonBody;
import dev.purser.wire.request.JsonCall;
import org.jspecify.annotations.Nullable;

/**
 * Mistral's reading of documents, billed by the page.
 *
 * @see <a href="https://docs.mistral.ai/api/#tag/ocr">the API reference</a>
 */
final class Ocr extends OpenAiDialect {

  Ocr() {
    super("mistral.ocr", "/ocr");
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    JsonBody body = JsonBody.read(request.body());
    if (body == null) {
      return null;
    }
    Prompt.Builder prompt = Prompt.builder();
    JsonSlice document = body.last("document");
    if (document != null && document.isObject()) {
      ChatPart.add(document, prompt);
    }
    prompt.fees(UsageKind.PAGE, OcrPages.of(body));
    String provider = Hosts.providerOf(request.host());
    return JsonCall.builder(this, request, body, head -> new OcrAnswer(provider))
        .prompt(prompt.build())
        .build();
  }
}
