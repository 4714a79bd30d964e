package dev.purser.jdkhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.purser.api.Admission;
import dev.purser.api.Budget;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallDeniedException;
import dev.purser.api.CallIntent;
import dev.purser.api.Candidate;
import dev.purser.api.Denial;
import dev.purser.api.Dimension;
import dev.purser.api.Fit;
import dev.purser.api.FreezeTarget;
import dev.purser.api.PassingCall;
import dev.purser.api.Refusal;
import dev.purser.api.Secret;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.UnmeteredCall;
import dev.purser.api.Usd;
import dev.purser.api.VirtualKey;
import dev.purser.core.Purser;
import dev.purser.core.PurserBuilder;
import dev.purser.http.CallCutException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not leave, what leaves otherwise than it was asked, and what is stopped. */
class BudgetsTest extends OverJdk {

  private static final String REAL = "sk-real-0123456789";

  @Override
  PurserBuilder configured(PurserBuilder builder) {
    return builder
        .budget(Budget.total("all", Usd.of("1")))
        .budget(Budget.total("poor", Usd.of("0.0004")).only(Dimension.KEY, "poor"))
        .fit(Fit.NEVER)
        .task("cheap", Candidate.of("openai/gpt-4o-mini"), Candidate.of("openai/gpt-4o"));
  }

  private HttpRequest poor(String json) {
    return to(CHAT)
        .header("x-purser-key", "poor")
        .POST(BodyPublishers.ofString(json))
        .build();
  }

  private HttpRequest cheap(String json) {
    return to(CHAT)
        .header("x-purser-task", "cheap")
        .POST(BodyPublishers.ofString(json))
        .build();
  }

