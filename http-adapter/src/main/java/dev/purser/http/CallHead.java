package dev.purser.http;

import dev.purser.wire.RequestHead;
import dev.purser.wire.WireRequest;
import org.jspecify.annotations.Nullable;

/** All of a request but its body, as an adapter sees it before it leaves. */
public interface CallHead extends RequestHead {

  /** Returns the HTTP method. */
  String method();

  /** Returns the path, still encoded, with its first slash. */
  String encodedPath();

  /** Returns the query, still encoded, without the question mark; null if there is none. */
  @Nullable String encodedQuery();

  /** Returns the last value of a header, whatever the case of its name; null if there is none. */
  default @Nullable String header(String name) {
    for (int i = headerCount() - 1; i >= 0; i--) {
      if (headerName(i).equalsIgnoreCase(name)) {
        return headerValue(i);
      }
    }
    return null;
  }

  /** Returns the request as a dialect reads it. */
  default WireRequest with(byte[] json) {
    return new WireRequest(method(), host(), encodedPath(), encodedQuery(), this::header, json);
  }
}
