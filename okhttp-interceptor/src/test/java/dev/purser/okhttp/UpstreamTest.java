package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.Secret;
import dev.purser.okhttp.RecordingGuard.Ending;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that are sent to another host than they were made for, because the guard chose a model there. */
class UpstreamTest extends OverHttp {

  private static final ModelId ASKED = ModelId.of("openai", "gpt-4o");
  private static final ModelId LLAMA = ModelId.of("groq", "llama-3.3-70b-versatile");
  private static final String OWN = "sk-of-the-caller";
  private static final String GROQS = "gsk-of-the-upstream";

  private final MockWebServer groq = new MockWebServer();

  @BeforeEach
  void startGroq() throws IOException {
    groq.start();
  }

  @AfterEach
  void stopGroq() throws IOException {
    groq.shutdown();
  }

  private String base() {
    return groq.url("/openai/v1").toString();
  }

  private OkHttpClient http(BudgetInterceptor.Builder options) {
    OkHttpClient.Builder bare = client.newBuilder();
    bare.interceptors().clear();
    return bare.dns(host -> List.of(InetAddress.getLoopbackAddress()))
        .addInterceptor(options.build())
        .build();
  }

  private OkHttpClient withGroq() {
    return http(BudgetInterceptor.builder(guard).upstream("groq", base(), () -> Secret.of(GROQS)));
  }

  private Request asked(String json) {
    return ask(json).newBuilder().header("Authorization", "Bearer " + OWN).build();
  }

  private static RecordedRequest reached(MockWebServer server) throws InterruptedException {
    RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
    assertThat(request).as("a request that reached the server").isNotNull();
    return request;
  }

  @Test
  void aCallThatFailsAtItsOwnHostIsAnsweredByAnother() throws Exception {
    guard.route(ASKED, LLAMA);
    server.enqueue(new MockResponse().setResponseCode(503));
    groq.enqueue(json(ANSWER));

    try (Response answer = withGroq().newCall(asked(ASK)).execute()) {
      assertThat(answer.body().string()).isEqualTo(ANSWER);
      assertThat(answer.request().headers().toString()).doesNotContain(GROQS);
    }

    assertThat(reached(server).getHeader("Authorization")).isEqualTo("Bearer " + OWN);
    RecordedRequest there = reached(groq);
    assertThat(there.getPath()).isEqualTo("/openai/v1/chat/completions");
    assertThat(there.getHeader("Host")).isEqualTo(groq.getHostName() + ":" + groq.getPort());
    assertThat(there.getHeaders().values("Authorization")).containsExactly("Bearer " + GROQS);
    assertThat(text(there)).isEqualTo(ASK.replace("gpt-4o", LLAMA.name()));
    assertThat(guard.endings).extracting(Ending::usage).containsExactly(null, ANSWER_USAGE);
  }

  /** What the guard is asked for stays what was asked for; its answer is read as of who gave it. */
  @Test
  void theAnswerIsThatOfTheProviderThatGaveIt() throws Exception {
    guard.route(LLAMA);
    groq.enqueue(json(ANSWER.replace("gpt-4o-2024-08-06", LLAMA.name())));
    try (Response answer = withGroq().newCall(asked(ASK)).execute()) {
      assertThat(answer.code()).isEqualTo(200);
    }
    assertThat(server.getRequestCount()).isZero();
    assertThat(guard.onlyIntent().model()).isEqualTo(ASKED);
    assertThat(guard.endings)
        .singleElement()
        .satisfies(ending -> assertThat(ending.settlement().answeredBy()).isEqualTo(LLAMA));
  }

  @Test
  void nothingThatWasMeantForTheFirstHostGoesToTheOther() throws Exception {
    guard.route(LLAMA);
    groq.enqueue(json(ANSWER));
    HttpUrl url = server.url(CHAT + "?key=" + OWN + "&api-version=2025-01-01");
    Request request = new Request.Builder()
        .url(url)
        .header("Authorization", "Bearer " + OWN)
        .header("api-key", OWN)
        .header("x-api-key", OWN)
        .header("x-goog-api-key", OWN)
        .header("Cookie", "session=" + OWN)
        .header("OpenAI-Organization", "org-" + OWN)
        .header("OpenAI-Project", "proj-" + OWN)
        .header("cf-aig-authorization", OWN)
        .header("Proxy-Authorization", OWN)
        .header("Host", "api.openai.com")
        .header("Idempotency-Key", OWN)
        .header("x-some-gateway-token", OWN)
        .header("User-Agent", "OpenAI/Java")
        .header("Accept", "application/json")
        .post(RequestBody.create(ASK, JSON))
        .build();

    try (Response answer = withGroq().newCall(request).execute()) {
      assertThat(answer.code()).isEqualTo(200);
    }

    RecordedRequest there = reached(groq);
    assertThat(there.getHeaders().toString()).doesNotContain(OWN);
    assertThat(there.getRequestLine()).isEqualTo("POST /openai/v1/chat/completions HTTP/1.1");
    assertThat(there.getHeaders().names())
        .containsExactlyInAnyOrder(
            "User-Agent",
            "Accept",
            "Authorization",
            "Cache-Control",
            "Content-Type",
            "Content-Length",
            "Host",
            "Connection",
            "Accept-Encoding");
    assertThat(there.getHeader("User-Agent")).isEqualTo("OpenAI/Java");
  }

