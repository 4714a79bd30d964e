package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.UnmeteredCall;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.okhttp.RecordingGuard.Ending;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okhttp3.mockwebserver.MockResponse;
import okio.Buffer;
import org.junit.jupiter.api.Test;

/**
 * A batch, an image, an embedding, a moderation or a passthrough route is not counted: here each is
 * metered, or free, or unmetered so that it is seen.
 */
class BatchesImagesAndRoutesTrap11Test extends OverHttp {

  /** Every host is the provider on loopback. */
  private final OkHttpClient anywhere =
      client.newBuilder().dns(host -> List.of(InetAddress.getLoopbackAddress())).build();

  private String post(String host, String path, String body) throws Exception {
    Request request = new Request.Builder()
        .url("http://" + host + ":" + server.getPort() + path)
        .post(RequestBody.create(body, JSON))
        .build();
    try (Response response = anywhere.newCall(request).execute()) {
      return response.body().string();
    }
  }

  @Test
  void aBatchIsUnmeteredVisibly() throws Exception {
    String[][] batches = {
      {"api.openai.com", "/v1/batches"},
      {"api.anthropic.com", "/v1/messages/batches"},
      {"generativelanguage.googleapis.com", "/v1beta/models/gemini-2.5-flash:batchGenerateContent"},
      {"api.mistral.ai", "/v1/batch/jobs"}
    };
    for (String[] each : batches) {
      server.enqueue(json("{\"id\":\"b\"}"));
      assertThat(post(each[0], each[1], "{}")).isEqualTo("{\"id\":\"b\"}");
    }
    assertThat(guard.unmetered)
        .hasSize(batches.length)
        .extracting(UnmeteredCall::why)
        .containsOnly(
            "a batch is answered and billed later",
            "a batch, which is charged when its results are read");
    assertThat(guard.intents).isEmpty();
  }

  @Test
  void toCountTokensIsFreeAndSilent() throws Exception {
    String[][] counting = {
      {"api.anthropic.com", "/v1/messages/count_tokens"},
      {"generativelanguage.googleapis.com", "/v1beta/models/gemini-2.5-flash:countTokens"},
      {"bedrock-runtime.us-east-1.amazonaws.com", "/model/amazon.nova-lite-v1%3A0/count-tokens"},
      {"api.openai.com", "/v1/moderations"}
    };
    for (String[] each : counting) {
      server.enqueue(json("{\"totalTokens\":5}"));
      assertThat(post(each[0], each[1], "{}")).isEqualTo("{\"totalTokens\":5}");
    }
    assertThat(guard.unmetered).isEmpty();
    assertThat(guard.intents).isEmpty();
    assertThat(guard.endings).isEmpty();
  }

  @Test
  void anEmbeddingAndAPictureAreCharged() throws Exception {
    server.enqueue(json("{\"embeddings\":[],\"usageMetadata\":{\"promptTokenCount\":6}}"));
    post(
        "generativelanguage.googleapis.com",
        "/v1beta/models/gemini-embedding-2:batchEmbedContents",
        "{\"requests\":[{\"content\":{\"parts\":[{\"text\":\"hi\"}]}}]}");
    server.enqueue(json("{\"predictions\":[{\"mimeType\":\"image/png\"}]}"));
    post(
        "generativelanguage.googleapis.com",
        "/v1beta/models/imagen-4.0-generate-001:predict",
        "{\"instances\":[{\"prompt\":\"a cat\"}],\"parameters\":{\"sampleCount\":1}}");
    assertThat(guard.endings)
        .extracting(Ending::usage)
        .containsExactly(
            Usage.ofTokens(6, 0), Usage.builder().add(UsageKind.PICTURE, 1).build());
    assertThat(guard.unmetered).isEmpty();
  }

  @Test
  void aRecordingThatIsUploadedAsAFormIsCharged() throws Exception {
    String heard = "{\"text\":\"hi\",\"usage\":{\"type\":\"tokens\",\"input_tokens\":14,"
        + "\"input_token_details\":{\"text_tokens\":0,\"audio_tokens\":14},"
        + "\"output_tokens\":4,\"total_tokens\":18}}";
    server.enqueue(json(heard));
    byte[] sound = new byte[5_000];
    MultipartBody form = new MultipartBody.Builder("a-border")
        .setType(MultipartBody.FORM)
        .addFormDataPart("model", "gpt-4o-transcribe")
        .addFormDataPart("file", "hi.wav", RequestBody.create(sound, MediaType.get("audio/wav")))
        .build();
    Buffer sent = new Buffer();
    form.writeTo(sent);
    Request request = new Request.Builder()
        .url("http://api.openai.com:" + server.getPort() + "/v1/audio/transcriptions")
        .post(form)
        .build();

    try (Response response = anywhere.newCall(request).execute()) {
      assertThat(response.body().string()).isEqualTo(heard);
    }
    assertThat(received().getBody().readByteString()).isEqualTo(sent.readByteString());
    assertThat(guard.onlyIntent().model().name()).isEqualTo("gpt-4o-transcribe");
    assertThat(guard.endings)
        .extracting(Ending::usage)
        .containsExactly(Usage.builder()
            .add(UsageKind.INPUT_AUDIO, 14)
            .add(UsageKind.OUTPUT, 4)
            .build());
    assertThat(guard.unmetered).isEmpty();
  }

  @Test
  void aWebSocketIsUnmeteredVisibly() throws Exception {
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
    CompletableFuture<String> heard = new CompletableFuture<>();
    Request request = new Request.Builder()
        .url("http://generativelanguage.googleapis.com:" + server.getPort()
            + "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent")
        .build();
    WebSocket socket = anywhere.newWebSocket(request, new WebSocketListener() {
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
    assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo("you said hello");
    socket.close(1000, "done");
    assertThat(guard.unmetered)
        .extracting(UnmeteredCall::why)
        .containsExactly("a realtime session states its usage in messages that are not read");
  }
}
