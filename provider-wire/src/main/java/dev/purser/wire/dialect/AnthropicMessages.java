package dev.purser.wire.dialect;

import dev.purser.api.Prompt;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.error.ErrorShape;
import dev.purser.wire.host.Hosts;
import dev.purser.wire.request.CapPlace;
import dev.purser.wire.request.JsonBody;
import dev.purser.wire.request.JsonCall;
import dev.purser.wire.request.JsonCallBuilder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's messages, which other providers and gateways speak too, on any host. Google's Vertex takes
 * the same body at a path of its own, which names the model.
 *
 * @see <a href="https://docs.anthropic.com/en/api/messages">the API reference</a>
 * @see <a href="https://cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude">Vertex</a>
 */
final class AnthropicMessages extends NamedDialect {

  static final CapPlace CAP = CapPlace.of("max_tokens");

  /** How a request asks to be served fast, and what the answer and the tier are called then. */
  static final String FAST = "fast";

  private static final String PATH = "/v1/messages";

  private static final Pattern VERTEX =
      Pattern.compile(".*/publishers/anthropic/models/([^/:]+):(rawPredict|streamRawPredict)");

  AnthropicMessages() {
    super("anthropic.messages", ErrorShape.ANTHROPIC);
  }

  @Override
  public boolean isConversation() {
    return true;
  }

  @Override
  public boolean speaks(String method, String host, String path) {
    return method.equals("POST")
        && (ApiPath.endsWith(path, PATH)
            || (path.contains("/publishers/anthropic/") && VERTEX.matcher(path).matches()));
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    JsonBody body = JsonBody.read(request.body());
    Prompt prompt = body == null ? null : AnthropicPrompt.read(body);
    if (body == null || prompt == null) {
      return null;
    }
    String provider = Hosts.providerOf(request.host());
    Matcher vertex = VERTEX.matcher(request.path());
    boolean named = vertex.matches();
    String stated = body.text("model");
    String model = named ? ApiPath.decoded(vertex.group(1)) : stated == null ? "" : stated;
    boolean thinks = AnthropicThinking.asked(body);
    boolean fast = FAST.equals(body.text("speed"));
    JsonCallBuilder call = JsonCall.builder(
        this, request, body, head -> new AnthropicAnswer(provider, model, thinks, fast))
        .model(model)
        .alternatives(Alternatives.of(body, request.headers(), provider, model, ""))
        .cap(CAP)
        .alongside((splice, tokens) -> AnthropicThinking.fit(body, splice, tokens))
        .prompt(prompt)
        .serviceTier(tier(body))
        .stream(body.isTrue("stream") || (named && vertex.group(2).startsWith("stream")));
    String geo = AnthropicBill.region(body.text("inference_geo"));
    String region = geo == null && named ? ModelPath.region(request.path()) : geo;
    return (region == null ? call : call.region(region)).build();
  }

  /** To be fast is a tier of its own, whatever else is asked for. */
  private static @Nullable String tier(JsonBody body) {
    return FAST.equals(body.text("speed")) ? FAST : body.text("service_tier");
  }
}