  @Test
  void theCredentialOfTheOtherHostIsInNothingThatComesBack() throws Exception {
    guard.route(LLAMA);
    AtomicReference<String> sent = new AtomicReference<>("");
    OkHttpClient quoting = withGroq()
        .newBuilder()
        .addInterceptor(chain -> {
          sent.set(chain.request().header("Authorization"));
          throw new IOException("could not send " + chain.request().headers());
        })
        .build();
    try {
      quoting.newCall(asked(ASK)).execute().close();
      throw new AssertionError("it was sent");
    } catch (IOException e) {
      assertThat(sent.get()).contains(GROQS);
      assertThat(e).hasMessageNotContaining(GROQS).hasMessageContaining("could not send");
    }
    assertThat(guard.endings).containsExactly(Ending.RELEASED);
  }

  @Test
  void aVirtualKeyIsSwappedForWhatTheSourceHasForThatHost() throws Exception {
    guard.route(LLAMA);
    groq.enqueue(json(ANSWER));
    String key = "purser_abcdefghijkl_0123456789012345678901234567890123456789012";
    AtomicReference<String> whom = new AtomicReference<>();
    OkHttpClient http = http(BudgetInterceptor.builder(guard)
        .credentials(upstream -> {
          whom.set(upstream.authority());
          return Secret.of("gsk-of-the-source");
        })
        .upstream("groq", base(), () -> Secret.of(GROQS)));
    Request request =
        ask(ASK).newBuilder().header("Authorization", "Bearer " + key).build();
    try (Response answer = http.newCall(request).execute()) {
      assertThat(answer.code()).isEqualTo(200);
      assertThat(answer.request().headers().toString()).doesNotContain("gsk-");
    }
    assertThat(whom).hasValue(groq.getHostName() + ":" + groq.getPort());
    assertThat(reached(groq).getHeaders().values("Authorization"))
        .containsExactly("Bearer gsk-of-the-source");
  }

  /** Where nobody is known to ask for one, such as a server of one's own, none is needed. */
  @Test
  void aHostOfNobodyThatIsKnownIsReachedWithoutACredential() throws Exception {
    guard.route(LLAMA);
    groq.enqueue(json(ANSWER));
    OkHttpClient http = http(BudgetInterceptor.builder(guard).upstream("groq", base()));
    try (Response answer = http.newCall(asked(ASK)).execute()) {
      assertThat(answer.code()).isEqualTo(200);
    }
    assertThat(reached(groq).getHeader("Authorization")).isNull();
  }

  @Test
  void aProviderIsNotReachedByACallThatHasNoCredentialForIt() throws Exception {
    guard.route(LLAMA, ASKED);
    server.enqueue(json(ANSWER));
    OkHttpClient http = http(BudgetInterceptor.builder(guard)
        .credentials(upstream -> null)
        .upstream("groq", "https://api.groq.com/openai/v1"));
    try (Response answer = http.newCall(asked(ASK)).execute()) {
      assertThat(answer.code()).isEqualTo(200);
    }
    assertThat(guard.onlyIntent().reaches(LLAMA)).isFalse();
    assertThat(text(received())).isEqualTo(ASK);
  }

  @Test
  void aSourceOfCredentialsThatFailsIsNoneAtAll() throws Exception {
    guard.route(LLAMA, ASKED);
    server.enqueue(json(ANSWER));
    OkHttpClient http = http(BudgetInterceptor.builder(guard).upstream("groq", base(), () -> {
      throw new IllegalStateException("vault is closed");
    }));
    try (Response answer = http.newCall(asked(ASK)).execute()) {
      assertThat(answer.code()).isEqualTo(200);
    }
    assertThat(groq.getRequestCount()).isZero();
    assertSettledOnce();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/embeddings | {\"model\":\"text-embedding-3-small\",\"input\":\"x\"} | false",
        "/v1/responses | {\"model\":\"gpt-4o\",\"input\":\"x\"} | false",
        "/v1/messages | {\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | false",
        "/v1/chat/completions | {\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | true",
        "/openai/deployments/mine/chat/completions | {\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | false",
      })
  void onlyWhatBothSpeakAlikeAndWhatNamesItsModelInItsBodyIsReached(
      String path, String body, boolean reached) throws Exception {
    server.enqueue(json(ANSWER));
    Request request = to(path).post(RequestBody.create(body, JSON)).build();
    withGroq().newCall(request).execute().close();
    CallIntent intent = guard.onlyIntent();
    assertThat(intent.reaches(LLAMA)).isEqualTo(reached);
    assertThat(intent.reaches(ModelId.of("deepseek", "deepseek-chat"))).isFalse();
  }

