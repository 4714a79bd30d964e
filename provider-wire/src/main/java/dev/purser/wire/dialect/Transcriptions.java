package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.host.Hosts;
import dev.purser.wire.request.FormBody;
import dev.purser.wire.request.FormCall;
import dev.purser.wire.request.JsonBody;
import dev.purser.wire.request.JsonCall;
import org.jspecify.annotations.Nullable;

/**
 * Texts of recordings, in their own language or in English: asked for by a form with the recording in
 * it, or, with some hosts, by JSON that names one.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/audio">OpenAI: audio</a>
 * @see <a href="https://docs.mistral.ai/api/#tag/audio.transcriptions">Mistral: transcriptions</a>
 */
final class Transcriptions extends OpenAiDialect {

  Transcriptions() {
    super("openai.audio.transcriptions", "/audio/transcriptions", "/audio/translations");
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    String provider = Hosts.providerOf(request.host());
    String type = request.headers().apply("Content-Type");
    if (FormBody.is(request.body(), type)) {
      FormBody form = FormBody.read(request.body(), type);
      if (form == null) {
        return null;
      }
      String deployment = PathEnd.deployment(request.path());
      String stated = form.text("model");
      Prompt.Builder prompt = FormPrompt.read(form, Prompt.MediaKind.AUDIO);
      SoundLength.tell(prompt.build(), stated == null ? deployment : stated, prompt);
      return FormCall.of(
          this,
          request,
          form,
          deployment,
          prompt.build(),
          1,
          head -> new TranscriptAnswer(provider));
    }
    JsonBody body = JsonBody.read(request.body());
    return body == null
        ? null
        : JsonCall.builder(this, request, body, head -> new TranscriptAnswer(provider))
            .prompt(recording(body))
            .build();
  }

  private static Prompt recording(JsonBody body) {
    Prompt.Builder prompt =
        Prompt.builder().media(new Prompt.Media(Prompt.MediaKind.AUDIO, "", 0, 0, 0, ""));
    String hint = body.text("prompt");
    String model = body.text("model");
    SoundLength.tell(prompt.build(), model == null ? "" : model, prompt);
    return hint == null ? prompt.build() : prompt.text(hint).build();
  }
}
