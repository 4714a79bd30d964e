package dev.purser.jdkhttp;

import dev.purser.http.RefusedAnswer;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSession;

/** An answer that came from no network: it tells of a call that was not made. */
record OwnResponse<T>(HttpRequest request, int statusCode, HttpHeaders headers, T body)
    implements HttpResponse<T> {

  /** Has the caller's own handler read the answer. */
  static <T> CompletableFuture<HttpResponse<T>> of(
      HttpRequest request, RefusedAnswer refused, BodyHandler<T> theirs) {
    Map<String, List<String>> named = new LinkedHashMap<>();
    refused.headers().forEach((name, value) -> named.put(name, List.of(value)));
    HttpHeaders headers = HttpHeaders.of(named, (name, value) -> true);
    BodySubscriber<T> subscriber =
        theirs.apply(new Info(refused.status(), headers, Version.HTTP_1_1));
    byte[] bytes = refused.body().getBytes(StandardCharsets.UTF_8);
    subscriber.onSubscribe(new Once(subscriber, ByteBuffer.wrap(bytes).asReadOnlyBuffer()));
    return subscriber
        .getBody()
        .<HttpResponse<T>>thenApply(
            body -> new OwnResponse<>(request, refused.status(), headers, body))
        .toCompletableFuture();
  }

  /** The head of an answer. */
  record Info(int statusCode, HttpHeaders headers, Version version) implements ResponseInfo {}

  /** Publishes one buffer when it is asked for. */
  private static final class Once implements Flow.Subscription {
    private final BodySubscriber<?> subscriber;
    private final ByteBuffer all;
    private final AtomicBoolean over = new AtomicBoolean();

    Once(BodySubscriber<?> subscriber, ByteBuffer all) {
      this.subscriber = subscriber;
      this.all = all;
    }

    @Override
    public void request(long items) {
      if (over.getAndSet(true)) {
        return;
      }
      if (items <= 0) {
        subscriber.onError(new IllegalArgumentException("asked for " + items));
      } else {
        subscriber.onNext(List.of(all));
        subscriber.onComplete();
      }
    }

    @Override
    public void cancel() {
      over.set(true);
    }
  }

  @Override
  public Optional<HttpResponse<T>> previousResponse() {
    return Optional.empty();
  }

  @Override
  public Optional<SSLSession> sslSession() {
    return Optional.empty();
  }

  @Override
  public URI uri() {
    return request.uri();
  }

  @Override
  public Version version() {
    return Version.HTTP_1_1;
  }
}
