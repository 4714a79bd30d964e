package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.Budget;
import dev.purser.api.Denial;
import dev.purser.api.Dimension;
import dev.purser.api.ModelId;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usd;
import dev.purser.core.PurserBuilder;
import dev.purser.spi.CredentialSource;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSource;
import okio.Okio;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A reservation whose error path forgot to finish it blocks the key at $0 spent. Every way by which a
 * call can fail is gone here by the key of alice, who may make one call at a time: if one way left its
 * reservation open, her next call would be refused.
 */
class ForgottenErrorPathTrap14Test extends WithVirtualKey {

  private static final String STREAM = ASK.replace("{\"model", "{\"stream\":true,\"model");

  /** Once the failed call is charged, a call more fits; beside one that is held, none would. */
  private static final String TWO_AND_A_HALF_CALLS = "0.0014";

  @Override
  PurserBuilder options() {
    return super.options()
        .budget(Budget.total("money", Usd.of(TWO_AND_A_HALF_CALLS)).per(Dimension.KEY))
        .budget(Budget.concurrent("slot", 1).per(Dimension.KEY));
  }

  /** After every test: the next call passes, and what stood in its way before is charged, not held. */
  @AfterEach
  void theNextCallPasses() throws Exception {
    try (ScriptedServer provider = new ScriptedServer(connection -> {
      connection.readRequest();
      connection.sendHead("application/json", "Content-Length: " + ANSWER.length() + "\r\n");
      connection.send(ANSWER);
    })) {
      Request next = ask(ASK).newBuilder().url(provider.url(CHAT)).build();
      credentials.put(next.url().host() + ":" + next.url().port(), REAL);
      assertThat(call(http, withKey(next)).code()).isEqualTo(200);
      provider.finish();
    }
    purser.close();
    records.forEach(LeakWatch::show);
    assertThat(records)
        .allSatisfy(record -> assertThat(record.attribution().key()).isEqualTo("alice"))
        .last()
        .extracting(SpendRecord::outcome)
        .isEqualTo(Outcome.SETTLED);
  }

  private void assertReleased() {
    assertOnly(Outcome.RELEASED);
  }

  private void assertOnly(Outcome... outcomes) {
    Awaitility.await().until(() -> records.size() >= outcomes.length);
    assertThat(records).extracting(SpendRecord::outcome).containsExactly(outcomes);
  }

  private OkHttpClient with(Interceptor further) {
    return http.newBuilder().addInterceptor(further).build();
  }

  private void assertFails(OkHttpClient client, Request request, Class<?> with) {
    assertThatThrownBy(() -> call(client, withKey(request))).isInstanceOf(with);
  }

