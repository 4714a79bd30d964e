package dev.purser.okhttp;

import dev.purser.api.Attribution;
import java.util.Map;

/**
 * Attribution as request headers: {@code x-purser-key}, {@code x-purser-user}, {@code
 * x-purser-team}, {@code x-purser-session}, {@code x-purser-parent} (the sessions that the session
 * is a part of, nearest first, with commas between), {@code x-purser-task} and {@code
 * x-purser-tag-<name>}. For clients whose calls leave on a thread of their own and take no OkHttp
 * tags, as the official SDKs' asynchronous ones. {@link BudgetInterceptor} removes the headers before
 * a call leaves.
 *
 * <p>Values are percent-encoded UTF-8 where HTTP would not carry them. Tag names lose their case in
 * headers, so their capital letters are encoded too.
 */
public final class AttributionHeaders {

  private AttributionHeaders() {}

  /** Returns the headers that attribute a call so; empty for an attribution that says nothing. */
  public static Map<String, String> of(Attribution attribution) {
    return dev.purser.http.AttributionHeaders.of(attribution);
  }

  /**
   * Returns the headers that have a call count for all that this thread's calls count for: its scope,
   * also for {@code spent()}, and its ceilings. Of use in this process alone, while those are open.
   */
  public static Map<String, String> ofThisThread() {
    return dev.purser.http.AttributionHeaders.ofThisThread();
  }
}
