package dev.purser.jdkhttp;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Reads nothing of an answer that nobody will see: the attempt after it must not wait for its end, which may
 * never come.
 */
final class Unread<T> implements BodySubscriber<T> {

  private final CompletableFuture<@Nullable T> nothing = CompletableFuture.completedFuture(null);

  @Override
  @SuppressWarnings("NullAway") // the answer is dropped with its body
  public CompletionStage<T> getBody() {
    return nothing;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.cancel();
  }

  @Override
  public void onNext(List<ByteBuffer> items) {}

  @Override
  public void onError(Throwable failure) {}

  @Override
  public void onComplete() {}
}
