package dev.purser.okhttp;

import dev.purser.http.Fitting;
import dev.purser.http.UpstreamHead;
import okhttp3.Headers;
import okhttp3.Request;

/**
 * A request that is what its money is held for.
 *
 * @param request what to send
 * @param body its body
 * @param usageAsked whether it asks for an event that the caller did not ask for
 */
record FittedRequest(Request request, BufferedBody body, boolean usageAsked) {

  /** Returns the request with the caller's own bytes. */
  static FittedRequest asAsked(Request request, BufferedBody body) {
    return new FittedRequest(
        request
            .newBuilder()
            .method(request.method(), body.toSend(request.method()))
            .build(),
        body,
        false);
  }

  /**
   * Returns the request with the bytes that it must have.
   *
   * @param body the body as it was read
   */
  static FittedRequest of(Fitting fitting, Request request, BufferedBody body) {
    byte[] edited = fitting.edited();
    UpstreamHead there = fitting.elsewhere();
    if (there != null && edited != null) {
      return changed(moved(request, there), body.with(edited), fitting.usageAsked());
    }
    return edited == null
        ? asAsked(request, body)
        : changed(request, body.with(edited), fitting.usageAsked());
  }

  /** Returns the request for another host, still without a credential. */
  private static Request moved(Request request, UpstreamHead there) {
    Headers.Builder headers = new Headers.Builder();
    for (int i = 0; i < there.headerCount(); i++) {
      headers.addUnsafeNonAscii(there.headerName(i), there.headerValue(i));
    }
    return request.newBuilder().url(there.url()).headers(headers.build()).build();
  }

  private static FittedRequest changed(Request request, BufferedBody body, boolean usageAsked) {
    Request.Builder toSend = request
        .newBuilder()
        .method(request.method(), body.toSend(request.method()))
        .removeHeader("Content-Encoding");
    if (usageAsked && request.header("Accept-Encoding") != null) {
      // OkHttp would not decode what the caller asked for itself, and an event that only we asked
      // for cannot be cut out of compressed bytes.
      toSend.header("Accept-Encoding", "identity");
    }
    return new FittedRequest(toSend.build(), body, usageAsked);
  }
}
