package dev.purser.http;

import dev.purser.api.Denial;
import dev.purser.api.Refusal;
import dev.purser.wire.Dialect;
import dev.purser.wire.WireCall;
import dev.purser.wire.dialect.Dialects;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as an answer that the provider might have given. An adapter often cannot see whether it
 * runs for a synchronous or an asynchronous call, and an answer is the one thing that reaches the
 * caller of both, once, without being retried as a failure of the network.
 *
 * @param status the HTTP status
 * @param phrase what the status line says of it
 * @param headers the headers, {@code Content-Type} among them
 * @param body JSON
 */
public record RefusedAnswer(int status, String phrase, Map<String, String> headers, String body) {

  /** The official SDKs obey this header; without it a status they do not know might be retried. */
  private static final String NO_RETRY = "x-should-retry";

  /** Returns the answer to a call that no budget can carry. */
  static RefusedAnswer of(WireCall wire, Refusal refusal, Instant now, FaultBarrier faults) {
    String token = refusal.token();
    String body = faults.ask("the refusal", () -> wire.dialect().refusalBody(refusal));
    String seconds =
        Long.toString(refusal.retryAfter(now).map(RefusedAnswer::wholeSeconds).orElse(1L));
    return switch (refusal.reason()) {
      case EXHAUSTED -> of(402, "Payment Required", NO_RETRY, "false", token, body);
      case HELD -> of(429, "Too Many Requests", "Retry-After", seconds, token, body);
      case UNAVAILABLE -> of(503, "Service Unavailable", "Retry-After", seconds, token, body);
    };
  }

  /**
   * Returns the answer to a call that may not be made.
   *
   * @param host whom it was for
   * @param dialect the API that it speaks, or null if it speaks none that is known
   */
  static RefusedAnswer of(
      String host, @Nullable Dialect dialect, Denial denial, FaultBarrier faults) {
    String body = faults.ask(
        "the denial",
        () -> dialect == null ? Dialects.denialBody(host, denial) : dialect.denialBody(denial));
    return denial.reason().unauthenticated()
        ? of(401, "Unauthorized", NO_RETRY, "false", denial.token(), body)
        : of(403, "Forbidden", NO_RETRY, "false", denial.token(), body);
  }

  private static RefusedAnswer of(
      int status, String phrase, String header, String value, String token, @Nullable String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("x-purser-refusal", token);
    headers.put(header, value);
    String said = body == null
        ? "{\"error\":{\"message\":\"" + token + "\"}}" // a token needs no escapes
        : body;
    return new RefusedAnswer(status, phrase, Collections.unmodifiableMap(headers), said);
  }

  private static long wholeSeconds(Duration wait) {
    return Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
  }
}