  @Test
  void nobodyListens() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0)) {
      port = taken.getLocalPort();
    }
    credentials.put("localhost:" + port, REAL);
    Request request =
        ask(ASK).newBuilder().url("http://localhost:" + port + CHAT).build();

    assertFails(http, request, IOException.class);
    assertReleased();
  }

  @Test
  void theHostIsUnknown() {
    OkHttpClient lost = http.newBuilder()
        .dns(host -> {
          throw new UnknownHostException(host);
        })
        .build();

    assertFails(lost, ask(ASK), UnknownHostException.class);
    assertReleased();
  }

  @Test
  void theAnswerDoesNotComeInTime() {
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    OkHttpClient impatient =
        http.newBuilder().readTimeout(Duration.ofMillis(200)).build();

    assertFails(impatient, ask(ASK), SocketTimeoutException.class);
    assertOnly(Outcome.ABANDONED);
  }

  @Test
  void theConnectionIsCutAfterTheRequest() {
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));

    assertFails(
        http.newBuilder().retryOnConnectionFailure(false).build(), ask(ASK), IOException.class);
    assertOnly(Outcome.ABANDONED);
  }

  @Test
  void theAnswerIsCut() {
    server.enqueue(json(ANSWER).setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY));

    assertFails(http, ask(ASK), IOException.class);
    assertOnly(Outcome.ABANDONED);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 429, 500, 502, 529})
  void theProviderAnswersWithAnError(int status) throws Exception {
    server.enqueue(json("{\"error\":{\"message\":\"no\"}}").setResponseCode(status));

    assertThat(call(http, withKey(ask(ASK))).code()).isEqualTo(status);
    assertReleased();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "<html>", "{\"usage\":{\"prompt_tokens\":1e99}}"})
  void theAnswerIsNone(String answer) throws Exception {
    server.enqueue(json(answer));

    assertThat(call(http, withKey(ask(ASK))).body()).isEqualTo(answer);
    assertOnly(Outcome.ABANDONED);
  }

  @Test
  void anInterceptorFurtherInThrows() {
    assertFails(
        with(chain -> {
          throw new IllegalStateException("somebody else's");
        }),
        ask(ASK),
        IllegalStateException.class);
    assertReleased();
  }

  @Test
  void anInterceptorFurtherInThrowsWhatItMayNot() {
    assertFails(
        with(chain -> {
          throw sneaked(new ClassNotFoundException("somebody else's"));
        }),
        ask(ASK),
        ClassNotFoundException.class);
    assertReleased();
  }

  @Test
  void anInterceptorFurtherInThrowsAnError() {
    server.enqueue(json(ANSWER));
    assertFails(
        with(chain -> {
          chain.proceed(chain.request()).close();
          throw new AssertionError("somebody else's");
        }),
        ask(ASK),
        AssertionError.class);
    assertOnly(Outcome.ABANDONED);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> RuntimeException sneaked(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /** Where somebody quotes the request in an exception, its caller gets the rest of it. */
  @Test
  void anInterceptorFurtherInThrowsWithTheRealCredential() {
    OkHttpClient talkative = with(chain -> {
      IOException quoting = new IOException("no: " + chain.request().header("Authorization"));
      throw new IllegalStateException("failed", quoting);
    });

    assertThatThrownBy(() -> call(talkative, withKey(ask(ASK))))
        .isInstanceOf(IOException.class)
        .hasNoCause()
        .hasMessage("java.lang.IllegalStateException: failed");
    assertReleased();
  }

  @Test
  void theCallIsCancelledBeforeItLeaves() {
    Call call = http.newCall(withKey(ask(ASK)));
    call.cancel();

    assertThatThrownBy(call::execute).hasMessage("Canceled");
    assertReleased();
  }

  @Test
  void theCallIsCancelledAfterTheHeaders() throws Exception {
    try (ScriptedServer provider = new ScriptedServer(connection -> {
      connection.readRequest();
      connection.sendHead("text/event-stream", "Transfer-Encoding: chunked\r\n");
      connection.sendChunk(delta("hello"));
      connection.awaitHangUp();
    })) {
      Request request = ask(STREAM).newBuilder().url(provider.url(CHAT)).build();
      credentials.put(request.url().host() + ":" + request.url().port(), REAL);
      Call call = http.newCall(withKey(request));
      try (Response response = call.execute()) {
        assertThat(response.body().source().readUtf8Line()).startsWith("data:");
        call.cancel();
      }
      provider.finish();
    }
    assertOnly(Outcome.ESTIMATED);
  }

  @Test
  void aStreamIsClosedUnread() throws Exception {
    server.enqueue(events(delta("hello") + USAGE_EVENT + DONE_EVENT));
    http.newCall(withKey(ask(STREAM))).execute().close();

    assertOnly(Outcome.ABANDONED);
  }

  @Test
  void thereIsNoCredential() throws Exception {
    credentials.clear();

    assertThat(call(http, withKey(ask(ASK))).denial().reason())
        .isEqualTo(Denial.Reason.NO_CREDENTIAL);
    assertOnly(Outcome.RELEASED, Outcome.DENIED);
  }

  @Test
  void theSourceOfCredentialsThrows() throws Exception {
    CredentialSource broken = upstream -> {
      throw new IllegalStateException(REAL);
    };

    assertThat(call(client(swapping().credentials(broken).build()), withKey(ask(ASK)))
            .code())
        .isEqualTo(401);
    assertOnly(Outcome.RELEASED, Outcome.DENIED);
  }

  /** Errors of the machine are nobody's to hide; the reservation ends all the same. */
  @Test
  void theSourceOfCredentialsFillsTheHeap() {
    CredentialSource broken = upstream -> {
      throw new OutOfMemoryError("not really");
    };

    assertFails(client(swapping().credentials(broken).build()), ask(ASK), OutOfMemoryError.class);
    assertReleased();
  }

  @Test
  void theBodyCannotBeWritten() {
    RequestBody body = new RequestBody() {
      @Override
      public MediaType contentType() {
        return JSON;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        throw new IOException("disk gone");
      }
    };
    assertThatThrownBy(() -> call(http, withKey(to(CHAT).post(body).build())))
        .hasMessage("disk gone");
    assertThat(records).isEmpty();
  }

  /** Held for another model than can be sent, then once more for what can. */
  @Test
  void whatTheGuardWantsCannotBeSent() throws Exception {
    server.enqueue(json(ANSWER));
    purser.close();
    purser =
        options().router(intent -> ModelId.of("anthropic", "claude-haiku-4-5")).build();
    key = purser.keys().mint(alice(), "dana").secret().reveal();
    http = client(swapping().build());

    assertThat(call(http, withKey(ask(ASK))).code()).isEqualTo(200);
    assertThat(reached().getHeader("Authorization")).isEqualTo("Bearer " + REAL);
  }

  @Test
  void theAnswersSourceThrows() {
    server.enqueue(json(ANSWER));
    OkHttpClient faulty = with(chain -> {
      Response answer = chain.proceed(chain.request());
      var source = new ForwardingSource(answer.body().source()) {
        @Override
        public long read(Buffer sink, long byteCount) {
          throw new IllegalStateException("somebody else's");
        }
      };
      return answer
          .newBuilder()
          .body(ResponseBody.create(Okio.buffer(source), JSON, -1))
          .build();
    });

    assertFails(faulty, ask(ASK), IllegalStateException.class);
    assertOnly(Outcome.ABANDONED);
  }

  @Test
  void theCallIsRedirectedForever() {
    for (int i = 0; i < 25; i++) {
      server.enqueue(new MockResponse().setResponseCode(307).setHeader("Location", CHAT));
    }

    assertFails(http, ask(ASK), ProtocolException.class);
    assertOnly(Outcome.ABANDONED);
  }
}
