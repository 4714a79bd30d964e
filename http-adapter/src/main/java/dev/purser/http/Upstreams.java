package dev.purser.http;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hosts that calls may be sent to besides their own. Immutable and safe for use by several threads. */
public final class Upstreams {

  /** No others. */
  public static final Upstreams NONE = new Upstreams(Map.of());

  private final Map<String, UpstreamHost> byProviderAndApi;

  private Upstreams(Map<String, UpstreamHost> byProviderAndApi) {
    this.byProviderAndApi = byProviderAndApi;
  }

  /**
   * Collects hosts.
   *
   * @param source whether there is a source of credentials for virtual keys
   * @throws IllegalArgumentException if one of them has no credential, or would get it in the clear, or if
   *     a provider has two that speak alike
   */
  public static Upstreams of(Collection<UpstreamHost> hosts, boolean source) {
    Map<String, UpstreamHost> found = new HashMap<>();
    for (UpstreamHost host : hosts) {
      host.check(source);
      UpstreamHost other = found.put(key(host.provider(), host.family().api()), host);
      if (other != null) {
        throw new IllegalArgumentException(
            "two upstreams that speak alike: " + other + ", " + host);
      }
    }
    return found.isEmpty() ? NONE : new Upstreams(Map.copyOf(found));
  }

  /** Returns the host at which a provider speaks an API, or null. */
  @Nullable UpstreamHost find(String provider, String api) {
    return byProviderAndApi.isEmpty() ? null : byProviderAndApi.get(key(provider, api));
  }

  private static String key(String provider, String api) {
    return provider + " " + api;
  }
}
