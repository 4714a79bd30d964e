package dev.purser.wire.dialect;

import dev.purser.api.ModelId;
import dev.purser.wire.WireRequest;
import dev.purser.wire.host.Hosts;
import dev.purser.wire.request.JsonBody;
import java.util.Objects;

/** Where Cohere's own API is spoken. */
final class CohereHosts {

  private static final String COHERE = "cohere";

  private CohereHosts() {}

  /** Whether Cohere's API may be served there: by itself, by Azure, or by whom nobody knows. */
  static boolean mayServe(String host) {
    String provider = Hosts.providerOf(host);
    return provider == null || provider.equals(COHERE) || provider.equals("azure");
  }

  /** Returns who answers. */
  static String providerOf(WireRequest request) {
    return Objects.requireNonNullElse(Hosts.providerOf(request.host()), COHERE);
  }

  /** Returns the model asked for. */
  static ModelId model(String provider, JsonBody body) {
    String name = body.text("model");
    return ModelId.of(provider, name == null ? "" : name);
  }
}
