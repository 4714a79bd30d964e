package dev.purser.wire.dialect;

import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.error.ErrorShape;
import dev.purser.wire.host.Hosts;
import dev.purser.wire.request.CapPlace;
import dev.purser.wire.request.JsonBody;
import dev.purser.wire.request.JsonCall;
import org.jspecify.annotations.Nullable;

/**
 * Cohere's ways to have text written: chat of its two versions, and what was before. Behind hosts that
 * nobody knows, too, and on Azure, which serves it as it is.
 *
 * @see <a href="https://docs.cohere.com/reference/chat">Cohere: chat</a>
 * @see <a href="https://docs.cohere.com/v1/reference/chat">Cohere: chat, first version</a>
 */
final class CohereGeneration extends NamedDialect {

  private static final CapPlace CAP = CapPlace.of("max_tokens");

  private final String path;
  private final String asks;

  /**
   * Creates a dialect.
   *
   * @param path how paths end that lead to it
   * @param asks the field by which a request is known where it is not certain who answers
   */
  CohereGeneration(String name, String path, String asks) {
    super(name, ErrorShape.MESSAGE);
    this.path = path;
    this.asks = asks;
  }

  @Override
  public boolean isConversation() {
    return asks.startsWith("message");
  }

  @Override
  public boolean speaks(String method, String host, String path) {
    return method.equals("POST") && path.endsWith(this.path) && CohereHosts.mayServe(host);
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    JsonBody body = JsonBody.read(request.body());
    boolean certain = "cohere".equals(Hosts.providerOf(request.host()));
    if (body == null || (body.last(asks) == null && !certain)) {
      return null; // somebody else's API at a path like this
    }
    String provider = CohereHosts.providerOf(request);
    return JsonCall.builder(this, request, body, head -> new CohereAnswer(provider))
        .model(CohereHosts.model(provider, body))
        .prompt(CoherePrompt.generation(body))
        .cap(CAP)
        .choices(body.largestCount("num_generations"))
        .build();
  }
}
