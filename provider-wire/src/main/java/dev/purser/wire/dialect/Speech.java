package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.api.UsageKind;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.host.Hosts;
import dev.purser.wire.request.JsonBody;
import dev.purser.wire.request.JsonCall;
import org.jspecify.annotations.Nullable;

/**
 * Speech from a text. Most models are billed by its characters, which the request has; those that are
 * billed by tokens state them in a stream of events only.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/audio/createSpeech">the API reference</a>
 * @see <a href="https://platform.openai.com/docs/pricing">OpenAI: transcription and speech</a>
 */
final class Speech extends OpenAiDialect {

  Speech() {
    super("openai.audio.speech", "/audio/speech");
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    JsonBody body = JsonBody.read(request.body());
    if (body == null) {
      return null;
    }
    String provider = Hosts.providerOf(request.host());
    String stated = body.text("model");
    String model = stated == null ? PathEnd.deployment(request.path()) : stated;
    String input = body.text("input");
    String text = input == null ? "" : input;
    String manner = body.text("instructions");
    Prompt.Builder prompt = Prompt.builder().text(text);
    if (manner != null) {
      prompt.text(manner);
    }
    long characters =
        SoundLength.isBilledByTokens(model) ? 0 : text.codePointCount(0, text.length());
    prompt.fees(UsageKind.CHARACTER, characters);
    return JsonCall.builder(this, request, body, head -> new SpeechAnswer(provider, characters))
        .model(model)
        .prompt(prompt.build())
        .stream("sse".equals(body.text("stream_format")))
        .build();
  }
}