  @Test
  void aRefusalIsAnAnswerInTheProvidersShape() throws Exception {
    HttpResponse<String> answer = http.send(poor(ASK), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(402);
    assertThat(answer.headers().firstValue("x-should-retry")).hasValue("false");
    Refusal refusal = Refusal.parse(answer.body()).orElseThrow();
    assertThat(refusal.budget()).isEqualTo("poor");
    assertThat(answer.request()).isEqualTo(poor(ASK));
    assertThat(answer.uri()).isEqualTo(answer.request().uri());
    assertThat(answer.sslSession()).isEmpty();
    assertThat(answer.previousResponse()).isEmpty();
    try (InputStream body =
        http.sendAsync(poor(ASK), BodyHandlers.ofInputStream()).get().body()) {
      assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
          .contains("insufficient_quota");
    }
    assertThat(http.send(poor(ASK), BodyHandlers.ofLines()).body()).hasSize(1);
    assertThat(server.getRequestCount()).isZero();
    assertCharged(Usd.ZERO);
  }

  @Test
  void aRefusalIsThrownWhereThatIsWanted() {
    HttpClient throwing = options().throwRefusals(true).wrap(client());
    assertThatThrownBy(() -> throwing.send(poor(ASK), BodyHandlers.ofString()))
        .isInstanceOf(BudgetExceededException.class);
    assertThatThrownBy(
            () -> throwing.sendAsync(poor(ASK), BodyHandlers.ofString()).get())
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(BudgetExceededException.class);
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void anAnswerIsFittedToWhatIsLeft() throws Exception {
    try (Purser fitting = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("all", Usd.of("0.0003")))
        .leastUsefulOutput(4)
        .fit(Fit.ALL)
        .sink(spend)
        .build()) {
      server.enqueue(json(ANSWER));
      HttpClient fitted = BudgetedHttpClient.wrap(client(), fitting);

      assertThat(fitted.send(ask(ASK), BodyHandlers.ofString()).statusCode()).isEqualTo(200);

      String sent = text(received());
      assertThat(sent).isNotEqualTo(ASK).matches(".*\"max_tokens\":[12]?\\d,.*");
    }
  }

  @Test
  void aTaskClassRoutesTheCall() throws Exception {
    server.enqueue(json(ANSWER.replace("gpt-4o-2024-08-06", "gpt-4o-mini")));
    http.send(cheap(ASK), BodyHandlers.ofString());
    assertThat(text(received())).isEqualTo(ASK.replace("gpt-4o", "gpt-4o-mini"));
    assertCharged(Usd.ofNanos(12 * 150 + 7 * 600));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aModelThatFailsIsFollowedByTheNext(boolean async) throws Exception {
    server.enqueue(json("{\"error\":{}}").setResponseCode(503));
    server.enqueue(json(ANSWER));
    HttpResponse<String> answer = async
        ? http.sendAsync(cheap(ASK), BodyHandlers.ofString()).get()
        : http.send(cheap(ASK), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(ANSWER);
    assertThat(text(received())).contains("gpt-4o-mini");
    assertThat(text(received())).isEqualTo(ASK);
    assertCharged(COST);
    assertThat(records())
        .extracting(SpendRecord::outcome)
        .containsExactly(Outcome.RELEASED, Outcome.SETTLED);
  }

  @Test
  void aConnectionThatIsLostBeforeAnythingCameIsFollowedByTheNextModel() throws Exception {
    // The JDK's client repeats nothing that is a POST.
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
    server.enqueue(json(ANSWER));
    assertThat(http.send(cheap(ASK), BodyHandlers.ofString()).body()).isEqualTo(ANSWER);
    assertThat(records())
        .extracting(SpendRecord::outcome)
        .containsExactly(Outcome.ABANDONED, Outcome.SETTLED);
  }

  @Test
  void anAnswerThatBreaksWhileItIsLetGoLosesNoAttempt() throws Exception {
    server.enqueue(json("{\"error\":\"" + "x".repeat(50_000) + "\"}")
        .setResponseCode(503)
        .setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY));
    server.enqueue(json(ANSWER));
    assertThat(http.send(cheap(ASK), BodyHandlers.ofString()).body()).isEqualTo(ANSWER);
    assertCharged(COST);
    assertThat(records())
        .extracting(SpendRecord::outcome)
        .containsExactly(Outcome.RELEASED, Outcome.SETTLED);
  }

  @Test
  void aFailedAnswerThatNeverEndsHoldsUpNoOtherModel() throws Exception {
    // Of what it promises only the first byte comes, and the connection stays open.
    server.enqueue(json("x").setHeader("Content-Length", "50000").setResponseCode(503));
    server.enqueue(json(ANSWER));
    assertThat(http.send(cheap(ASK), BodyHandlers.ofString()).body()).isEqualTo(ANSWER);
    assertCharged(COST);
  }

  @Test
  void aCallThatIsGivenUpWhileTheNextModelIsFoundSendsNothingMore() throws Exception {
    CompletableFuture<CompletableFuture<HttpResponse<String>>> call = new CompletableFuture<>();
    BudgetGuard cancelling = new BudgetGuard() {
      @Override
      public Admission admit(CallIntent intent) {
        Admission admission = purser.admit(intent);
        if (!intent.tried().isEmpty()) {
          call.join().cancel(true);
        }
        return admission;
      }

      @Override
      public Admission pass(PassingCall passing) {
        return purser.pass(passing);
      }

      @Override
      public void denied(PassingCall passing, Denial denial) {
        purser.denied(passing, denial);
      }

      @Override
      public void unmetered(UnmeteredCall passed) {
        purser.unmetered(passed);
      }
    };
    server.enqueue(json("{\"error\":{}}").setResponseCode(503));
    server.enqueue(json(ANSWER));

    call.complete(BudgetedHttpClient.wrap(client(), cancelling)
        .sendAsync(cheap(ASK), BodyHandlers.ofString()));

    assertThatThrownBy(() -> call.join().get(1, TimeUnit.MINUTES))
        .isInstanceOf(CancellationException.class);
    Awaitility.await().until(() -> records().size() == 2);
    assertCharged(Usd.ZERO);
    assertThat(server.getRequestCount()).isOne();
  }

  @Test
  void theLastFailureIsTheCallers() throws Exception {
    server.enqueue(json("{\"error\":{\"message\":\"first\"}}").setResponseCode(503));
    server.enqueue(json("{\"error\":{\"message\":\"last\"}}").setResponseCode(429));
    HttpResponse<String> answer = http.send(cheap(ASK), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).contains("last");
    assertCharged(Usd.ZERO);
  }

  @Test
  void aVirtualKeyIsSwappedAndTheRealOneIsShownToNobody() throws Exception {
    String key = purser
        .keys()
        .mint(VirtualKey.named("alice").owner("dana"), "dana")
        .secret()
        .reveal();
    HttpClient swapping = options().credentials(upstream -> Secret.of(REAL)).wrap(client());
    server.enqueue(json(ANSWER).setHeader("x-echo", "Bearer " + REAL));
    HttpRequest request = to(CHAT)
        .setHeader("Authorization", "Bearer " + key)
        .POST(BodyPublishers.ofString(ASK))
        .build();

    HttpResponse<String> answer = swapping.send(request, BodyHandlers.ofString());

    RecordedRequest sent = received();
    assertThat(sent.getHeader("Authorization")).isEqualTo("Bearer " + REAL);
    assertThat(sent.getHeaders().toString()).doesNotContain(key);
    assertThat(answer.body()).isEqualTo(ANSWER);
    assertThat(answer.request()).isEqualTo(request);
    assertThat(answer.headers().toString() + answer + answer.request().headers())
        .doesNotContain(REAL);
    assertThat(records().get(0).attribution().key()).isEqualTo("alice");
    assertCharged(COST);
  }

  @Test
  void aVirtualKeyInTheQueryIsSwappedThereAndARedirectTellsNothing() throws Exception {
    String key = purser
        .keys()
        .mint(VirtualKey.named("alice").owner("dana"), "dana")
        .secret()
        .reveal();
    HttpClient swapping = options()
        .credentials(upstream -> Secret.of(REAL))
        .wrap(HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build());
    String path = "/v1beta/models/gemini-2.5-flash:generateContent";
    server.enqueue(new MockResponse()
        .setResponseCode(307)
        .setHeader("Location", server.url(path + "?key=" + REAL + "&again=1").toString()));
    server.enqueue(json("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]}}],"
        + "\"usageMetadata\":{\"promptTokenCount\":5,\"candidatesTokenCount\":2,"
        + "\"totalTokenCount\":7}}"));
    HttpRequest request = HttpRequest.newBuilder(
            URI.create(server.url(path) + "?alt=json&key=" + key))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}"))
        .build();

    HttpResponse<String> answer = swapping.send(request, BodyHandlers.ofString());

    assertThat(received().getPath()).isEqualTo(path + "?alt=json&key=" + REAL);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.uri() + " " + answer.request().uri() + answer.previousResponse())
        .doesNotContain(REAL);
    assertThat(answer.previousResponse()).get().satisfies(before -> {
      assertThat(before.request()).isEqualTo(request);
      assertThat(before.headers().toString()).doesNotContain(REAL);
      assertThat(before.body()).isNull();
    });
  }

