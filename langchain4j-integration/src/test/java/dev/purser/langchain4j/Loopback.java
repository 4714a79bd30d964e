package dev.purser.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.purser.api.AccountBalance;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.core.PurserBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Real models of LangChain4j, a real guard, and providers on loopback that know what they bill. */
abstract class Loopback {

  static final String OWNER = "dana@acme.dev";

  /** Held, so that it stays as it is: connections that are given up are what some tests are about. */
  private static final Logger QUIET = Logger.getLogger(MockWebServer.class.getName());

  static {
    QUIET.setLevel(Level.OFF);
  }

  static final Duration LONG = Duration.ofSeconds(20);

  final MockWebServer server = new MockWebServer();
  final List<SpendRecord> records = new CopyOnWriteArrayList<>();

  /** What the providers bill, in nano-dollars. */
  final AtomicLong billed = new AtomicLong();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.shutdown();
  }

  PurserBuilder purser(String limit) {
    return Purser.builder()
        .owner(OWNER)
        .budget(Budget.total("all", Usd.of(limit)))
        .budget(Budget.total("sessions", Usd.of("1000")).per(Dimension.SESSION))
        .sink(records::add);
  }

  OpenAiChatModel.OpenAiChatModelBuilder openAi() {
    return OpenAiChatModel.builder()
        .baseUrl(server.url("/v1").toString())
        .apiKey("sk-loopback")
        .modelName("gpt-4o")
        .timeout(LONG);
  }

  OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder openAiStream() {
    return OpenAiStreamingChatModel.builder()
        .baseUrl(server.url("/v1").toString())
        .apiKey("sk-loopback")
        .modelName("gpt-4o")
        .timeout(LONG);
  }

  AnthropicChatModel.AnthropicChatModelBuilder claude() {
    return AnthropicChatModel.builder()
        .baseUrl(server.url("/v1").toString())
        .apiKey("sk-ant-loopback")
        .modelName("claude-haiku-4-5")
        .timeout(LONG);
  }

  AnthropicStreamingChatModel.AnthropicStreamingChatModelBuilder claudeStream() {
    return AnthropicStreamingChatModel.builder()
        .baseUrl(server.url("/v1").toString())
        .apiKey("sk-ant-loopback")
        .modelName("claude-haiku-4-5")
        .timeout(LONG);
  }

  /** Has the provider answer, and bill for it. */
  void enqueue(MockResponse answer, long nanoUsd) {
    billed.addAndGet(nanoUsd);
    server.enqueue(answer);
  }

  static MockResponse status(int status) {
    return Bodies.json("{\"error\":{\"message\":\"no\",\"type\":\"x\"}}").setResponseCode(status);
  }

  RecordedRequest received() throws InterruptedException {
    RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
    assertThat(request).as("a request that reached the server").isNotNull();
    return request;
  }

  String receivedBody() throws InterruptedException {
    return received().getBody().readString(StandardCharsets.UTF_8);
  }

  /** What was billed is what is charged, to the nano-dollar, and nothing is held. */
  void assertBilledIsSettled(Purser purser) {
    assertSpent(purser, billed.get());
  }

  void assertSpent(Purser purser, long nanoUsd) {
    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(all(purser).held()).isZero());
    assertThat(all(purser).spent()).isEqualTo(nanoUsd);
    purser.close();
    assertThat(records.stream().mapToLong(SpendRecord::spentNanoUsd).sum()).isEqualTo(nanoUsd);
  }

  static AccountBalance all(Purser purser) {
    return purser.balances().ofBudget("all").get(0);
  }
}
