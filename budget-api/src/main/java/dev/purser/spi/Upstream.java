package dev.purser.spi;

import org.jspecify.annotations.Nullable;

/**
 * Where a credential is needed in place of a virtual key.
 *
 * @param provider who is to accept it, as in the price table, such as {@code openai}, or a gateway:
 *     {@code openrouter}, {@code portkey}, {@code helicone}; null for a host of nobody we know
 * @param host the host that it will be sent to, in lower case, without port; behind a gateway, the
 *     host that it is passed on to, or the gateway's if that is not known
 * @param port the port
 * @param key the name of the virtual key, for whoever gives each team or key a credential of its own;
 *     its name only: who uses it is no fact of the call
 */
public record Upstream(@Nullable String provider, String host, int port, String key) {

  /** Returns the host and the port, {@code localhost:4000}. */
  public String authority() {
    return host + ":" + port;
  }
}
