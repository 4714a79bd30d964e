package dev.purser.anthropic;

import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.HttpClient;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** A client further in that fails and quotes what it was to send. */
record Quoting(HttpClient next) implements HttpClient {

  @Override
  public HttpResponse execute(HttpRequest request, RequestOptions requestOptions) {
    throw new IllegalStateException("bad header: " + request.headers());
  }

  @Override
  public CompletableFuture<HttpResponse> executeAsync(
      HttpRequest request, RequestOptions requestOptions) {
    return CompletableFuture.failedFuture(new IllegalStateException("" + request.headers()));
  }

  @Override
  public void close() {
    next.close();
  }
}
