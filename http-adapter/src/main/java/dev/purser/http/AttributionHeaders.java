package dev.purser.http;

import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.CallContext;
import dev.purser.api.KeySecret;
import dev.purser.wire.RequestHead;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Attribution as request headers: {@code x-purser-key}, {@code x-purser-user}, {@code
 * x-purser-team}, {@code x-purser-session}, {@code x-purser-parent} (the sessions that the session
 * is a part of, nearest first, with commas between), {@code x-purser-task} and {@code
 * x-purser-tag-<name>}; and {@link CallContext#HEADER}, which names the scope and the ceilings of a thread of this process. For clients whose calls leave on a thread of their own, as the official
 * SDKs' asynchronous ones. Adapters remove the headers before a call leaves.
 *
 * <p>Values are percent-encoded UTF-8 where HTTP would not carry them. Tag names lose their case in
 * headers, so their capital letters are encoded too.
 */
public final class AttributionHeaders {

  private static final String PREFIX = "x-purser-";
  private static final String TAG = "tag-";

  private AttributionHeaders() {}

  /** Returns the headers that attribute a call so; empty for an attribution that says nothing. */
  public static Map<String, String> of(Attribution attribution) {
    Map<String, String> headers = new LinkedHashMap<>();
    put(headers, "key", attribution.key());
    put(headers, "user", attribution.user());
    put(headers, "team", attribution.team());
    put(headers, "session", attribution.session());
    List<String> above = attribution.ancestors();
    if (!above.isEmpty()) {
      headers.put(
          PREFIX + "parent",
          above.stream()
              .map(each -> PercentCode.encode(each, AttributionHeaders::fitsList))
              .collect(Collectors.joining(",")));
    }
    put(headers, "task", attribution.taskClass());
    attribution
        .tags()
        .forEach((name, value) ->
            put(headers, TAG + PercentCode.encode(name, AttributionHeaders::fitsName), value));
    return Collections.unmodifiableMap(headers);
  }

  /**
   * Returns the headers that have a call count for all that this thread's calls count for: its scope,
   * also for {@code spent()}, and its ceilings. Of use in this process alone, while those are open.
   */
  public static Map<String, String> ofThisThread() {
    CallContext context = CallContext.capture();
    AttributionScope scope = context.scope();
    Map<String, String> headers =
        new LinkedHashMap<>(of(scope == null ? Attribution.NONE : scope.attribution()));
    String token = context.token();
    if (!token.isEmpty()) {
      headers.put(CallContext.HEADER, token);
    }
    return Collections.unmodifiableMap(headers);
  }

  private static void put(Map<String, String> headers, String part, @Nullable String value) {
    if (value != null) {
      headers.put(PREFIX + part, PercentCode.encode(value, AttributionHeaders::fitsValue));
    }
  }

  private static boolean fitsName(int octet) {
    return (octet >= 'a' && octet <= 'z') || (octet >= '0' && octet <= '9') || octet == '-';
  }

  private static boolean fitsValue(int octet) {
    return octet > ' ' && octet < 0x7f;
  }

  private static boolean fitsList(int octet) {
    return fitsValue(octet) && octet != ',';
  }

  /** Returns what the headers say; blank values and unknown parts say nothing. */
  public static Attribution read(RequestHead head) {
    Attribution read = Attribution.NONE;
    for (int i = 0; i < head.headerCount(); i++) {
      if (isOurs(head.headerName(i))) {
        String part = head.headerName(i).substring(PREFIX.length()).toLowerCase(Locale.ROOT);
        read = part.equals("parent")
            ? read.ancestors(list(head.headerValue(i)))
            : with(read, part, PercentCode.decode(head.headerValue(i)));
      }
    }
    return read;
  }

  private static List<String> list(String value) {
    return Arrays.stream(value.split(",", -1))
        .map(PercentCode::decode)
        .filter(each -> !each.isBlank() && !KeySecret.occursIn(each))
        .toList();
  }

  private static Attribution with(Attribution read, String part, String value) {
    // A key is named here by its name. Its secret, in the wrong header, must not become a record's.
    if (value.isBlank() || KeySecret.occursIn(value)) {
      return read;
    }
    return switch (part) {
      case "key" -> read.withKey(value);
      case "user" -> read.user(value);
      case "team" -> read.team(value);
      case "session" -> read.session(value);
      case "task" -> read.taskClass(value);
      default -> {
        String tag = part.startsWith(TAG) ? PercentCode.decode(part.substring(TAG.length())) : "";
        yield tag.isBlank() ? read : read.tag(tag, value);
      }
    };
  }

  /** Whether a header of this name is one of ours, which no request may leave with. */
  public static boolean isOurs(String header) {
    return header.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }
}
