package dev.purser.okhttp;

import dev.purser.api.Denial;
import dev.purser.api.Refusal;
import dev.purser.http.FaultBarrier;
import dev.purser.http.Refusals;
import dev.purser.http.RefusedAnswer;
import dev.purser.wire.Dialect;
import dev.purser.wire.WireCall;
import java.io.IOException;
import java.time.InstantSource;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** Tells a caller that its call was not made: by an answer of OkHttp's, or by an exception. */
final class RefusalResponses {

  private static final MediaType JSON = MediaType.get("application/json");

  private final Refusals refusals;
  private final InstantSource clock;

  RefusalResponses(boolean throwing, InstantSource clock) {
    this.refusals = new Refusals(throwing, clock);
    this.clock = clock;
  }

  Response refuse(Request request, WireCall wire, Refusal refusal, FaultBarrier faults) {
    return answer(request, refusals.refuse(wire, refusal, faults));
  }

  Response deny(Request request, @Nullable Dialect dialect, Denial denial, FaultBarrier faults) {
    return answer(request, refusals.deny(request.url().host(), dialect, denial, faults));
  }

  /** Returns what to tell the caller of a call that failed; throws it if it was cut, and thus denied. */
  IOException told(IOException failure) {
    return refusals.told(failure);
  }

  private Response answer(Request request, RefusedAnswer refused) {
    long now = clock.instant().toEpochMilli();
    Response.Builder answer = new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .code(refused.status())
        .message(refused.phrase())
        .body(ResponseBody.create(refused.body(), JSON))
        .sentRequestAtMillis(now)
        .receivedResponseAtMillis(now);
    refused.headers().forEach(answer::header);
    return answer.build();
  }
}
