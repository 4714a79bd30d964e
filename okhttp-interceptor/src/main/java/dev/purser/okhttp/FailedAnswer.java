package dev.purser.okhttp;

import dev.purser.http.FaultBarrier;
import dev.purser.http.MeterTap;
import dev.purser.http.OpenCall;
import dev.purser.wire.WireCall;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;

/**
 * An answer that says that a call failed: not billed, and looked into for what the provider calls the
 * failure. Whatever it is, the caller gets every byte.
 */
final class FailedAnswer {

  private static final int FIRST_ERROR_STATUS = 400;

  /** What is read for that before the caller gets the answer: far more than errors have. */
  private static final long MOST_BYTES = 16 << 10;

  private FailedAnswer() {}

  /** Ends the call, and returns the answer. */
  static Response of(Response answer, WireCall wire, OpenCall call, FaultBarrier faults) {
    ResponseBody body = answer.body();
    if (body == null || !isShortJson(answer, body)) {
      call.release(); // providers bill no call that they answer so
      return answer;
    }
    Buffer ready = new Buffer();
    MeterTap tap = MeterTap.unbilled(
        wire,
        MeteredAnswer.head(answer, answer.header("Content-Encoding")),
        call,
        faults,
        ready::write);
    if (tap == null) {
      return answer;
    }
    MeteredSource source = new MeteredSource(body.source(), body.contentLength(), ready, tap, call);
    source.readUntilOver(MOST_BYTES);
    call.release();
    return answer
        .newBuilder()
        .body(new MeteredBody(body.contentType(), body.contentLength(), source))
        .build();
  }

  private static boolean isShortJson(Response answer, ResponseBody body) {
    MediaType type = body.contentType();
    return answer.code() >= FIRST_ERROR_STATUS
        && type != null
        && type.subtype().endsWith("json")
        && body.contentLength() <= MOST_BYTES;
  }
}
