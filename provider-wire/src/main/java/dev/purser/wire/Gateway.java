package dev.purser.wire;

import dev.purser.spi.Upstream;
import dev.purser.wire.host.HostOwners;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service between the caller and a provider that wants a credential of its own, besides the
 * provider's. OpenRouter and Helicone's AI gateway are none: they want one credential, as a provider
 * does. LiteLLM's proxy is none either: it stands on any host, and wants one credential, too.
 */
enum Gateway {

  /**
   * Portkey. Keeps the provider's key itself, unless the request names the provider.
   *
   * @see <a href="https://portkey.ai/docs/api-reference/inference-api/headers">its headers</a>
   */
  PORTKEY("portkey", CredentialPlace.PORTKEY, "", true) {
    @Override
    @Nullable Upstream beyond(RequestHead head, String keyName) {
      List<String> host = head.headers("x-portkey-custom-host");
      if (!host.isEmpty()) {
        return at(host, keyName);
      }
      // A configuration that the request itself brings may name a host.
      boolean maybeAnotherHost = head.headers("x-portkey-config").stream()
          .anyMatch(config ->
              config.toLowerCase(Locale.ROOT).contains("host") || config.indexOf('\\') >= 0);
      List<String> named = head.headers("x-portkey-provider");
      String provider =
          named.size() == 1 && !maybeAnotherHost ? PORTKEY_NAMES.get(named.get(0)) : null;
      return provider == null ? null : new Upstream(provider, head.host(), head.port(), keyName);
    }
  },

  /**
   * Helicone's proxies, which pass the provider's key on.
   *
   * @see <a href="https://docs.helicone.ai/helicone-headers">its headers</a>
   */
  HELICONE("helicone", CredentialPlace.HELICONE, "Bearer ", false) {
    @Override
    @Nullable Upstream beyond(RequestHead head, String keyName) {
      if (!head.headers("Helicone-Fallbacks").isEmpty()) {
        return null; // it may name hosts of anybody
      }
      // Either header may count at any of its hosts, so one that is not expected makes it
      // uncertain.
      List<String> base = head.headers("Helicone-OpenAI-Api-Base");
      List<String> target = head.headers("Helicone-Target-Url");
      return switch (head.host()) {
        case "oai.helicone.ai" ->
          target.isEmpty()
              ? at(base.isEmpty() ? List.of("https://api.openai.com") : base, keyName)
              : null;
        case "anthropic.helicone.ai" ->
          target.isEmpty() && base.isEmpty()
              ? at(List.of("https://api.anthropic.com"), keyName)
              : null;
        default -> base.isEmpty() ? at(target, keyName) : null;
      };
    }
  };

  /**
   * The names of providers that are not ours. Azure, Vertex and Bedrock are left out: their hosts are
   * made of what the request's headers say.
   */
  private static final Map<String, String> PORTKEY_NAMES = Map.ofEntries(
      Map.entry("openai", "openai"),
      Map.entry("anthropic", "anthropic"),
      Map.entry("google", "google"),
      Map.entry("mistral-ai", "mistral"),
      Map.entry("cohere", "cohere"),
      Map.entry("deepseek", "deepseek"),
      Map.entry("moonshot", "moonshotai"),
      Map.entry("x-ai", "x-ai"),
      Map.entry("groq", "groq"),
      Map.entry("openrouter", "openrouter"),
      Map.entry("perplexity-ai", "perplexity"),
      Map.entry("together-ai", "together"),
      Map.entry("fireworks-ai", "fireworks"),
      Map.entry("cerebras", "cerebras"),
      Map.entry("deepinfra", "deepinfra"));

  private final String owner;
  private final String header;
  private final String before;
  private final boolean keepsKeys;

  Gateway(String owner, String header, String before, boolean keepsKeys) {
    this.owner = owner;
    this.header = header;
    this.before = before;
    this.keepsKeys = keepsKeys;
  }

  /** Returns the gateway that a request goes to, or null. */
  static @Nullable Gateway of(RequestHead head) {
    if (!head.secure()) {
      return null;
    }
    return switch (head.host()) {
      case "api.portkey.ai" -> PORTKEY;
      case "oai.helicone.ai", "anthropic.helicone.ai", "gateway.helicone.ai" -> HELICONE;
      default -> null;
    };
  }

  /** Returns the name by which its own credential is asked for. */
  String owner() {
    return owner;
  }

  /** Returns where it reads its own credential. */
  CredentialPlace place() {
    return CredentialPlace.header(header, before);
  }

  /** Whether it may have the provider's credential already. */
  boolean keepsKeys() {
    return keepsKeys;
  }

  /** Returns who gets what the other places hold; null if nobody does, or it is not certain who. */
  abstract @Nullable Upstream beyond(RequestHead head, String keyName);

  private static @Nullable Upstream at(List<String> urls, String keyName) {
    // Of several, it is not known which one counts.
    String host = urls.size() == 1 ? HostOwners.hostOf(urls.get(0)) : null;
    return host == null ? null : new Upstream(HostOwners.ownerOf(host), host, 443, keyName);
  }
}
