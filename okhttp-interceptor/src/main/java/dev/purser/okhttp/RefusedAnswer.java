package dev.purser.okhttp;

import dev.purser.api.Denial;
import dev.purser.api.Refusal;
import dev.purser.wire.Dialect;
import dev.purser.wire.WireCall;
import dev.purser.wire.dialect.Dialects;
import java.time.Duration;
import java.time.Instant;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as an answer that the provider might have given. An interceptor cannot see whether it
 * runs for a synchronous or an asynchronous call, and an answer is the one thing that reaches the
 * caller of both, once, without being retried as a failure of the network.
 */
final class RefusedAnswer {

  private static final MediaType JSON = MediaType.get("application/json");

  /** The official SDKs obey this header; without it a status they do not know might be retried. */
  private static final String NO_RETRY = "x-should-retry";

  private RefusedAnswer() {}

  /** Returns the answer to a call that no budget can carry. */
  static Response of(
      Request request, WireCall wire, Refusal refusal, Instant now, FaultBarrier faults) {
    String token = refusal.token();
    String body = faults.ask("the refusal", () -> wire.dialect().refusalBody(refusal));
    Response.Builder answer = answer(request, token, body, now);
    if (refusal.reason() == Refusal.Reason.HELD) {
      long seconds = refusal.retryAfter(now).map(RefusedAnswer::wholeSeconds).orElse(1L);
      answer.code(429).message("Too Many Requests").header("Retry-After", Long.toString(seconds));
    } else {
      answer.code(402).message("Payment Required").header(NO_RETRY, "false");
    }
    return answer.build();
  }

  /**
   * Returns the answer to a call that may not be made.
   *
   * @param dialect the API that it speaks, or null if it speaks none that is known
   */
  static Response of(
      Request request, @Nullable Dialect dialect, Denial denial, Instant now, FaultBarrier faults) {
    String body = faults.ask(
        "the denial",
        () -> dialect == null
            ? Dialects.denialBody(request.url().host(), denial)
            : dialect.denialBody(denial));
    Response.Builder answer = answer(request, denial.token(), body, now).header(NO_RETRY, "false");
    return denial.reason().unauthenticated()
        ? answer.code(401).message("Unauthorized").build()
        : answer.code(403).message("Forbidden").build();
  }

  private static Response.Builder answer(
      Request request, String token, @Nullable String body, Instant now) {
    String said = body == null
        ? "{\"error\":{\"message\":\"" + token + "\"}}" // a token needs no escapes
        : body;
    return new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .header("Content-Type", "application/json")
        .header("x-purser-refusal", token)
        .body(ResponseBody.create(said, JSON))
        .sentRequestAtMillis(now.toEpochMilli())
        .receivedResponseAtMillis(now.toEpochMilli());
  }

  private static long wholeSeconds(Duration wait) {
    return Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
  }
}
