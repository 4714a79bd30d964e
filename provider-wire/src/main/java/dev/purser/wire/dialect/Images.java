package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.api.UsageKind;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.host.Hosts;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.request.FormBody;
import dev.purser.wire.request.FormCall;
import dev.purser.wire.request.JsonBody;
import dev.purser.wire.request.JsonCall;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Pictures from texts, and changes of pictures, which are sent in a form or named in JSON.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/images">the API reference</a>
 * @see <a href="https://docs.x.ai/docs/guides/image-generations">xAI: image generations</a>
 */
final class Images extends OpenAiDialect {

  /** What OpenAI takes where none is named: dall-e-2, but a request may mean GPT Image, which is dearer. */
  private static final String DEFAULT = "gpt-image-1";

  Images() {
    super("openai.images", "/images/generations", "/images/edits", "/images/variations");
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    String provider = Hosts.providerOf(request.host());
    String deployment = PathEnd.deployment(request.path());
    String type = request.headers().apply("Content-Type");
    if (FormBody.is(request.body(), type)) {
      FormBody form = FormBody.read(request.body(), type);
      if (form == null) {
        return null;
      }
      Prompt.Builder prompt = FormPrompt.read(form, Prompt.MediaKind.IMAGE);
      int count = form.count("n");
      String named = form.text("model");
      tell(named == null ? deployment : named.strip(), count, prompt);
      return FormCall.of(
          this,
          request,
          form,
          deployment,
          prompt.build(),
          count,
          head -> new ImagesAnswer(provider, count));
    }
    JsonBody body = JsonBody.read(request.body());
    if (body == null) {
      return null;
    }
    int count = body.largestCount("n");
    String stated = body.text("model");
    String named = stated == null ? deployment : stated;
    String model = named.isEmpty() && "openai".equals(provider) ? DEFAULT : named;
    Prompt.Builder prompt = prompt(body);
    tell(model, count, prompt);
    return JsonCall.builder(this, request, body, head -> new ImagesAnswer(provider, count))
        .model(model)
        .prompt(prompt.build())
        .choices(count)
        .build();
  }

  /** Models of this name are billed by tokens, of which each picture takes so many at the most. */
  private static void tell(String model, int count, Prompt.Builder prompt) {
    String name = model.toLowerCase(Locale.ROOT);
    if (!name.contains("gpt-image")) {
      prompt.fees(UsageKind.PICTURE, count);
    }
  }

  private static Prompt.Builder prompt(JsonBody body) {
    Prompt.Builder prompt = Prompt.builder();
    String text = body.text("prompt");
    if (text != null) {
      prompt.text(text);
    }
    for (String field : new String[] {"image", "images", "mask"}) {
      JsonSlice value = body.last(field);
      if (value != null && value.isArray()) {
        value.each((none, one) -> prompt.media(ChatPart.image(one)));
      } else if (value != null && !value.isNull()) {
        prompt.media(ChatPart.image(value));
      }
    }
    return prompt;
  }
}
