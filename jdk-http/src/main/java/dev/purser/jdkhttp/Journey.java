package dev.purser.jdkhttp;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The way of one request to the network and back; arrives or fails once. */
interface Journey {

  /** Returns what to send. */
  HttpRequest request();

  /** Runs what sends it. */
  default <R> R during(Supplier<R> sending) {
    return sending.get();
  }

  /** Sets what stops the sending, if somebody wants it stopped before the answer comes. */
  default void stoppedBy(Runnable stop) {}

  /** Returns the handler that reads the answer for the caller's. */
  <T> BodyHandler<T> reading(BodyHandler<T> theirs);

  /** Takes the failure of the network, of the caller's handler or of its future; ends the call. */
  default void failed(Throwable failure) {}

  /** Returns the journey to make instead of this one that failed; null to tell the caller of this one. */
  default @Nullable Journey instead() {
    return null;
  }

  /** Returns what the caller is told of a failure. */
  default Throwable told(Throwable failure) {
    return failure;
  }

  /** Returns the answer as the caller gets it. */
  <T> HttpResponse<T> shown(HttpResponse<T> answer);
}
