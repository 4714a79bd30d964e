package dev.purser.http;

import dev.purser.api.Secret;
import dev.purser.wire.CredentialSwap;
import dev.purser.wire.CredentialSwap.Change;
import dev.purser.wire.dialect.Dialects;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host of a provider that calls may be sent to although they were made for another one. Immutable and
 * safe for use by several threads.
 */
public final class UpstreamHost {

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|.*\\.localhost|127(?:\\.\\d+){3}|\\[::1]");
  private static final Pattern PLAIN_PATH = Pattern.compile("(?:/[A-Za-z0-9._~-]+)*");
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final String provider;
  private final URI base;
  private final WireFamily family;
  private final String path;
  private final String readAs;
  private final @Nullable Supplier<Secret> credential;

  private UpstreamHost(
      String provider, URI base, String readAs, @Nullable Supplier<Secret> credential) {
    this.provider = provider;
    this.base = base;
    this.readAs = readAs;
    this.credential = credential;
    family = WireFamily.of(provider, base.getRawPath());
    path = family.behind(base.getRawPath());
  }

  /**
   * Takes a host.
   *
   * @param provider who answers there, as models are named: {@code groq}
   * @param baseUrl what stands before the path of an API, as the SDKs take it
   * @param credential gives what to send there; null if it is none of this host's own
   * @throws IllegalArgumentException if no call could be sent there, or none that could be counted
   */
  public static UpstreamHost of(
      String provider, String baseUrl, @Nullable Supplier<Secret> credential) {
    String usual = Dialects.hostOf(provider);
    if (usual == null || provider.equals("azure")) {
      throw objection(
          provider,
          baseUrl,
          usual == null && !provider.equals("aws")
              ? "no provider is called so"
              : "its requests are signed or name the model in their path");
    }
    URI base = base(provider, baseUrl);
    String host = base.getHost();
    String known = Dialects.providerOf(host);
    String owner = Dialects.ownerOf(host);
    if ((known != null && !known.equals(provider)) || (known == null && owner != null)) {
      throw objection(provider, baseUrl, "this is a host of " + (known == null ? owner : known));
    }
    if (Dialects.billsRegion(host)) {
      throw objection(provider, baseUrl, "what its region costs more would not be held");
    }
    UpstreamHost upstream =
        new UpstreamHost(provider, base, known == null ? usual : host, credential);
    if (credential != null) {
      upstream.mustBePrivate();
    }
    return upstream;
  }

  private static URI base(String provider, String baseUrl) {
    URI url;
    try {
      url = URI.create(baseUrl.replaceAll("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw objection(provider, "its base URL", "it is no URL"); // which may quote a credential
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
      throw objection(provider, "its base URL", "only a scheme, a host and a path may stand in it");
    }
    if (url.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      throw objection(provider, baseUrl, "it is no URL of http or https");
    }
    String path = url.getRawPath();
    if (!PLAIN_PATH.matcher(path).matches() || path.contains("/.")) {
      throw objection(provider, baseUrl, "its path is none that an API stands behind");
    }
    String host = url.getHost().toLowerCase(Locale.ROOT);
    if (host.endsWith(".")) {
      throw objection(provider, baseUrl, "the name of its host ends in a dot");
    }
    if (Dialects.find("POST", host, path) != null) {
      throw objection(
          provider, baseUrl, "this is an endpoint; what is wanted is what stands before it");
    }
    int port = url.getPort();
    return URI.create(scheme + "://" + host + (port < 0 ? "" : ":" + port) + path);
  }

  private static IllegalArgumentException objection(String provider, String url, String why) {
    return new IllegalArgumentException("upstream " + provider + " at " + url + ": " + why);
  }

  /**
   * Checks the host against where credentials come from.
   *
   * @param source whether there is a source of credentials for virtual keys
   * @throws IllegalArgumentException if a credential would go there in the clear, or there is none
   */
  void check(boolean source) {
    if (source) {
      mustBePrivate();
    } else if (credential == null && Dialects.ownerOf(host()) != null) {
      throw objection(provider, base.toString(), "there is no credential to send");
    }
  }

  private void mustBePrivate() {
    if (!secure() && !LOOPBACK.matcher(host()).matches()) {
      throw objection(
          provider, base.toString(), "without https, a credential goes to this host's own only");
    }
  }

  /** Returns who answers there. */
  public String provider() {
    return provider;
  }

  WireFamily family() {
    return family;
  }

  boolean secure() {
    return base.getScheme().equals("https");
  }

  String host() {
    return base.getHost();
  }

  int port() {
    return base.getPort() >= 0 ? base.getPort() : secure() ? HTTPS_PORT : HTTP_PORT;
  }

  /** Returns the host by whose name the dialects know who answers. */
  String readAs() {
    return readAs;
  }

  String path() {
    return path;
  }

  String url() {
    return base.resolve(path).toString();
  }

  /** Whether nobody there is known to ask for a credential. */
  boolean mayDoWithout() {
    return credential == null && Dialects.ownerOf(host()) == null;
  }

  /** Returns the credential given with this host, or null. */
  @Nullable Secret ownCredential() {
    Supplier<Secret> given = credential;
    return given == null ? null : CredentialSwap.usable(given.get());
  }

  /** Returns how a request says a credential there. */
  List<Change> saying(Secret secret) {
    return List.of(new Change(true, family.header(), family.before(), secret));
  }

  /** Says where it is, and nothing of its credential. */
  @Override
  public String toString() {
    return provider + " at " + base;
  }
}
