package dev.purser.wire.request;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The session that a request names by itself, in a well-known header or in its metadata. */
public final class Sessions {

  private static final String[] HEADERS = {"Helicone-Session-Id", "x-litellm-trace-id"};
  private static final String[] FIELDS = {"session_id", "session"};

  private Sessions() {}

  /** Returns the session, or null if none is named. */
  public static @Nullable String of(Function<String, @Nullable String> headers, JsonBody body) {
    for (String name : HEADERS) {
      String value = headers.apply(name);
      if (value != null && !value.isBlank()) {
        return value;
      }
    }
    for (String name : FIELDS) {
      String value = body.text("metadata", name);
      if (value != null && !value.isBlank()) {
        return value;
      }
    }
    return null;
  }
}
