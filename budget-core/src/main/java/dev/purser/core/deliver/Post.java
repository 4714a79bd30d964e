package dev.purser.core.deliver;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts JSON, and again a few times where it may help: no answer, 408, 429 and 500 and above, after a pause
 * that grows, or after as long as the answer says. Blocks; for one thread at a time. Neither the address nor a
 * header is ever in what it throws: addresses of web hooks are secrets.
 */
final class Post {

  private static final int TOO_MANY = 429;
  private static final int TIMEOUT = 408;
  private static final int SERVER = 500;
  private static final int SUCCESS = 200;
  private static final int REDIRECT = 300;

  private final URI to;
  private final Map<String, String> headers;
  private final PostOptions options;
  private final HttpClient http;
  private final Retry retry;

  Post(String name, URI to, Map<String, String> headers, PostOptions options) {
    this.to = to;
    this.headers = headers;
    this.options = options;
    http = HttpClient.newBuilder().connectTimeout(options.timeout()).build();
    IntervalFunction growing = IntervalFunction.ofExponentialBackoff(options.pause(), 2);
    retry = Retry.of(
        "purser-" + name,
        RetryConfig.<HttpResponse<Void>>custom()
            .maxAttempts(options.attempts())
            .intervalBiFunction((attempt, result) -> pause(attempt, result, growing))
            .retryOnResult(response -> mayPass(response.statusCode()))
            .retryOnException(IOException.class::isInstance)
            .build());
  }

  private static boolean mayPass(int status) {
    return status == TIMEOUT || status == TOO_MANY || status >= SERVER;
  }

  private long pause(
      int attempt, Either<Throwable, HttpResponse<Void>> result, IntervalFunction growing) {
    String said =
        result.isRight() ? result.get().headers().firstValue("Retry-After").orElse("") : "";
    return pause(Duration.ofMillis(growing.apply(attempt)), said, options.longestPause())
        .toMillis();
  }

  /** Returns how long to wait: as long as was said in seconds, but not less than {@code own}. */
  static Duration pause(Duration own, String retryAfter, Duration longest) {
    Duration said = retryAfter.matches("\\d{1,6}")
        ? Duration.ofSeconds(Long.parseLong(retryAfter))
        : Duration.ZERO;
    Duration pause = said.compareTo(own) > 0 ? said : own;
    return pause.compareTo(longest) > 0 ? longest : pause;
  }

  /**
   * Posts a body.
   *
   * @throws IOException if it was not taken, also after all attempts
   * @throws InterruptedException if the thread was interrupted
   */
  void send(byte[] json) throws IOException, InterruptedException {
    int status;
    try {
      status = retry.executeCallable(() -> once(json)).statusCode();
    } catch (IOException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("could not be sent: " + e.getClass().getName());
    }
    if (status < SUCCESS || status >= REDIRECT) {
      throw new IOException("was answered with " + status);
    }
  }

  private HttpResponse<Void> once(byte[] json) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(to)
        .timeout(options.timeout())
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(json));
    headers.forEach(request::header);
    // The request's own time limit ends with the headers of the answer; its body may never end.
    CompletableFuture<HttpResponse<Void>> answer =
        http.sendAsync(request.build(), BodyHandlers.discarding());
    try {
      return answer.get(options.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      // Its message may name the host.
      throw new IOException("could not be sent: "
          + Objects.requireNonNullElse(e.getCause(), e).getClass().getName());
    } catch (TimeoutException e) {
      throw new IOException("could not be sent: no whole answer within " + options.timeout());
    } finally {
      answer.cancel(true);
    }
  }
}
