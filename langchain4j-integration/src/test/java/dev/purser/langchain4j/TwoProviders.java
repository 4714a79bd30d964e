package dev.purser.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.purser.api.Attribution;
import dev.purser.api.Candidate;
import dev.purser.api.SpendRecord;
import dev.purser.core.PurserBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Anthropic's server besides OpenAI's, and models of both that calls are routed between. */
abstract class TwoProviders extends Loopback {

  static final String HAIKU = "claude-haiku-4-5";
  static final String GPT = "gpt-4o";
  static final Duration SHORT = Duration.ofSeconds(2);

  final MockWebServer anthropic = new MockWebServer();

  @BeforeEach
  void startAnthropic() throws IOException {
    anthropic.start();
  }

  @AfterEach
  void stopAnthropic() throws IOException {
    anthropic.shutdown();
  }

  /** Routine work is Haiku's, and GPT's where that fails; demanding work the other way round. */
  PurserBuilder routed(String limit) {
    return purser(limit)
        .task("routine", Candidate.of(HAIKU), Candidate.of(GPT))
        .task("complex", Candidate.of(GPT), Candidate.of(HAIKU));
  }

  RoutingChatModel.Builder both(dev.purser.core.Purser purser) {
    return both(purser, LONG);
  }

  RoutingChatModel.Builder both(dev.purser.core.Purser purser, Duration patience) {
    return RoutingChatModel.builder(purser)
        .model(
            HAIKU,
            claude()
                .baseUrl(anthropic.url("/v1").toString())
                .maxTokens(200)
                .maxRetries(0)
                .timeout(patience)
                .build())
        .model(GPT, openAi().maxTokens(200).maxRetries(0).timeout(patience).build());
  }

  RoutingStreamingChatModel streaming(dev.purser.core.Purser purser, Duration patience) {
    return RoutingStreamingChatModel.builder(purser)
        .model(
            HAIKU,
            claudeStream()
                .baseUrl(anthropic.url("/v1").toString())
                .maxTokens(200)
                .timeout(patience)
                .build())
        .model(GPT, openAiStream().maxTokens(200).timeout(patience).build())
        .build();
  }

  /** Has Anthropic answer, and bill for it. */
  void enqueueAnthropic(MockResponse answer, long nanoUsd) {
    billed.addAndGet(nanoUsd);
    anthropic.enqueue(answer);
  }

  String anthropicBody() throws InterruptedException {
    return anthropic.takeRequest(10, TimeUnit.SECONDS).getBody().readUtf8();
  }

  static ChatRequest ask(String taskClass) {
    return AttributedChatRequest.of(
        ChatRequest.builder()
            .messages(dev.langchain4j.data.message.UserMessage.from("What?"))
            .build(),
        Attribution.NONE.taskClass(taskClass));
  }

  static MockResponse silence() {
    return new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE);
  }

  /** Returns a base URL that nobody answers at. */
  static String nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
    }
  }

  static String said(SpendRecord record) {
    return record.model().name() + " " + record.outcome();
  }
}
