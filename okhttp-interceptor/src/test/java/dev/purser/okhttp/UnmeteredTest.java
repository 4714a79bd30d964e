package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.UnmeteredCall;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okhttp3.mockwebserver.MockResponse;
import okio.BufferedSink;
import org.junit.jupiter.api.Test;

/** What no dialect speaks passes untouched, and where it may cost money the guard is told. */
class UnmeteredTest extends OverHttp {

  /** Every host is the provider on loopback. */
  private final OkHttpClient anywhere =
      client.newBuilder().dns(host -> List.of(InetAddress.getLoopbackAddress())).build();

  @Test
  void aPostToAProviderThatNoDialectRecognisesPassesAndIsNoted() throws Exception {
    server.enqueue(json("{\"id\":\"batch_1\"}"));
    Request request = at("api.openai.com", "/v1/batches?secret=1")
        .header("x-purser-key", "alice")
        .post(RequestBody.create("{}", JSON))
        .build();
    try (AttributionScope scope = Attribution.NONE.team("platform").open();
        Response response = anywhere.newCall(request).execute()) {
      assertThat(scope.attribution().team()).isEqualTo("platform");
      assertThat(response.body().string()).isEqualTo("{\"id\":\"batch_1\"}");
    }
    assertThat(guard.unmetered)
        .containsExactly(new UnmeteredCall(
            "openai",
            "POST api.openai.com/v1/batches",
            Attribution.key("alice").team("platform"),
            null,
            "a batch is answered and billed later"));
    assertThat(guard.intents).isEmpty();
    assertThat(received().getHeader("x-purser-key")).isNull();
  }

  @Test
  void aBodyThatNoDialectMaySpeakIsNotReadBeforeItIsSent() throws Exception {
    server.enqueue(new MockResponse());
    StringBuilder order = new StringBuilder();
    RequestBody body = new RequestBody() {
      @Override
      public MediaType contentType() {
        return JSON;
      }

      @Override
      public void writeTo(BufferedSink sink) {
        order.append("written");
      }
    };
    OkHttpClient watched = anywhere
        .newBuilder()
        .addInterceptor(chain -> {
          order.append("passed, ");
          return chain.proceed(chain.request());
        })
        .build();
    watched
        .newCall(at("api.openai.com", "/v1/files").post(body).build())
        .execute()
        .close();
    assertThat(order).hasToString("passed, written");
  }

  @Test
  void whatIsNoPostToAProviderIsNobodysBusiness() throws Exception {
    for (int i = 0; i < 3; i++) {
      server.enqueue(new MockResponse());
    }
    anywhere.newCall(at("api.openai.com", "/v1/models").build()).execute().close();
    anywhere
        .newCall(at("api.openai.com", "/v1/files/1").delete().build())
        .execute()
        .close();
    RequestBody body = RequestBody.create("{}", JSON);
    anywhere
        .newCall(at("example.org", "/v1/batches").post(body).build())
        .execute()
        .close();
    assertThat(guard.unmetered).isEmpty();
    assertThat(guard.intents).isEmpty();
  }

  @Test
  void aWebSocketPassesAndIsNotedWhereAProviderListens() throws Exception {
    for (int i = 0; i < 2; i++) {
      server.enqueue(new MockResponse().withWebSocketUpgrade(new WebSocketListener() {
        @Override
        public void onMessage(WebSocket socket, String text) {
          socket.send("you said " + text);
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
          socket.close(code, reason);
        }
      }));
    }
    assertThat(echo("localhost")).isEqualTo("you said hello");
    assertThat(guard.unmetered).isEmpty();
    assertThat(echo("api.openai.com")).isEqualTo("you said hello");
    assertThat(guard.unmetered)
        .extracting(UnmeteredCall::endpoint)
        .containsExactly("GET api.openai.com/v1/realtime");
  }

  private String echo(String host) throws Exception {
    CompletableFuture<String> heard = new CompletableFuture<>();
    WebSocket socket =
        anywhere.newWebSocket(at(host, "/v1/realtime").build(), new WebSocketListener() {
          @Override
          public void onMessage(WebSocket socket, String text) {
            heard.complete(text);
          }

          @Override
          public void onFailure(WebSocket socket, Throwable t, Response response) {
            heard.completeExceptionally(t);
          }
        });
    socket.send("hello");
    String answer = heard.get(10, TimeUnit.SECONDS);
    socket.close(1000, "done");
    return answer;
  }

  private Request.Builder at(String host, String path) {
    return new Request.Builder().url("http://" + host + ":" + server.getPort() + path);
  }
}
