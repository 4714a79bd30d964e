package dev.purser.langchain4j;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** LangChain4j's HTTP client over OkHttp, made as its own module is: streams are sent by the dispatcher. */
final class OverOkHttp implements HttpClientBuilder, HttpClient {

  private final OkHttpClient client;

  OverOkHttp(OkHttpClient client) {
    this.client = client;
  }

  @Override
  public Duration connectTimeout() {
    return Duration.ofSeconds(20);
  }

  @Override
  public HttpClientBuilder connectTimeout(Duration timeout) {
    return this;
  }

  @Override
  public Duration readTimeout() {
    return Duration.ofSeconds(20);
  }

  @Override
  public HttpClientBuilder readTimeout(Duration timeout) {
    return this;
  }

  @Override
  public HttpClient build() {
    return this;
  }

  private Call call(HttpRequest request) {
    Request.Builder sent = new Request.Builder()
        .url(request.url())
        .method(
            request.method().name(),
            RequestBody.create(request.body(), MediaType.get("application/json")));
    request
        .headers()
        .forEach((name, values) -> values.forEach(value -> sent.addHeader(name, value)));
    return client.newCall(sent.build());
  }

  private static SuccessfulHttpResponse head(Response answer, String body) {
    return SuccessfulHttpResponse.builder()
        .statusCode(answer.code())
        .headers(answer.headers().toMultimap())
        .body(body)
        .build();
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    try (Response answer = call(request).execute()) {
      String body = answer.body().string();
      if (!answer.isSuccessful()) {
        throw new HttpException(answer.code(), body);
      }
      return head(answer, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    call(request).enqueue(new Callback() {
      @Override
      public void onFailure(Call call, IOException e) {
        listener.onError(e);
      }

      @Override
      public void onResponse(Call call, Response answer) throws IOException {
        try (answer) {
          if (!answer.isSuccessful()) {
            listener.onError(new HttpException(answer.code(), answer.body().string()));
            return;
          }
          listener.onOpen(head(answer, null));
          parser.parse(answer.body().byteStream(), listener);
          listener.onClose();
        }
      }
    });
  }
}
