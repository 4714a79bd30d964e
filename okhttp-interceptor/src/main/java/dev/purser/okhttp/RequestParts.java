package dev.purser.okhttp;

import dev.purser.http.AttributionHeaders;
import dev.purser.http.CallHead;
import dev.purser.wire.CarriedKey;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** A request of OkHttp's as the neutral parts see it. */
final class RequestParts implements CallHead {

  /** OkHttp sends that of the body, whatever the headers say. */
  private static final String CONTENT_TYPE = "Content-Type";

  private final Request request;
  private final HttpUrl url;
  private final Headers headers;

  RequestParts(Request request) {
    this.request = request;
    url = request.url();
    headers = request.headers();
  }

  /** Returns the virtual key that a request carries, or null; a request without one costs a look. */
  static @Nullable CarriedKey virtualKey(Request request) {
    return mayCarryOne(request) ? CarriedKey.in(new RequestParts(request)) : null;
  }

  private static boolean mayCarryOne(Request request) {
    Headers headers = request.headers();
    for (int i = 0; i < headers.size(); i++) {
      if (CarriedKey.mayBeIn(headers.value(i))) {
        return true;
      }
    }
    String url = request.url().toString();
    // What is encoded is looked at more closely: a key may be written so.
    return CarriedKey.mayBeIn(url) || url.indexOf('%') >= 0;
  }

  /** Returns the request without any header that attributes it; the request itself if it has none. */
  static Request withoutAttribution(Request request) {
    Request.Builder stripped = null;
    Headers headers = request.headers();
    for (int i = 0; i < headers.size(); i++) {
      if (AttributionHeaders.isOurs(headers.name(i))) {
        stripped = stripped == null ? request.newBuilder() : stripped;
        stripped.removeHeader(headers.name(i));
      }
    }
    return stripped == null ? request : stripped.build();
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public String encodedPath() {
    return url.encodedPath();
  }

  @Override
  public @Nullable String encodedQuery() {
    return url.encodedQuery();
  }

  @Override
  public @Nullable String header(String name) {
    RequestBody body = name.equalsIgnoreCase(CONTENT_TYPE) ? request.body() : null;
    MediaType type = body == null ? null : body.contentType();
    return type == null ? request.header(name) : type.toString();
  }

  @Override
  public boolean secure() {
    return request.isHttps();
  }

  @Override
  public String host() {
    return url.host();
  }

  @Override
  public int port() {
    return url.port();
  }

  @Override
  public String path() {
    return String.join("/", url.pathSegments());
  }

  @Override
  public int headerCount() {
    return headers.size();
  }

  @Override
  public String headerName(int index) {
    return headers.name(index);
  }

  @Override
  public String headerValue(int index) {
    return headers.value(index);
  }

  @Override
  public int parameterCount() {
    return url.querySize();
  }

  @Override
  public String parameterName(int index) {
    return url.queryParameterName(index);
  }

  @Override
  public String parameterValue(int index) {
    String value = url.queryParameterValue(index);
    return value == null ? "" : value;
  }
}
