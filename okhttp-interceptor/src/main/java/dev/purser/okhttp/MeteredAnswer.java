package dev.purser.okhttp;

import dev.purser.api.AbandonReason;
import dev.purser.http.FaultBarrier;
import dev.purser.http.MeterTap;
import dev.purser.http.OpenCall;
import dev.purser.wire.WireCall;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** Puts a meter between an answer and its caller. */
final class MeteredAnswer {

  /**
   * An answer up to this size is read before the caller gets it, so that it is settled even if the
   * caller neither reads nor closes it, as the official SDKs do with a future that was cancelled.
   */
  static final long EAGER_BYTES = 1 << 20;

  private MeteredAnswer() {}

  /**
   * Returns the answer with a body that is metered as it is read; the answer itself if the meter
   * cannot be had.
   *
   * @param usageAsked whether we asked for an event that the caller did not
   */
  static Response of(
      Response answer, WireCall wire, boolean usageAsked, OpenCall call, FaultBarrier faults) {
    ResponseBody body = answer.body();
    if (body == null) {
      // Not for an answer of a call; but OkHttp 4 lets an interceptor further in take it away.
      call.abandon(AbandonReason.MALFORMED_ANSWER);
      return answer;
    }
    String encoding = answer.header("Content-Encoding");
    Buffer ready = new Buffer();
    MeterTap tap =
        MeterTap.of(wire, head(answer, encoding), usageAsked, call, faults, ready::write);
    if (tap == null) {
      return answer;
    }
    MeteredSource source = new MeteredSource(body.source(), body.contentLength(), ready, tap, call);
    MediaType type = body.contentType();
    if (!wire.stream() && isJson(type)) {
      source.readAhead(EAGER_BYTES);
    }
    call.handOver();
    Response.Builder metered = answer.newBuilder();
    if (tap.hides()) {
      metered.removeHeader("Content-Length");
    }
    return metered
        .body(new MeteredBody(type, tap.hides() ? -1 : body.contentLength(), source))
        .build();
  }

  /** Returns what a meter needs to know of an answer before its body. */
  static WireCall.AnswerHead head(Response answer, @Nullable String encoding) {
    return new WireCall.AnswerHead(
        answer.code(), answer.header("Content-Type"), encoding, answer::header);
  }

  private static boolean isJson(@Nullable MediaType type) {
    return type == null || type.subtype().equals("json") || type.subtype().endsWith("+json");
  }
}
