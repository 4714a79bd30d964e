package dev.purser.wire.dialect;

import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.error.ErrorShape;
import dev.purser.wire.host.Hosts;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.request.CapPlace;
import dev.purser.wire.request.JsonBody;
import dev.purser.wire.request.JsonCall;
import org.jspecify.annotations.Nullable;

/**
 * Ollama's own API, on any host that is not a provider's: it stands where somebody put it. What is not
 * said to come at once is streamed, as lines of JSON. A cap of −1 or −2 is none.
 *
 * @see <a href="https://docs.ollama.com/api">Ollama's API</a>
 */
final class OllamaCall extends NamedDialect {

  private static final String PROVIDER = "ollama";
  private static final CapPlace CAP = CapPlace.of("options.num_predict");

  private final String path;
  private final boolean writes;

  /**
   * Creates a dialect.
   *
   * @param path how paths end that lead to it
   * @param writes whether text is written; else embeddings are made
   */
  OllamaCall(String name, String path, boolean writes) {
    super(name, ErrorShape.TEXT);
    this.path = path;
    this.writes = writes;
  }

  @Override
  public boolean isConversation() {
    return writes;
  }

  @Override
  public boolean speaks(String method, String host, String path) {
    return method.equals("POST") && path.endsWith(this.path) && Hosts.providerOf(host) == null;
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    JsonBody body = JsonBody.read(request.body());
    String model = body == null ? null : body.text("model");
    if (body == null || model == null) {
      return null;
    }
    JsonSlice stream = body.last("stream");
    boolean streamed = writes && (stream == null || stream.isNull() || stream.isTrue());
    Prompt prompt = OllamaPrompt.read(body);
    return JsonCall.builder(this, request, body, head -> new OllamaAnswer(PROVIDER))
        .model(ModelId.of(PROVIDER, model))
        .prompt(prompt)
        .cap(writes ? CAP : CapPlace.NOTHING)
        .stream(streamed)
        .build();
  }
}
