package dev.purser.okhttp;

import dev.purser.api.Refusal;
import dev.purser.wire.WireCall;
import java.time.Duration;
import java.time.Instant;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * A refusal as an answer that the provider might have given. An interceptor cannot see whether it
 * runs for a synchronous or an asynchronous call, and an answer is the one thing that reaches the
 * caller of both, once, without being retried as a failure of the network.
 */
final class RefusedAnswer {

  private static final MediaType JSON = MediaType.get("application/json");

  private RefusedAnswer() {}

  static Response of(
      Request request, WireCall wire, Refusal refusal, Instant now, FaultBarrier faults) {
    String token = refusal.token();
    String body = faults.ask("the refusal", () -> wire.dialect().refusalBody(refusal));
    if (body == null) {
      body = "{\"error\":{\"message\":\"" + token + "\"}}"; // a token needs no escapes
    }
    Response.Builder answer = new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .header("Content-Type", "application/json")
        .header("x-purser-refusal", token)
        .body(ResponseBody.create(body, JSON))
        .sentRequestAtMillis(now.toEpochMilli())
        .receivedResponseAtMillis(now.toEpochMilli());
    if (refusal.reason() == Refusal.Reason.HELD) {
      long seconds = refusal.retryAfter(now).map(RefusedAnswer::wholeSeconds).orElse(1L);
      answer.code(429).message("Too Many Requests").header("Retry-After", Long.toString(seconds));
    } else {
      // The official SDKs obey this header; without it a status they do not know might be retried.
      answer.code(402).message("Payment Required").header("x-should-retry", "false");
    }
    return answer.build();
  }

  private static long wholeSeconds(Duration wait) {
    return Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
  }
}
