package dev.purser.jdkhttp;

import dev.purser.http.Fitting;
import dev.purser.http.UpstreamHead;
import java.net.URI;
import java.net.http.HttpRequest;

/**
 * A request that is what its money is held for.
 *
 * @param request what to send
 * @param body its body
 * @param usageAsked whether it asks for an event that the caller did not ask for
 */
record FittedRequest(HttpRequest request, SentBody body, boolean usageAsked) {

  /** Returns the request with the bytes that it must have. */
  static FittedRequest of(Fitting fitting, HttpRequest request, SentBody body) {
    byte[] edited = fitting.edited();
    if (edited == null) {
      return new FittedRequest(OutgoingBody.with(request, body), body, false);
    }
    UpstreamHead there = fitting.elsewhere();
    SentBody fitted = body.with(edited);
    HttpRequest.Builder toSend = there == null ? here(request) : moved(request, there);
    toSend.method(request.method(), fitted);
    if (fitting.usageAsked() && request.headers().firstValue("Accept-Encoding").isPresent()) {
      // An event that only we asked for cannot be cut out of compressed bytes.
      toSend.setHeader("Accept-Encoding", "identity");
    }
    return new FittedRequest(toSend.build(), fitted, fitting.usageAsked());
  }

  private static HttpRequest.Builder here(HttpRequest request) {
    return HttpRequest.newBuilder(
        request, (name, value) -> !name.equalsIgnoreCase("Content-Encoding"));
  }

  /** Returns the request for another host, still without a credential. */
  private static HttpRequest.Builder moved(HttpRequest request, UpstreamHead there) {
    HttpRequest.Builder moved = HttpRequest.newBuilder(request, (name, value) -> false);
    for (int i = 0; i < there.headerCount(); i++) {
      moved.header(there.headerName(i), there.headerValue(i));
    }
    return moved.uri(URI.create(there.url()));
  }
}