  @Test
  void aModelThatThePathNamesIsTheOnlyOneThatTheCallReaches() throws Exception {
    server.enqueue(json("{}"));
    Request request = new Request.Builder()
        .url("http://generativelanguage.googleapis.com:" + server.getPort()
            + "/v1beta/models/gemini-2.5-pro:generateContent")
        .post(RequestBody.create("{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]}", JSON))
        .build();
    withGroq().newCall(request).execute().close();
    CallIntent intent = guard.onlyIntent();
    assertThat(intent.reaches(ModelId.of("google", "gemini-2.5-pro"))).isTrue();
    assertThat(intent.reaches(ModelId.of("google", "gemini-2.5-flash"))).isFalse();
  }

  @Test
  void messagesOfAnthropicsGoToAnotherHostThatSpeaksThem() throws Exception {
    ModelId deepseek = ModelId.of("deepseek", "deepseek-chat");
    guard.route(deepseek);
    groq.enqueue(json("{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":"
        + "\"deepseek-chat\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}],\"stop_reason\":"
        + "\"end_turn\",\"usage\":{\"input_tokens\":12,\"output_tokens\":7}}"));
    OkHttpClient http = http(BudgetInterceptor.builder(guard)
        .upstream("deepseek", groq.url("/anthropic").toString(), () -> Secret.of(GROQS)));
    Request request = new Request.Builder()
        .url("http://api.anthropic.com:" + server.getPort() + "/v1/messages")
        .header("x-api-key", OWN)
        .header("anthropic-version", "2023-06-01")
        .post(RequestBody.create(
            "{\"model\":\"claude-haiku-4-5\",\"max_tokens\":50,\"messages\":"
                + "[{\"role\":\"user\",\"content\":\"hi\"}]}",
            JSON))
        .build();
    try (Response answer = http.newCall(request).execute()) {
      assertThat(answer.code()).isEqualTo(200);
    }
    RecordedRequest there = reached(groq);
    assertThat(there.getPath()).isEqualTo("/anthropic/v1/messages");
    assertThat(there.getHeader("x-api-key")).isEqualTo(GROQS);
    assertThat(there.getHeader("anthropic-version")).isEqualTo("2023-06-01");
    assertThat(text(there)).contains("\"model\":\"deepseek-chat\"", "\"max_tokens\":50");
    assertSettledOnce();
  }

  /** An ignored cap would be no cap, and the money is held for it. */
  @Test
  void theCapStandsInTheFieldThatTheOtherHostHonours() throws Exception {
    guard.route(LLAMA);
    groq.enqueue(json(ANSWER));
    String asked = ASK.replace("max_tokens", "max_completion_tokens");
    try (Response answer = withGroq().newCall(asked(asked)).execute()) {
      assertThat(answer.code()).isEqualTo(200);
    }
    assertThat(text(reached(groq))).contains("\"max_tokens\":50", "\"max_completion_tokens\":null");
  }

  @Test
  void theCapThatTheGuardLoweredIsSentThere() throws Exception {
    guard.answer(intent ->
        new dev.purser.api.Admission.Admitted(guard.reservation(), LLAMA, OptionalLong.of(20)));
    groq.enqueue(json(ANSWER));
    try (Response answer = withGroq().newCall(asked(ASK)).execute()) {
      assertThat(answer.code()).isEqualTo(200);
    }
    assertThat(text(reached(groq))).contains("\"max_tokens\":20").doesNotContain("50");
    assertSettledOnce();
  }

  @Test
  void aModelOfTheSameNameAtAnotherHostIsAnotherModel() throws Exception {
    ModelId there = ModelId.of("openrouter", "gpt-4o");
    guard.route(ASKED, there);
    server.enqueue(new MockResponse().setResponseCode(500));
    groq.enqueue(json(ANSWER));
    OkHttpClient http = http(BudgetInterceptor.builder(guard)
        .upstream("openrouter", groq.url("/api/v1").toString(), () -> Secret.of(GROQS)));
    try (Response answer = http.newCall(asked(ASK)).execute()) {
      assertThat(answer.body().string()).isEqualTo(ANSWER);
    }
    assertThat(reached(groq).getHeader("Authorization")).isEqualTo("Bearer " + GROQS);
    assertThat(guard.endings).extracting(Ending::usage).containsExactly(null, ANSWER_USAGE);
  }

  @Test
  void aStreamOfAnotherHostIsMeteredAndItsUsageKeptFromWhoDidNotAsk() throws Exception {
    guard.route(ASKED, LLAMA);
    server.enqueue(new MockResponse().setResponseCode(429));
    groq.enqueue(events(delta("hello") + USAGE_EVENT + DONE_EVENT));
    try (Response answer = withGroq().newCall(asked(ASK_STREAM)).execute()) {
      assertThat(answer.body().string()).isEqualTo(delta("hello") + DONE_EVENT);
    }
    assertThat(text(reached(groq))).contains("include_usage", LLAMA.name());
    assertThat(guard.endings).extracting(Ending::usage).containsExactly(null, ANSWER_USAGE);
  }
}
