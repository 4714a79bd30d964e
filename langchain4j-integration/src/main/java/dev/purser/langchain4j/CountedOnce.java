package dev.purser.langchain4j;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.purser.api.OngoingCall;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Objects;

/**
 * For a wrapped model over an HTTP client that counts calls too: tells that client which calls are counted
 * already, also where it sends on threads of its own, as every streaming one does.
 *
 * <pre>{@code
 * OpenAiStreamingChatModel.builder()
 *     .httpClientBuilder(CountedOnce.over(clientWithABudgetInterceptor))
 * }</pre>
 *
 * <p>It does so by a request header, {@link OngoingCall#HEADER}, which the interceptor takes off; without
 * an interceptor, a random word would reach the provider.
 */
public final class CountedOnce implements HttpClientBuilder {

  private final HttpClientBuilder builder;

  private CountedOnce(HttpClientBuilder builder) {
    this.builder = Objects.requireNonNull(builder, "builder");
  }

  /** Returns a builder of clients like the other one's. */
  public static CountedOnce over(HttpClientBuilder builder) {
    return new CountedOnce(builder);
  }

  @Override
  public Duration connectTimeout() {
    return builder.connectTimeout();
  }

  @Override
  public CountedOnce connectTimeout(Duration timeout) {
    builder.connectTimeout(timeout);
    return this;
  }

  @Override
  public Duration readTimeout() {
    return builder.readTimeout();
  }

  @Override
  public CountedOnce readTimeout(Duration timeout) {
    builder.readTimeout(timeout);
    return this;
  }

  @Override
  public HttpClient build() {
    HttpClient client = builder.build();
    return new HttpClient() {
      @Override
      public SuccessfulHttpResponse execute(HttpRequest request) {
        return client.execute(named(request));
      }

      @Override
      public void execute(
          HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        client.execute(named(request), parser, listener);
      }
    };
  }

  private static HttpRequest named(HttpRequest request) {
    OngoingCall call = OngoingCall.current();
    if (call == null) {
      return request;
    }
    HttpRequest.Builder named = HttpRequest.builder()
        .method(request.method())
        .url(request.url())
        .headers(new LinkedHashMap<>(request.headers()))
        .addHeader(OngoingCall.HEADER, call.token());
    return request.formDataFields().isEmpty() && request.formDataFiles().isEmpty()
        ? named.body(request.body()).build()
        : named
            .formDataFields(request.formDataFields())
            .formDataFiles(request.formDataFiles())
            .build();
  }
}
