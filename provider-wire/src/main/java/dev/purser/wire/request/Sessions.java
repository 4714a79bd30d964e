package dev.purser.wire.request;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The session that a request names by itself, in a well-known header or in its metadata. */
public final class Sessions {

  private static final String[] HEADERS = {"Helicone-Session-Id", "x-litellm-trace-id"};
  private static final String[] FIELDS = {"session_id", "session"};

  /**
   * What Claude Code writes into {@code metadata.user_id}: a digest of the machine, the account and the
   * session.
   */
  private static final Pattern CLAUDE_CODE = Pattern.compile(
      "user_[0-9a-f]{64}_account_[0-9a-f-]{0,36}_session_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

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
    String user = body.text("metadata", "user_id");
    Matcher claudeCode = CLAUDE_CODE.matcher(user == null ? "" : user);
    return claudeCode.matches() ? claudeCode.group(1) : null;
  }
}
