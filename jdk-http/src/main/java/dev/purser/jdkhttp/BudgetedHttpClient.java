package dev.purser.jdkhttp;

import dev.purser.api.BudgetExceededException;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallDeniedException;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * A {@link HttpClient} that keeps the model calls through another one inside the budgets.
 *
 * <pre>{@code
 * HttpClient http = BudgetedHttpClient.wrap(HttpClient.newHttpClient(), purser);
 * }</pre>
 *
 * <p>A call that no budget can carry does not leave. By default its caller gets an answer in the
 * provider's own error shape, read by its own body handler: status 402 with {@code x-should-retry: false}
 * where the money is spent, 429 with {@code Retry-After} where it is only held, 503 where it cannot be
 * recorded; {@link dev.purser.api.Refusal#parse} finds the facts in the body or in the header {@code
 * x-purser-refusal}.
 *
 * <p>Calls are attributed by the headers of {@link dev.purser.http.AttributionHeaders}, which never leave,
 * by the session that a request names, and by the scope of the thread that calls {@code send} or {@code
 * sendAsync}, in that order.
 *
 * <p>Answers are delivered byte for byte as they came; only an event that was asked for to learn a stream's
 * usage is kept from a caller that did not ask for it. JSON answers up to 1 MiB are read before the
 * caller's subscriber asks for them, streams as it asks. A request that cannot be metered passes, and the
 * guard is told. A request's body up to 64 MiB is read into memory before it is sent.
 *
 * <p>The money held is always for what is sent; where the guard lowers the cap or routes the call to
 * another model, the body is edited. A call that fails before the caller's handler was given anything of
 * the answer, because the network did or with status 408, 429, or 500 and above, is made anew with another
 * model if the guard has one for it, without waiting for money; each attempt is admitted and charged on
 * its own, and the timeout of the request is that of each. What the client does by itself, such as following
 * a redirect or asking for a password, is one attempt.
 *
 * <p>A virtual key is swapped for the real credential of {@link BudgetOptions#credentials}; the caller sees
 * the virtual key only, in {@link HttpResponse#request} and in what comes back.
 *
 * <p>A call is counted once for a guard, also where a budgeted client wraps another or an adapter above has
 * had it admitted. Messages of web sockets and answers that a server pushes are not counted.
 *
 * <p>{@code send} is made of {@code sendAsync} of the client that is wrapped. Safe for use by several
 * threads.
 */
public final class BudgetedHttpClient extends HttpClient {

  private final HttpClient client;
  private final Parts parts;

  BudgetedHttpClient(HttpClient client, Parts parts) {
    this.client = client;
    this.parts = parts;
  }

  /** Returns a client whose calls go through another one, with the default options. */
  public static HttpClient wrap(HttpClient client, BudgetGuard guard) {
    return with(guard).wrap(client);
  }

  /** Returns options for clients of a guard, to begin with the default ones. */
  public static BudgetOptions with(BudgetGuard guard) {
    return new BudgetOptions(guard);
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @throws dev.purser.http.CallCutException if somebody froze the call while it was under way
   * @throws BudgetExceededException if no budget could carry the call and refusals are thrown
   * @throws CallDeniedException if it may not be made at all, and the same is so
   */
  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<T>> answer = sendAsync(request, handler);
    try {
      return answer.get();
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (CancellationException e) {
      throw new IOException("the call was cancelled", e);
    } catch (ExecutionException e) {
      Throwable cause = Exchange.cause(e);
      if (cause instanceof IOException io) {
        throw io;
      }
      if (cause instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw new IOException(cause);
    }
  }

  /** Sends a request; the future fails with what {@link #send} throws. */
  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    return sendAsync(request, handler, null);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
    if (request.uri().getHost() == null) {
      return client.sendAsync(request, handler, pushes); // which says what is wrong with it
    }
    return Exchange.begin(client, parts, request, handler, pushes);
  }

  /** Passes: what web sockets carry is not counted. */
  @Override
  public WebSocket.Builder newWebSocketBuilder() {
    return client.newWebSocketBuilder();
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return client.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return client.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return client.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return client.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return client.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return client.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return client.authenticator();
  }

  @Override
  public Version version() {
    return client.version();
  }

  @Override
  public Optional<Executor> executor() {
    return client.executor();
  }

  // Since JDK 21, and therefore without @Override.

  /** Shuts the wrapped client down, as its method of JDK 21 says; nothing before that. */
  public void shutdown() {
    LaterMethods.shutdown(client);
  }

  /** Shuts the wrapped client down at once, as its method of JDK 21 says; nothing before that. */
  public void shutdownNow() {
    LaterMethods.shutdownNow(client);
  }

  /** Whether the wrapped client has ended, as its method of JDK 21 says; false before that. */
  public boolean isTerminated() {
    return LaterMethods.isTerminated(client);
  }

  /** Waits for the wrapped client to end, as its method of JDK 21 says; false before that. */
  public boolean awaitTermination(Duration most) throws InterruptedException {
    return LaterMethods.awaitTermination(client, most);
  }

  /** Closes the wrapped client, as its method of JDK 21 says; nothing before that. */
  public void close() {
    LaterMethods.close(client);
  }

  /** Names the wrapped client. */
  @Override
  public String toString() {
    return "BudgetedHttpClient of " + client;
  }
}
