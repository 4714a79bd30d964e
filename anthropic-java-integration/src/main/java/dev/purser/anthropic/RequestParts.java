package dev.purser.anthropic;

import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.QueryParams;
import dev.purser.http.AttributionHeaders;
import dev.purser.http.CallHead;
import dev.purser.wire.CarriedKey;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request of the SDK's as the neutral parts see it. The SDK's HTTP client puts the URL together from
 * the base URL, the segments of the path and the parameters, so this does too. A base URL that is none by
 * RFC 3986 has no host here, for two readers of it might disagree on who gets a credential.
 */
final class RequestParts implements CallHead {

  /** A name that {@link URI} does not take for a host, as those of containers with an underscore. */
  private static final Pattern AUTHORITY = Pattern.compile("([A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");

  /** Where a base URL leads that has no host: a name that nobody can have (RFC 2606). */
  private static final String NOWHERE = "unreadable.invalid";

  private final HttpRequest request;
  private final boolean secure;
  private final String host;
  private final int port;
  private final String path;
  private final String encodedPath;
  private final @Nullable String encodedQuery;
  private final List<Map.Entry<String, String>> headers = new ArrayList<>();
  private final List<Map.Entry<String, String>> parameters = new ArrayList<>();

  RequestParts(HttpRequest request) {
    this.request = request;
    Headers all = request.headers();
    all.names()
        .forEach(name -> all.values(name).forEach(value -> headers.add(Map.entry(name, value))));
    URI base = base(request.baseUrl());
    secure = "https".equalsIgnoreCase(base.getScheme());
    String unread = base.getHost() == null ? base.getRawAuthority() : null;
    Matcher authority = AUTHORITY.matcher(unread == null ? "" : unread);
    boolean named = authority.matches();
    String stated = named ? authority.group(1) : base.getHost();
    // Without the brackets that an address of IPv6 has in a URL.
    host = stated == null ? NOWHERE : stated.replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
    int statedPort =
        named && authority.group(2) != null ? Integer.parseInt(authority.group(2)) : base.getPort();
    port = statedPort >= 0 ? statedPort : secure ? 443 : 80;
    path = path(base.getPath(), request.pathSegments(), false).substring(1);
    encodedPath = path(base.getRawPath(), request.pathSegments(), true);
    encodedQuery = query(base.getRawQuery(), request.queryParams());
  }

  private static URI base(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      return URI.create("unreadable:/"); // what it quotes may hold a secret
    }
  }

  private static String path(@Nullable String base, List<String> segments, boolean encode) {
    StringBuilder path = new StringBuilder(base == null ? "" : base);
    for (String segment : segments) {
      if (path.length() == 0 || path.charAt(path.length() - 1) != '/') {
        path.append('/');
      }
      path.append(encode ? encoded(segment) : segment);
    }
    return path.length() == 0 ? "/" : path.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private @Nullable String query(@Nullable String base, QueryParams more) {
    List<String> parts = new ArrayList<>();
    if (base != null) {
      for (String part : base.split("&", -1)) {
        int equals = part.indexOf('=');
        parts.add(part);
        parameters.add(Map.entry(
            decoded(equals < 0 ? part : part.substring(0, equals)),
            equals < 0 ? "" : decoded(part.substring(equals + 1))));
      }
    }
    for (String name : more.keys()) {
      for (String value : more.values(name)) {
        parts.add(encoded(name) + "=" + encoded(value));
        parameters.add(Map.entry(name, value));
      }
    }
    return parts.isEmpty() ? null : String.join("&", parts);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // whoever reads it will find a lone per cent sign, too
    }
  }

  /** Returns the virtual key that the request carries, or null; one without costs a look. */
  @Nullable CarriedKey virtualKey() {
    return mayCarryOne() ? CarriedKey.in(this) : null;
  }

  private boolean mayCarryOne() {
    return headers.stream().anyMatch(header -> CarriedKey.mayBeIn(header.getValue()))
        || parameters.stream()
            .anyMatch(
                each -> CarriedKey.mayBeIn(each.getKey()) || CarriedKey.mayBeIn(each.getValue()))
        || CarriedKey.mayBeIn(path);
  }

  /** Returns a request without any header that attributes it; the request itself if it has none. */
  static HttpRequest withoutAttribution(HttpRequest request) {
    HttpRequest.Builder stripped = null;
    for (String name : request.headers().names()) {
      if (AttributionHeaders.isOurs(name)) {
        stripped = stripped == null ? request.toBuilder() : stripped;
        stripped.removeHeaders(name);
      }
    }
    return stripped == null ? request : stripped.build();
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public boolean secure() {
    return secure;
  }

  /** Whether it is certain where the request goes. */
  boolean certain() {
    return !host.equals(NOWHERE);
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String encodedPath() {
    return encodedPath;
  }

  @Override
  public @Nullable String encodedQuery() {
    return encodedQuery;
  }

  @Override
  public int headerCount() {
    return headers.size();
  }

  @Override
  public String headerName(int index) {
    return headers.get(index).getKey();
  }

  @Override
  public String headerValue(int index) {
    return headers.get(index).getValue();
  }

  @Override
  public int parameterCount() {
    return parameters.size();
  }

  @Override
  public String parameterName(int index) {
    return parameters.get(index).getKey();
  }

  @Override
  public String parameterValue(int index) {
    return parameters.get(index).getValue();
  }

  /** Says where it goes, and nothing of what it carries. */
  @Override
  public String toString() {
    return method() + " " + host;
  }
}
