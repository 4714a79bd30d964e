package dev.purser.okhttp;

import dev.purser.wire.CarriedKey;
import dev.purser.wire.RequestHead;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** A request of OkHttp's as the wire looks for credentials in it. */
final class RequestParts implements RequestHead {

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
