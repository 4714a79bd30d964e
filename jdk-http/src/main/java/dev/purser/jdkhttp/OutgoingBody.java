package dev.purser.jdkhttp;

import dev.purser.http.RequestJson;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, read so that it can be looked at and still be sent.
 *
 * @param body the body as it was read, or null where it was not and the original publishes itself
 * @param json the bytes to look at, and why there is nothing
 */
record OutgoingBody(@Nullable SentBody body, RequestJson json) {

  /** Reads the body of a request; fails with what its publisher failed with. */
  static CompletableFuture<OutgoingBody> read(HttpRequest request) {
    Optional<BodyPublisher> publisher = request.bodyPublisher();
    if (publisher.isEmpty()) {
      return CompletableFuture.completedFuture(
          new OutgoingBody(new SentBody(new byte[0], true), RequestJson.NONE));
    }
    String encoding = request.headers().firstValue("Content-Encoding").orElse(null);
    String objection = objection(request);
    if (objection.isEmpty()) {
      objection = RequestJson.objection(encoding);
    }
    long stated = publisher.get().contentLength();
    if (objection.isEmpty() && stated > RequestJson.MAX_BYTES) {
      objection = RequestJson.TOO_LARGE;
    }
    if (!objection.isEmpty()) {
      return CompletableFuture.completedFuture(unread(objection));
    }
    return RequestBytes.of(publisher.get(), RequestJson.MAX_BYTES)
        .thenApply(all -> all == null
            ? unread(RequestJson.TOO_LARGE)
            : new OutgoingBody(new SentBody(all, stated >= 0), RequestJson.of(all, encoding)));
  }

  private static OutgoingBody unread(String why) {
    return new OutgoingBody(null, RequestJson.unreadable(why));
  }

  /** Recordings and pictures are sent as forms, with the fields that say what is asked. */
  private static String objection(HttpRequest request) {
    String stated = request.headers().firstValue("Content-Type").orElse("");
    String type = stated.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.isEmpty()
            || type.endsWith("/json")
            || type.endsWith("+json")
            || type.equals("multipart/form-data")
        ? ""
        : "body of type " + type;
  }

  /** Returns the request with its body as it was. */
  HttpRequest in(HttpRequest request) {
    return body == null ? request : with(request, body);
  }

  /** Returns the request with a body. */
  static HttpRequest with(HttpRequest request, SentBody body) {
    return request.bodyPublisher().isEmpty()
        ? request
        : HttpRequest.newBuilder(request, (name, value) -> true)
            .method(request.method(), body)
            .build();
  }
}
