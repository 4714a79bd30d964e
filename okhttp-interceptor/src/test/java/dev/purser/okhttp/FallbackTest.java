package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.AbandonReason;
import dev.purser.api.Admission;
import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal;
import dev.purser.okhttp.RecordingGuard.Ending;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import okio.BufferedSink;
import org.jspecify.annotations.NonNull;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that fails goes to the model that the guard names next, and to nobody if it names none. */
class FallbackTest extends OverHttp {

  private static final ModelId ASKED = ModelId.of("openai", "gpt-4o");
  private static final ModelId MINI = ModelId.of("openai", "gpt-4o-mini");
  private static final ModelId NANO = ModelId.of("openai", "gpt-4.1-nano");
  private static final String OUT_OF_ORDER = "{\"error\":{\"message\":\"out of order\"}}";

  private static MockResponse failing(int status) {
    return json(OUT_OF_ORDER).setResponseCode(status);
  }

  private static Response answered(OkHttpClient http, Request request) throws IOException {
    return http.newCall(request).execute();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 529})
  void aStatusThatAnotherModelMayNotHaveGoesOnToIt(int status) throws Exception {
    guard.route(ASKED, MINI);
    // OkHttp itself repeats a call that timed out on an idle connection, and asks for a connection.
    server.enqueue(failing(status).setHeader("Connection", "close").setHeader("Retry-After", "9"));
    server.enqueue(json(ANSWER));

    assertThat(send(ask(ASK))).isEqualTo(ANSWER);

    assertThat(text(received())).isEqualTo(ASK);
    assertThat(text(received())).isEqualTo(ASK.replace("gpt-4o", "gpt-4o-mini"));
    assertThat(guard.intents)
        .extracting(CallIntent::tried)
        .containsExactly(List.of(), List.of(ASKED));
    assertThat(guard.endings).extracting(Ending::usage).containsExactly(null, ANSWER_USAGE);
    assertThat(guard.endings).first().isEqualTo(Ending.RELEASED);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 402, 403, 404, 413, 422})
  void aStatusThatEveryModelWouldAnswerIsTheCallers(int status) throws Exception {
    guard.route(ASKED, MINI);
    server.enqueue(failing(status));
    try (Response answer = answered(client, ask(ASK))) {
      assertThat(answer.code()).isEqualTo(status);
      assertThat(answer.body().string()).isEqualTo(OUT_OF_ORDER);
    }
    assertThat(guard.onlyIntent().tried()).isEmpty();
    assertReleasedOnce();
  }

  @Test
  void theLastFailureIsTheCallersUnchangedWhenAllWereTried() throws Exception {
    guard.route(ASKED, MINI, NANO);
    server.enqueue(failing(500));
    server.enqueue(failing(503));
    server.enqueue(json("{\"error\":{\"message\":\"the last\"}}")
        .setResponseCode(429)
        .setHeader("Retry-After", "7"));

    try (Response answer = answered(client, ask(ASK))) {
      assertThat(answer.code()).isEqualTo(429);
      assertThat(answer.header("Retry-After")).isEqualTo("7");
      assertThat(answer.body().string()).isEqualTo("{\"error\":{\"message\":\"the last\"}}");
    }

    assertThat(server.getRequestCount()).isEqualTo(3);
    assertThat(guard.intents)
        .extracting(CallIntent::tried)
        .containsExactly(
            List.of(), List.of(ASKED), List.of(ASKED, MINI), List.of(ASKED, MINI, NANO));
    assertThat(guard.endings).containsExactly(Ending.RELEASED, Ending.RELEASED, Ending.RELEASED);
  }

  @Test
  void aFallbackThatNoBudgetCarriesLeavesTheFailureToTheCaller() throws Exception {
    guard.answer(intent -> intent.tried().isEmpty()
        ? guard.admitted(intent)
        : new Admission.Refused(refusal(Refusal.Reason.EXHAUSTED)));
    server.enqueue(failing(503));
    try (Response answer = answered(client, ask(ASK))) {
      assertThat(answer.code()).isEqualTo(503);
      assertThat(answer.body().string()).isEqualTo(OUT_OF_ORDER);
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
    assertReleasedOnce();
  }

  /** Whoever writes a guard of their own may not know of tried models. */
  @Test
  void aGuardThatAlwaysNamesTheSameModelIsAskedOnceMoreAndNoMore() throws Exception {
    guard.answer(intent ->
        new Admission.Admitted(guard.reservation(), intent.model(), OptionalLong.empty()));
    server.enqueue(failing(500));
    try (Response answer = answered(client, ask(ASK))) {
      assertThat(answer.code()).isEqualTo(500);
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
    assertThat(guard.intents).hasSize(2);
    assertThat(guard.endings).containsExactly(Ending.RELEASED, Ending.RELEASED);
  }

  @Test
  void nothingIsAskedForACallThatDidNotFail() throws Exception {
    guard.route(ASKED, MINI);
    server.enqueue(json(ANSWER));
    send(ask(ASK));
    assertThat(guard.onlyIntent().tried()).isEmpty();
    assertSettledOnce();
  }

  @Test
  void aConnectionThatBreaksAfterTheRequestIsChargedAndTheNextModelAnswers() throws Exception {
    guard.route(ASKED, MINI);
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
    server.enqueue(json(ANSWER));
    OkHttpClient once = client.newBuilder().retryOnConnectionFailure(false).build();
    try (Response answer = answered(once, ask(ASK))) {
      assertThat(answer.body().string()).isEqualTo(ANSWER);
    }
    assertThat(guard.endings).first().isEqualTo(Ending.abandoned(AbandonReason.CALL_FAILED));
    assertThat(guard.endings).extracting(Ending::usage).containsExactly(null, ANSWER_USAGE);
  }

  @Test
  void aModelThatDoesNotAnswerInTimeIsChargedAndTheNextOneAnswers() throws Exception {
    guard.route(ASKED, MINI);
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    server.enqueue(json(ANSWER));
    OkHttpClient impatient =
        client.newBuilder().readTimeout(Duration.ofMillis(300)).build();
    try (Response answer = answered(impatient, ask(ASK))) {
      assertThat(answer.body().string()).isEqualTo(ANSWER);
    }
    assertThat(guard.endings).first().isEqualTo(Ending.abandoned(AbandonReason.CALL_FAILED));
    assertThat(guard.endings).extracting(Ending::usage).containsExactly(null, ANSWER_USAGE);
  }

  @Test
  void theExceptionIsTheSameIfNobodyElseIsThere() {
    guard.route(ASKED);
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    OkHttpClient impatient =
        client.newBuilder().readTimeout(Duration.ofMillis(300)).build();
    assertThatThrownBy(() -> answered(impatient, ask(ASK)))
        .isInstanceOf(SocketTimeoutException.class)
        .hasNoSuppressedExceptions();
    assertAbandonedOnce(AbandonReason.CALL_FAILED);
  }

  @Test
  void aCallThatItsCallerCancelledIsNotMadeAnew() {
    guard.route(ASKED, MINI);
    AtomicInteger sent = new AtomicInteger();
    OkHttpClient cancelling = further(chain -> {
      sent.incrementAndGet();
      chain.call().cancel();
      return chain.proceed(chain.request());
    });
    assertThatThrownBy(() -> answered(cancelling, ask(ASK))).hasMessage("Canceled");
    assertThat(sent).hasValue(1);
    assertThat(guard.onlyIntent().tried()).isEmpty();
    assertReleasedOnce();
  }

  @Test
  void aCallWhoseTimeIsUpIsNotMadeAnew() {
    guard.route(ASKED, MINI);
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    OkHttpClient impatient =
        client.newBuilder().callTimeout(Duration.ofMillis(300)).build();
    assertThatThrownBy(() -> answered(impatient, ask(ASK)))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(guard.onlyIntent().tried()).isEmpty();
  }

  @Test
  void aThreadThatWasInterruptedTriesNothingElse() {
    guard.route(ASKED, MINI);
    OkHttpClient interrupted = further(chain -> {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    });
    assertThatThrownBy(() -> answered(interrupted, ask(ASK)))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(guard.onlyIntent().tried()).isEmpty();
    assertReleasedOnce();
  }

  @Test
  void aBodyThatCanBeSentOnlyOnceIsSentOnce() throws Exception {
    guard.route(ASKED, MINI);
    server.enqueue(failing(500));
    RequestBody once = new RequestBody() {
      @Override
      public okhttp3.MediaType contentType() {
        return JSON;
      }

      @Override
      public boolean isOneShot() {
        return true;
      }

      @Override
      public void writeTo(@NonNull BufferedSink sink) throws IOException {
        sink.writeUtf8(ASK);
      }
    };
    try (Response answer = answered(client, to(CHAT).post(once).build())) {
      assertThat(answer.code()).isEqualTo(500);
    }
    assertThat(guard.onlyIntent().tried()).isEmpty();
    assertReleasedOnce();
  }

  @Test
  void aSignedRequestIsSentAsItIsAndOnce() throws Exception {
    guard.route(ASKED, MINI);
    server.enqueue(failing(500));
    Request signed =
        ask(ASK).newBuilder().header("Content-Digest", "sha-256=:x:").build();
    try (Response answer = answered(client, signed)) {
      assertThat(answer.code()).isEqualTo(500);
    }
    assertThat(guard.onlyIntent().modelAdjustable()).isFalse();
    assertReleasedOnce();
  }

  /** Nobody could send a second model after the first one's words. */
  @Test
  void aStreamThatBreaksInTheMiddleIsNotMadeAnew() throws Exception {
    guard.route(ASKED, MINI);
    String sofar = delta("one");
    try (ScriptedServer provider = new ScriptedServer(connection -> {
      connection.readRequest();
      connection.sendStream(sofar);
    })) {
      try (Response answer = answered(client, StreamedAnswerTest.streamTo(provider))) {
        assertThat(answer.body().source().readUtf8(sofar.length())).isEqualTo(sofar);
        assertThatThrownBy(answer.body().source()::readByte).isInstanceOf(IOException.class);
      }
      provider.finish();
    }
    assertThat(guard.onlyIntent().tried()).isEmpty();
    assertAbandonedOnce(AbandonReason.CALL_FAILED);
  }

  @Test
  void anAnswerThatBreaksInTheMiddleIsNotMadeAnew() throws Exception {
    guard.route(ASKED, MINI);
    server.enqueue(json(ANSWER).setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY));
    try (Response answer = answered(client, ask(ASK))) {
      assertThatThrownBy(answer.body()::string).isInstanceOf(IOException.class);
    }
    assertThat(guard.onlyIntent().tried()).isEmpty();
    assertAbandonedOnce(AbandonReason.CALL_FAILED);
  }

  @Test
  void aStreamThatIsRefusedGoesOnAndItsUsageIsAskedOfTheNextModelToo() throws Exception {
    guard.route(ASKED, MINI);
    server.enqueue(failing(429));
    server.enqueue(events(delta("hello") + USAGE_EVENT + DONE_EVENT));
    assertThat(send(ask(ASK_STREAM))).isEqualTo(delta("hello") + DONE_EVENT);
    assertThat(text(received())).contains("\"gpt-4o\"", "include_usage");
    assertThat(text(received())).contains("\"gpt-4o-mini\"", "include_usage");
    assertThat(guard.endings).extracting(Ending::usage).containsExactly(null, ANSWER_USAGE);
  }

  @Test
  void anAsynchronousCallGoesOnAsWell() throws Exception {
    guard.route(ASKED, MINI);
    server.enqueue(failing(500));
    server.enqueue(json(ANSWER));
    CompletableFuture<String> answer = new CompletableFuture<>();
    client.newCall(ask(ASK)).enqueue(new Callback() {
      @Override
      public void onFailure(@NonNull Call call, @NonNull IOException e) {
        answer.completeExceptionally(e);
      }

      @Override
      public void onResponse(@NonNull Call call, @NonNull Response response) throws IOException {
        try (response) {
          answer.complete(response.body().string());
        }
      }
    });
    assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(ANSWER);
    assertThat(guard.endings).extracting(Ending::usage).containsExactly(null, ANSWER_USAGE);
  }

  @Test
  void anAsynchronousCallThatNobodyAnswersFailsOnce() throws Exception {
    guard.route(ASKED, MINI);
    server.shutdown();
    CompletableFuture<String> answer = new CompletableFuture<>();
    client.newCall(ask(ASK)).enqueue(new Callback() {
      @Override
      public void onFailure(@NonNull Call call, @NonNull IOException e) {
        answer.completeExceptionally(e);
      }

      @Override
      public void onResponse(@NonNull Call call, @NonNull Response response) {
        response.close();
        answer.complete("");
      }
    });
    assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(java.net.ConnectException.class);
    assertThat(guard.intents).hasSize(3);
    assertThat(guard.endings).containsExactly(Ending.RELEASED, Ending.RELEASED);
  }

  @Test
  void theKeyAgainstDoublesOfTheFirstAttemptIsNotThatOfTheNext() throws Exception {
    guard.route(ASKED, MINI);
    server.enqueue(failing(500));
    server.enqueue(json(ANSWER));
    send(ask(ASK).newBuilder().header("Idempotency-Key", "one").build());
    RecordedRequest first = received();
    assertThat(first.getHeader("Idempotency-Key")).isEqualTo("one");
    assertThat(received().getHeader("Idempotency-Key")).isNull();
  }

  @Test
  void aFaultOfAnotherInterceptorThatIsNoFailureOfTheNetworkIsTheCallers() {
    guard.route(ASKED, MINI);
    IllegalStateException fault = new IllegalStateException("someone else's");
    OkHttpClient faulty = further(chain -> {
      throw fault;
    });
    assertThatThrownBy(() -> answered(faulty, ask(ASK))).isSameAs(fault);
    assertThat(guard.onlyIntent().tried()).isEmpty();
    assertReleasedOnce();
  }

  private OkHttpClient further(Interceptor interceptor) {
    return client.newBuilder().addInterceptor(interceptor).build();
  }
}
