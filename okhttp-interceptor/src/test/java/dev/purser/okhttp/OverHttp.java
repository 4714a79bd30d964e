package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.Measure;
import dev.purser.api.Refusal;
import dev.purser.api.Usage;
import dev.purser.okhttp.RecordingGuard.Ending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A real client with the interceptor, and a provider on loopback. */
abstract class OverHttp {

  static final MediaType JSON = MediaType.get("application/json");
  static final String CHAT = "/v1/chat/completions";
  static final String ASK = "{\"model\":\"gpt-4o\",\"max_tokens\":50,"
      + "\"messages\":[{\"role\":\"user\",\"content\":\"What is a purser?\"}]}";
  static final String ASK_STREAM = "{\"model\":\"gpt-4o\",\"stream\":true,"
      + "\"messages\":[{\"role\":\"user\",\"content\":\"What is a purser?\"}]}";
  static final String ASK_STREAM_USAGE = "{\"model\":\"gpt-4o\",\"stream\":true,"
      + "\"stream_options\":{\"include_usage\":true},"
      + "\"messages\":[{\"role\":\"user\",\"content\":\"What is a purser?\"}]}";
  static final String ANSWER = "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\","
      + "\"model\":\"gpt-4o-2024-08-06\",\"choices\":[{\"index\":0,\"message\":{\"role\":"
      + "\"assistant\",\"content\":\"The officer who keeps the money.\"},\"finish_reason\":\"stop\"}],"
      + "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":7,\"total_tokens\":19}}";
  static final Usage ANSWER_USAGE = Usage.ofTokens(12, 7);
  static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  final MockWebServer server = new MockWebServer();
  final RecordingGuard guard = new RecordingGuard();
  final OkHttpClient client = client(new BudgetInterceptor(guard));

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
    server.shutdown();
  }

  static OkHttpClient client(BudgetInterceptor interceptor) {
    return new OkHttpClient.Builder()
        .addInterceptor(interceptor)
        .readTimeout(Duration.ofSeconds(20))
        .build();
  }

  static Refusal refusal(Refusal.Reason reason) {
    return new Refusal(
        reason,
        "tripwire",
        "key=alice",
        "dana@acme.dev",
        Measure.USD,
        100,
        90,
        5,
        20,
        NOW.plusSeconds(3600));
  }

  static String delta(String text) {
    return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"model\":"
        + "\"gpt-4o-2024-08-06\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text
        + "\"},\"finish_reason\":null}],\"usage\":null}\n\n";
  }

  static final String USAGE_EVENT = "data: {\"id\":\"chatcmpl-1\",\"object\":"
      + "\"chat.completion.chunk\",\"model\":\"gpt-4o-2024-08-06\",\"choices\":[],\"usage\":"
      + "{\"prompt_tokens\":12,\"completion_tokens\":7,\"total_tokens\":19}}\n\n";
  static final String DONE_EVENT = "data: [DONE]\n\n";

  Request.Builder to(String path) {
    return new Request.Builder().url(server.url(path));
  }

  Request ask(String json) {
    return to(CHAT).post(RequestBody.create(json, JSON)).build();
  }

  static MockResponse json(String body) {
    return new MockResponse().setHeader("Content-Type", "application/json").setBody(body);
  }

  static MockResponse events(String body) {
    return new MockResponse()
        .setHeader("Content-Type", "text/event-stream")
        .setChunkedBody(body, 64);
  }

  String send(Request request) throws IOException {
    try (Response response = client.newCall(request).execute()) {
      return response.body().string();
    }
  }

  RecordedRequest received() throws InterruptedException {
    RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
    assertThat(request).as("a request that reached the server").isNotNull();
    return request;
  }

  static String text(RecordedRequest request) {
    return request.getBody().clone().readString(StandardCharsets.UTF_8);
  }

  void assertSettledOnce() {
    assertThat(guard.endings).extracting(Ending::usage).containsExactly(ANSWER_USAGE);
  }

  void assertAbandonedOnce(AbandonReason reason) {
    assertThat(guard.endings).containsExactly(Ending.abandoned(reason));
  }

  void assertUnbilledOnce() {
    assertThat(guard.endings).extracting(Ending::usage).containsExactly(Usage.NONE);
  }

  void assertReleasedOnce() {
    assertThat(guard.endings).containsExactly(Ending.RELEASED);
  }

  void awaitEnding() {
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !guard.endings.isEmpty());
  }
}
