package dev.purser.jdkhttp;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** A request's body in memory that knows whether it has been sent. */
final class SentBody implements BodyPublisher {

  private final byte[] bytes;
  private final boolean lengthStated;
  private volatile boolean sent;

  /**
   * Makes a body.
   *
   * @param lengthStated whether the original states its length, without which it is sent in chunks
   */
  SentBody(byte[] bytes, boolean lengthStated) {
    this.bytes = bytes;
    this.lengthStated = lengthStated;
  }

  /** Returns a body like this one, with other bytes. */
  SentBody with(byte[] edited) {
    return new SentBody(edited, lengthStated);
  }

  /** Returns the same body for another attempt. */
  SentBody again() {
    return with(bytes);
  }

  /**
   * Whether all of it was handed to the network at least once, so that the provider may have read and
   * billed it.
   */
  boolean sent() {
    return sent;
  }

  @Override
  public long contentLength() {
    return lengthStated ? bytes.length : -1;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> network) {
    BodyPublishers.ofByteArray(bytes).subscribe(new Flow.Subscriber<>() {
      @Override
      public void onSubscribe(Flow.Subscription subscription) {
        network.onSubscribe(subscription);
      }

      @Override
      public void onNext(ByteBuffer part) {
        network.onNext(part);
      }

      @Override
      public void onError(Throwable failure) {
        network.onError(failure);
      }

      @Override
      public void onComplete() {
        sent = true;
        network.onComplete();
      }
    });
  }
}
