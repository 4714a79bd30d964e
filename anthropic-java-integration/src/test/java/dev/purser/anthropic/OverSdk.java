package dev.purser.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClientAsync;
import com.anthropic.core.Sleeper;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.core.PurserBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The official SDK with the interceptor, a real guard, and a provider on loopback. */
abstract class OverSdk {

  static final String MODEL = "claude-sonnet-4-5";
  static final String TEXT = "The officer who keeps the money.";
  static final String ANSWER = "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
      + "\"model\":\"claude-sonnet-4-5-20250929\",\"content\":[{\"type\":\"text\",\"text\":\""
      + TEXT
      + "\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":12,"
      + "\"output_tokens\":7}}";

  /** 12 tokens at $3 and 7 at $15 a million. */
  static final long COST = 141_000;

  static final String START = event(
      "message_start",
      "\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":"
          + "\"claude-sonnet-4-5-20250929\",\"content\":[],\"stop_reason\":null,"
          + "\"stop_sequence\":null,\"usage\":{\"input_tokens\":12,\"output_tokens\":1}}");
  static final String OPENED = event(
      "content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
  static final String END = event("content_block_stop", "\"index\":0")
      + event(
          "message_delta",
          "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
              + "\"usage\":{\"output_tokens\":7}")
      + event("message_stop", "");
  static final String EVENTS =
      START + OPENED + delta("The officer who ") + delta("keeps the money.") + END;

  final MockWebServer server = new MockWebServer();
  final List<SpendRecord> records = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> closing = new ArrayList<>();
  Purser purser = options("1").build();

  /** How a call is made. */
  enum Mode {
    BLOCKING(false, false),
    BLOCKING_STREAM(false, true),
    ASYNC(true, false),
    ASYNC_STREAM(true, true);

    final boolean async;
    final boolean stream;

    Mode(boolean async, boolean stream) {
      this.async = async;
      this.stream = stream;
    }
  }

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : closing) {
      each.close();
    }
    purser.close();
    server.shutdown();
  }

  PurserBuilder options(String limit) {
    return Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("all", Usd.of(limit)).per(Dimension.KEY))
        .slf4j()
        .sink(records::add);
  }

  AnthropicBudgetInterceptor.Builder interceptor() {
    return AnthropicBudgetInterceptor.builder(purser);
  }

  AnthropicClient blocking() {
    return blocking(interceptor(), url());
  }

  AnthropicClient blocking(AnthropicBudgetInterceptor.Builder interceptor, String url) {
    AnthropicClient client = AnthropicOkHttpClient.builder()
        .baseUrl(url)
        .apiKey("sk-ant-ordinary")
        .addInterceptor(interceptor.build())
        .sleeper(new NoSleep())
        .build();
    closing.add(client::close);
    return client;
  }

  AnthropicClientAsync async() {
    return async(interceptor(), url());
  }

  AnthropicClientAsync async(AnthropicBudgetInterceptor.Builder interceptor, String url) {
    AnthropicClientAsync client = AnthropicOkHttpClientAsync.builder()
        .baseUrl(url)
        .apiKey("sk-ant-ordinary")
        .addInterceptor(interceptor.build())
        .sleeper(new NoSleep())
        .build();
    closing.add(client::close);
    return client;
  }

  String url() {
    String url = server.url("/").toString();
    return url.substring(0, url.length() - 1);
  }

  static MessageCreateParams.Builder ask() {
    return MessageCreateParams.builder()
        .model(MODEL)
        .maxTokens(50)
        .addUserMessage("What is a purser?");
  }

  /** Makes a call and returns the text of its answer. */
  String call(Mode mode, MessageCreateParams params) {
    return call(mode, params, interceptor());
  }

  String call(
      Mode mode, MessageCreateParams params, AnthropicBudgetInterceptor.Builder interceptor) {
    if (!mode.async) {
      AnthropicClient client = blocking(interceptor, url());
      if (!mode.stream) {
        return text(client.messages().create(params));
      }
      StringBuilder text = new StringBuilder();
      try (StreamResponse<RawMessageStreamEvent> events =
          client.messages().createStreaming(params)) {
        events.stream().forEach(each -> text.append(text(each)));
      }
      return text.toString();
    }
    AnthropicClientAsync client = async(interceptor, url());
    if (!mode.stream) {
      return joined(client.messages().create(params).thenApply(OverSdk::text));
    }
    StringBuilder text = new StringBuilder();
    AsyncStreamResponse<RawMessageStreamEvent> events = client.messages().createStreaming(params);
    events.subscribe(each -> text.append(text(each)));
    return joined(events.onCompleteFuture().thenApply(done -> text.toString()));
  }

  /** Waits for a future; throws what the SDK failed with. */
  static <T> T joined(CompletableFuture<T> future) {
    try {
      return future.orTimeout(20, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  static String text(Message message) {
    return message.content().get(0).asText().text();
  }

  static String text(RawMessageStreamEvent event) {
    return event
        .contentBlockDelta()
        .flatMap(delta -> delta.delta().text())
        .map(delta -> delta.text())
        .orElse("");
  }

  static String event(String type, String fields) {
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\""
        + (fields.isEmpty() ? "" : "," + fields) + "}\n\n";
  }

  static String delta(String text) {
    return event(
        "content_block_delta",
        "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text + "\"}");
  }

  static MockResponse json(String body) {
    return new MockResponse().setHeader("Content-Type", "application/json").setBody(body);
  }

  static MockResponse events(String body) {
    return new MockResponse()
        .setHeader("Content-Type", "text/event-stream; charset=utf-8")
        .setChunkedBody(body, 64);
  }

  static MockResponse answer(Mode mode) {
    return mode.stream ? events(EVENTS) : json(ANSWER);
  }

  RecordedRequest received() throws InterruptedException {
    RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request reached the server");
    }
    return request;
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("waited in vain");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Closes the guard, so that all records have arrived, and returns what became of the calls. */
  List<Outcome> outcomes() {
    purser.close();
    return records.stream().map(SpendRecord::outcome).toList();
  }

  long charged() {
    return records.stream().mapToLong(SpendRecord::costNanoUsd).sum();
  }

  /** Retries come at once. */
  static final class NoSleep implements Sleeper {
    @Override
    public void sleep(Duration duration) {}

    @Override
    public CompletableFuture<Void> sleepAsync(Duration duration) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  }
}
