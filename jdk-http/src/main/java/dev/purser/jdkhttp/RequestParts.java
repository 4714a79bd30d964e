package dev.purser.jdkhttp;

import dev.purser.http.AttributionHeaders;
import dev.purser.http.CallHead;
import dev.purser.wire.CarriedKey;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request of the JDK's as the neutral parts see it. Only for one whose URI has a host. */
final class RequestParts implements CallHead {

  private final HttpRequest request;
  private final URI uri;
  private final String host;
  private final boolean secure;
  private final List<Map.Entry<String, String>> headers = new ArrayList<>();
  private final List<Map.Entry<String, String>> parameters = new ArrayList<>();

  RequestParts(HttpRequest request) {
    this.request = request;
    uri = request.uri();
    // Without the brackets that an address of IPv6 has in a URI.
    host = uri.getHost().replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
    secure = "https".equalsIgnoreCase(uri.getScheme());
    request
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(value -> headers.add(Map.entry(name, value))));
    if (uri.getRawQuery() != null) {
      for (String part : uri.getRawQuery().split("&", -1)) {
        parameters.add(parameter(part));
      }
    }
  }

  /** Returns the decoded name and value of a part of a query. */
  static Map.Entry<String, String> parameter(String part) {
    int equals = part.indexOf('=');
    return Map.entry(
        decoded(equals < 0 ? part : part.substring(0, equals)),
        equals < 0 ? "" : decoded(part.substring(equals + 1)));
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
        || CarriedKey.mayBeIn(path());
  }

  /** Returns a request without any header that attributes it; the request itself if it has none. */
  static HttpRequest withoutAttribution(HttpRequest request) {
    return request.headers().map().keySet().stream().anyMatch(AttributionHeaders::isOurs)
        ? HttpRequest.newBuilder(request, (name, value) -> !AttributionHeaders.isOurs(name))
            .build()
        : request;
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public boolean secure() {
    return secure;
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public int port() {
    return uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
  }

  @Override
  public String path() {
    String path = uri.getPath();
    return path.isEmpty() ? "" : path.substring(1);
  }

  @Override
  public String encodedPath() {
    return uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
  }

  @Override
  public @Nullable String encodedQuery() {
    return uri.getRawQuery();
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
