package dev.purser.jdkhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.core.PurserBuilder;
import dev.purser.junit.SpendRecorder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A real client of the JDK, wrapped, a real guard, and a provider on loopback. */
@Timeout(120)
abstract class OverJdk {

  static final String CHAT = "/v1/chat/completions";
  static final String ASK = "{\"model\":\"gpt-4o\",\"max_tokens\":50,"
      + "\"messages\":[{\"role\":\"user\",\"content\":\"What is a purser?\"}]}";
  static final String ASK_STREAM = "{\"model\":\"gpt-4o\",\"stream\":true,\"max_tokens\":50,"
      + "\"messages\":[{\"role\":\"user\",\"content\":\"What is a purser?\"}]}";
  static final String ANSWER = "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\","
      + "\"model\":\"gpt-4o-2024-08-06\",\"choices\":[{\"index\":0,\"message\":{\"role\":"
      + "\"assistant\",\"content\":\"The officer who keeps the money.\"},\"finish_reason\":\"stop\"}],"
      + "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":7,\"total_tokens\":19}}";
  static final String USAGE_EVENT = "data: {\"id\":\"chatcmpl-1\",\"object\":"
      + "\"chat.completion.chunk\",\"model\":\"gpt-4o-2024-08-06\",\"choices\":[],\"usage\":"
      + "{\"prompt_tokens\":12,\"completion_tokens\":7,\"total_tokens\":19}}\n\n";
  static final String DONE_EVENT = "data: [DONE]\n\n";

  /** What the answer costs, 12 tokens read and 7 written. */
  static final Usd COST = Usd.ofNanos(12 * 2_500 + 7 * 10_000);

  final MockWebServer server = new MockWebServer();
  final SpendRecorder spend = new SpendRecorder();
  Purser purser;
  HttpClient http;

  @BeforeEach
  void start() throws IOException {
    server.start();
    purser = configured(Purser.builder().owner("dana@acme.dev").sink(spend)).build();
    http = options().wrap(client());
  }

  PurserBuilder configured(PurserBuilder builder) {
    return builder.budget(Budget.total("all", Usd.of("1")));
  }

  BudgetOptions options() {
    return BudgetedHttpClient.with(purser);
  }

  static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterEach
  void stop() throws IOException {
    purser.close();
    server.shutdown();
  }

  static String delta(String text) {
    return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"model\":"
        + "\"gpt-4o-2024-08-06\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text
        + "\"},\"finish_reason\":null}],\"usage\":null}\n\n";
  }

  static MockResponse json(String body) {
    return new MockResponse().setHeader("Content-Type", "application/json").setBody(body);
  }

  static MockResponse events(String body) {
    return new MockResponse()
        .setHeader("Content-Type", "text/event-stream")
        .setChunkedBody(body, 64);
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(server.url(path).toString()))
        .timeout(Duration.ofSeconds(30))
        .header("Content-Type", "application/json")
        .header("Authorization", "Bearer sk-test");
  }

  HttpRequest ask(String json) {
    return to(CHAT).POST(BodyPublishers.ofString(json)).build();
  }

  HttpResponse<String> send(String json) throws Exception {
    return http.send(ask(json), BodyHandlers.ofString());
  }

  RecordedRequest received() throws InterruptedException {
    RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
    assertThat(request).as("a request that reached the server").isNotNull();
    return request;
  }

  static String text(RecordedRequest request) {
    return request.getBody().clone().readString(StandardCharsets.UTF_8);
  }

  List<SpendRecord> records() {
    assertThat(purser.flush(Duration.ofSeconds(30))).isTrue();
    return spend.records();
  }

  /** Nothing is held any more, and so much was charged. */
  void assertCharged(Usd spent) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(purser.balances().account("all", ""))
            .get()
            .satisfies(account -> assertThat(account.held()).isZero())
            .satisfies(account -> assertThat(account.spent()).isEqualTo(spent.nanos())));
  }
}
