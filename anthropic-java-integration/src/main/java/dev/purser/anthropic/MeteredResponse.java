package dev.purser.anthropic;

import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpResponse;
import dev.purser.api.AbandonReason;
import dev.purser.http.FaultBarrier;
import dev.purser.http.HeldBytes;
import dev.purser.http.MeterTap;
import dev.purser.http.OpenCall;
import dev.purser.wire.WireCall;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer whose body is metered as it is read. */
final class MeteredResponse implements HttpResponse {

  /**
   * An answer up to this size is read before the caller gets it, so that it is settled even if the
   * caller neither reads nor closes it, as the SDK does with a future that was cancelled.
   */
  static final int EAGER_BYTES = 1 << 20;

  private static final int FIRST_ERROR_STATUS = 400;

  /** What is read of an error before the caller gets it: far more than errors have. */
  private static final int ERROR_BYTES = 16 << 10;

  private final HttpResponse response;
  private final Headers headers;
  private final MeteredStream body;

  private MeteredResponse(HttpResponse response, Headers headers, MeteredStream body) {
    this.response = response;
    this.headers = headers;
    this.body = body;
  }

  /**
   * Puts a meter between an answer and its caller; returns the answer itself if the meter cannot be
   * had.
   *
   * @param usageAsked whether we asked for an event that the caller did not
   */
  static HttpResponse of(
      HttpResponse response,
      WireCall wire,
      boolean usageAsked,
      OpenCall call,
      FaultBarrier faults) {
    InputStream network = bodyOf(response);
    if (network == null) {
      call.abandon(AbandonReason.MALFORMED_ANSWER);
      return response;
    }
    HeldBytes ready = new HeldBytes();
    MeterTap tap = MeterTap.of(wire, head(response), usageAsked, call, faults, ready::add);
    if (tap == null) {
      return response;
    }
    boolean plain = !wire.stream() && isJson(header(response, "Content-Type"));
    MeteredStream body =
        new MeteredStream(network, plain ? contentLength(response) : -1, ready, tap, call);
    if (plain) {
      body.readAhead(EAGER_BYTES);
    }
    call.handOver();
    Headers headers = response.headers();
    return new MeteredResponse(
        response,
        tap.hides() ? headers.toBuilder().remove("Content-Length").build() : headers,
        body);
  }

  /**
   * Ends a call by an answer that says that it failed, and returns the answer; looks into it for what the
   * provider calls the failure.
   */
  static HttpResponse failed(
      HttpResponse response, WireCall wire, OpenCall call, FaultBarrier faults) {
    String type = header(response, "Content-Type");
    boolean json = response.statusCode() >= FIRST_ERROR_STATUS
        && type != null
        && OutgoingBody.isJson(type)
        && contentLength(response) <= ERROR_BYTES;
    InputStream network = json ? bodyOf(response) : null;
    if (network == null) {
      call.release(); // providers bill no call that they answer so
      return response;
    }
    HeldBytes ready = new HeldBytes();
    MeterTap tap = MeterTap.unbilled(wire, head(response), call, faults, ready::add);
    if (tap == null) {
      return response;
    }
    MeteredStream body = new MeteredStream(network, contentLength(response), ready, tap, call);
    body.readUntilOver(ERROR_BYTES);
    call.release();
    return new MeteredResponse(response, response.headers(), body);
  }

  /** Returns null where there is no body, and the SDK throws. */
  private static @Nullable InputStream bodyOf(HttpResponse response) {
    try {
      return response.body();
    } catch (IllegalStateException e) {
      return null;
    }
  }

  private static WireCall.AnswerHead head(HttpResponse response) {
    return new WireCall.AnswerHead(
        response.statusCode(),
        header(response, "Content-Type"),
        header(response, "Content-Encoding"),
        name -> header(response, name));
  }

  private static @Nullable String header(HttpResponse response, String name) {
    List<String> values = response.headers().values(name);
    return values.isEmpty() ? null : values.get(values.size() - 1);
  }

  private static long contentLength(HttpResponse response) {
    String stated = header(response, "Content-Length");
    try {
      return stated == null ? -1 : Long.parseLong(stated.strip());
    } catch (NumberFormatException e) {
      return -1; // then the end of the answer is where the network ends it
    }
  }

  private static boolean isJson(@Nullable String contentType) {
    return contentType == null || OutgoingBody.isJson(contentType);
  }

  @Override
  public int statusCode() {
    return response.statusCode();
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public InputStream body() {
    return body;
  }

  @Override
  public void close() {
    body.letGo();
    response.close();
  }
}
