package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.host.Hosts;
import dev.purser.wire.request.CapPlace;
import dev.purser.wire.request.JsonBody;
import dev.purser.wire.request.JsonCall;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's responses, and the compaction of a conversation, which is billed as well. Reading a response
 * again, cancelling it and counting its input are free.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses">the API reference</a>
 */
final class Responses extends OpenAiDialect {

  private static final String COMPACT = "/responses/compact";
  private static final CapPlace CAP = CapPlace.of("max_output_tokens");

  Responses() {
    super("openai.responses", "/responses", COMPACT);
  }

  @Override
  public boolean isConversation() {
    return true;
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    JsonBody body = JsonBody.read(request.body());
    Prompt prompt = body == null ? null : ResponsesPrompt.read(body);
    if (body == null || prompt == null) {
      return null;
    }
    String provider = Hosts.providerOf(request.host());
    String deployment = PathEnd.deployment(request.path());
    String stated = body.text("model");
    String model = stated == null ? deployment : stated;
    ImageTool images = ImageTool.of(body);
    boolean compact = PathEnd.is(request.path(), COMPACT);
    boolean later = body.isTrue("background") && !body.isTrue("stream");
    return JsonCall.builder(this, request, body, head -> new ResponsesAnswer(provider, images))
        .model(model)
        .alternatives(Alternatives.of(body, request.headers(), provider, model, deployment))
        .prompt(prompt)
        .cap(compact ? CapPlace.NONE : CAP)
        .unmetered(later ? "a background answer, which states its cost when it is fetched" : null)
        .build();
  }
}
