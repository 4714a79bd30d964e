package dev.purser.jdkhttp;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a publisher of a request's body publishes. One that turns out too large is given up: it
 * publishes anew to whoever sends it. For one publisher, which calls it by one thread at a time.
 */
final class RequestBytes implements Flow.Subscriber<ByteBuffer> {

  private static final int UNKNOWN_SIZE = 8192;

  private final int most;
  private final CompletableFuture<byte @Nullable []> all = new CompletableFuture<>();
  private byte[] bytes;
  private int size;
  private Flow.@Nullable Subscription subscription;

  private RequestBytes(int stated, int most) {
    this.most = most;
    bytes = new byte[stated];
  }

  /**
   * Returns all bytes, or null if there are more than {@code most}; fails with what the publisher failed
   * with. Publishers of text and arrays have published when this returns.
   *
   * @param publisher states no more than {@code most}, or nothing
   */
  static CompletableFuture<byte @Nullable []> of(BodyPublisher publisher, int most) {
    long stated = publisher.contentLength();
    RequestBytes collected = new RequestBytes(stated < 0 ? UNKNOWN_SIZE : (int) stated, most);
    publisher.subscribe(collected);
    return collected.all;
  }

  @Override
  public void onSubscribe(Flow.Subscription to) {
    subscription = to;
    to.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(ByteBuffer part) {
    if (all.isDone()) {
      return;
    }
    long needed = (long) size + part.remaining();
    if (needed > most) {
      Flow.Subscription from = subscription;
      if (from != null) {
        from.cancel();
      }
      all.complete(null);
      return;
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(2L * size, most)));
    }
    int count = part.remaining();
    part.get(bytes, size, count);
    size += count;
  }

  @Override
  public void onError(Throwable failure) {
    all.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    all.complete(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
  }
}
