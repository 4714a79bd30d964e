package dev.purser.wire;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request as an adapter sees it before it leaves. The body is borrowed: nobody writes to it.
 *
 * @param method the HTTP method
 * @param host the host, without port
 * @param path the path, still encoded, without query
 * @param query the query, still encoded, without the question mark; null if there is none
 * @param headers finds the last value of a header by its name, whatever the case
 * @param body the body's bytes, already freed of a content encoding
 */
@SuppressWarnings("ArrayRecordComponent") // borrowed, not copied: bodies may be large
public record WireRequest(
    String method,
    String host,
    String path,
    @Nullable String query,
    Function<String, @Nullable String> headers,
    byte[] body) {

  /** Renders where the request goes and its size: a query may hold a key, and so may a header. */
  @Override
  public String toString() {
    return method + " " + host + path + ", " + body.length + " bytes";
  }
}