  @Test
  void aKeyThatIsNotGoodIsDeniedAndWithoutACredentialToo() throws Exception {
    HttpRequest unknown = to(CHAT)
        .setHeader("Authorization", "Bearer purser_ABCDEFGHJK_0123456789abcdefghij")
        .POST(BodyPublishers.ofString(ASK))
        .build();
    HttpResponse<String> answer = http.send(unknown, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(Denial.parse(answer.body())).isPresent();

    String key = purser
        .keys()
        .mint(VirtualKey.named("alice").owner("dana"), "dana")
        .secret()
        .reveal();
    HttpRequest good = to(CHAT)
        .setHeader("Authorization", "Bearer " + key)
        .POST(BodyPublishers.ofString(ASK))
        .build();
    assertThat(http.send(good, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    assertThat(server.getRequestCount()).isZero();
    assertCharged(Usd.ZERO);
  }

  @Test
  void aFreezeCutsAStreamAndChargesIt() throws Exception {
    server.enqueue(events(delta("one") + delta("two ".repeat(4000)) + DONE_EVENT)
        .throttleBody(64, 20, TimeUnit.MILLISECONDS));
    try (InputStream body =
        http.send(ask(ASK_STREAM), BodyHandlers.ofInputStream()).body()) {
      assertThat(body.read()).isEqualTo('d');

      purser.freeze(FreezeTarget.everything(), "dana", "loop");

      assertThatThrownBy(body::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasRootCauseInstanceOf(CallCutException.class);
    }
    assertThat(records()).singleElement().satisfies(record -> {
      assertThat(record.reason()).isEqualTo("frozen");
      assertThat(record.costNanoUsd()).isPositive();
    });
    assertThat(send(ASK).statusCode()).isEqualTo(403);
  }

  @Test
  void aFreezeCutsACallThatWaitsForItsAnswer() throws Exception {
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    CompletableFuture<HttpResponse<String>> waiting =
        http.sendAsync(ask(ASK), BodyHandlers.ofString());
    CompletableFuture<HttpResponse<String>> throwing =
        options().throwRefusals(true).wrap(client()).sendAsync(ask(ASK), BodyHandlers.ofString());
    received();
    received();

    purser.freeze(FreezeTarget.everything(), "dana", "loop");

    assertThatThrownBy(() -> waiting.get(1, TimeUnit.MINUTES))
        .hasCauseInstanceOf(CallCutException.class);
    assertThatThrownBy(() -> throwing.get(1, TimeUnit.MINUTES))
        .hasCauseInstanceOf(CallDeniedException.class);
    assertThat(records()).extracting(SpendRecord::reason).containsOnly("frozen");
  }

  @Test
  void anInterruptEndsACallThatBlocks() throws Exception {
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread caller = new Thread(() -> {
      try {
        send(ASK);
      } catch (Exception e) {
        failure.complete(e);
      }
    });
    caller.start();
    received();
    caller.interrupt();

    assertThat(failure.get(1, TimeUnit.MINUTES)).isInstanceOf(InterruptedException.class);
    Awaitility.await().until(() -> !records().isEmpty());
    assertThat(records()).extracting(SpendRecord::outcome).containsExactly(Outcome.ABANDONED);
  }

  @Test
  void langChain4jsOwnClientIsBudgetedByItsBuilder() throws Exception {
    JdkHttpClientBuilder budgeted = new JdkHttpClientBuilder()
        .httpClientBuilder(
            options().wrap(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)));
    OpenAiChatModel model = OpenAiChatModel.builder()
        .httpClientBuilder(budgeted)
        .baseUrl(server.url("/v1").toString())
        .apiKey("sk-test")
        .modelName("gpt-4o")
        .maxTokens(50)
        .maxRetries(0)
        .build();
    server.enqueue(json(ANSWER));
    assertThat(model.chat("What is a purser?")).isEqualTo("The officer who keeps the money.");
    assertCharged(COST);

    server.enqueue(events(delta("The officer") + delta(" who keeps") + USAGE_EVENT + DONE_EVENT));
    CompletableFuture<ChatResponse> streamed = new CompletableFuture<>();
    OpenAiStreamingChatModel.builder()
        .httpClientBuilder(budgeted)
        .baseUrl(server.url("/v1").toString())
        .apiKey("sk-test")
        .modelName("gpt-4o")
        .maxTokens(50)
        .build()
        .chat("What is a purser?", new StreamingChatResponseHandler() {
          @Override
          public void onPartialResponse(String part) {}

          @Override
          public void onCompleteResponse(ChatResponse response) {
            streamed.complete(response);
          }

          @Override
          public void onError(Throwable error) {
            streamed.completeExceptionally(error);
          }
        });
    assertThat(streamed.get(1, TimeUnit.MINUTES).aiMessage().text())
        .isEqualTo("The officer who keeps");
    assertCharged(Usd.ofNanos(2 * COST.nanos()));
  }
}
