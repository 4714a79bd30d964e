package dev.purser.anthropic;

import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpResponse;

/** The way of one request to the network and back; arrives or fails once. */
interface Journey {

  /** Returns what to send. */
  HttpRequest request();

  /** The thread that was admitted leaves the call to others. */
  default void handOver() {}

  /**
   * Takes the answer.
   *
   * @return what the caller gets of it
   */
  HttpResponse arrived(HttpResponse response);

  /**
   * Takes the failure of the network, or of what stands before it.
   *
   * @return what the caller is told
   */
  Throwable failed(Throwable failure);

  /** Returns what the caller is told of a call that was cut. */
  Throwable cut();
}
