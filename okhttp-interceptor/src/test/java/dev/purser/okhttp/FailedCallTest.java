package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.AbandonReason;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.mockwebserver.MockResponse;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that fail: released if the provider never got them, charged if it may have. */
class FailedCallTest extends OverHttp {

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 404, 429, 500, 503})
  void anErrorAnswerReleasesTheMoneyAndReachesTheCaller(int status) throws Exception {
    String error = "{\"error\":{\"message\":\"no\"}}";
    server.enqueue(json(error).setResponseCode(status));
    try (Response response = client.newCall(ask(ASK)).execute()) {
      assertThat(response.code()).isEqualTo(status);
      assertThat(response.body().string()).isEqualTo(error);
    }
    assertReleasedOnce();
  }

  @Test
  void eachAttemptOfARetryIsACallOfItsOwn() throws Exception {
    server.enqueue(new MockResponse().setResponseCode(429).setHeader("Retry-After", "0"));
    server.enqueue(json(ANSWER));
    send(ask(ASK));
    send(ask(ASK));
    assertThat(guard.intents).filteredOn(intent -> intent.tried().isEmpty()).hasSize(2);
    assertThat(guard.endings)
        .extracting(RecordingGuard.Ending::usage)
        .containsExactly(null, ANSWER_USAGE);
    assertThat(guard.endings).first().isEqualTo(RecordingGuard.Ending.RELEASED);
  }

  @Test
  void aRedirectThatOkHttpFollowsIsOneCallTrap27() throws Exception {
    server.enqueue(new MockResponse().setResponseCode(307).setHeader("Location", "/eu" + CHAT));
    server.enqueue(json(ANSWER));
    assertThat(send(ask(ASK))).isEqualTo(ANSWER);
    assertThat(server.getRequestCount()).isEqualTo(2);
    assertThat(guard.intents).hasSize(1);
    assertSettledOnce();
  }

  @Test
  void anErrorPathThatForgetsNothingTrap14() throws Exception {
    // Nobody listens: the call never left, and a key at $0 must not stay blocked.
    server.shutdown();
    assertThatThrownBy(() -> client.newCall(ask(ASK)).execute())
        .isInstanceOf(ConnectException.class);
    assertReleasedOnce();
  }

  /** Errors of the machine are nobody's to hide; but the money does not go with them. */
  @Test
  void aFullHeapWhileTheRequestIsEditedReleasesTheMoney() {
    OutOfMemoryError full = new OutOfMemoryError("broken");
    assertThatThrownBy(() -> new BrokenDialect(full).send(guard, ask(ASK_STREAM)))
        .isSameAs(full);
    assertReleasedOnce();
  }

  @Test
  void aCallCancelledBeforeItLeftIsReleased() {
    Call call = client.newCall(ask(ASK));
    call.cancel();
    assertThatThrownBy(call::execute).isInstanceOf(IOException.class).hasMessage("Canceled");
    assertReleasedOnce();
  }

  @Test
  void aRuntimeExceptionFromFurtherInIsRethrownUnchangedAndTheMoneyReleased() {
    IllegalStateException fault = new IllegalStateException("someone else's");
    OkHttpClient faulty = client
        .newBuilder()
        .addInterceptor(chain -> {
          throw fault;
        })
        .build();
    assertThatThrownBy(() -> faulty.newCall(ask(ASK)).execute()).isSameAs(fault);
    assertReleasedOnce();
  }

  @Test
  void anErrorFromFurtherInIsRethrownUnchangedAndChargedOnceTheRequestHasLeft() {
    server.enqueue(json(ANSWER));
    AssertionError fault = new AssertionError("someone else's");
    OkHttpClient faulty = client
        .newBuilder()
        .addInterceptor(chain -> {
          chain.proceed(chain.request()).close();
          throw fault;
        })
        .build();
    assertThatThrownBy(() -> faulty.newCall(ask(ASK)).execute()).isSameAs(fault);
    assertAbandonedOnce(AbandonReason.CALL_FAILED);
  }

  @Test
  void anAnswerWhoseSourceThrowsWhileItIsReadAheadIsClosedAndCharged() {
    server.enqueue(json(ANSWER));
    IllegalStateException fault = new IllegalStateException("someone else's");
    AtomicInteger closed = new AtomicInteger();
    OkHttpClient faulty = client
        .newBuilder()
        .addInterceptor(chain -> {
          Response answer = chain.proceed(chain.request());
          Source source = new ForwardingSource(answer.body().source()) {
            @Override
            public long read(Buffer sink, long byteCount) {
              throw fault;
            }

            @Override
            public void close() throws IOException {
              closed.incrementAndGet();
              super.close();
              throw new IllegalArgumentException("and another");
            }
          };
          return answer
              .newBuilder()
              .body(ResponseBody.create(Okio.buffer(source), JSON, answer.body().contentLength()))
              .build();
        })
        .build();
    assertThatThrownBy(() -> faulty.newCall(ask(ASK)).execute()).isSameAs(fault);
    assertThat(closed).hasPositiveValue();
    assertThat(client.connectionPool().connectionCount())
        .isEqualTo(client.connectionPool().idleConnectionCount());
    assertAbandonedOnce(AbandonReason.CALL_FAILED);
  }

  @Test
  void aConnectionDroppedAfterTheRequestWasReadIsCharged() throws Exception {
    try (ScriptedServer provider = new ScriptedServer(connection -> {
      connection.readRequest();
      connection.reset();
    })) {
      assertThatThrownBy(() -> withoutRetries().newCall(askOf(provider)).execute())
          .isInstanceOf(IOException.class);
      provider.finish();
    }
    assertAbandonedOnce(AbandonReason.CALL_FAILED);
  }

  @Test
  void aConnectionDroppedBeforeALargeRequestWasSentIsReleased() throws Exception {
    try (ScriptedServer provider = new ScriptedServer(ScriptedServer.Connection::reset)) {
      String large = ASK.replace("What", "What ".repeat(6_000_000));
      Request request = new Request.Builder()
          .url(provider.url(CHAT))
          .post(RequestBody.create(large, JSON))
          .build();
      assertThatThrownBy(() -> withoutRetries().newCall(request).execute())
          .isInstanceOf(IOException.class);
      provider.finish();
    }
    assertReleasedOnce();
  }

  @Test
  void aJsonAnswerCutInTheMiddleIsDeliveredSoFarAndCharged() throws Exception {
    String half = ANSWER.substring(0, 100);
    try (ScriptedServer provider = new ScriptedServer(connection -> {
      connection.readRequest();
      connection.sendHead("application/json", "Content-Length: " + ANSWER.length() + "\r\n");
      connection.send(half);
    })) {
      try (Response response = client.newCall(askOf(provider)).execute()) {
        assertAbandonedOnce(AbandonReason.CALL_FAILED);
        BufferedSource source = response.body().source();
        assertThat(source.readUtf8(half.length())).isEqualTo(half);
        assertThatThrownBy(source::readByte).isInstanceOf(IOException.class);
      }
      provider.finish();
    }
    assertAbandonedOnce(AbandonReason.CALL_FAILED);
  }

  @Test
  void aStreamCutInTheMiddleIsDeliveredSoFarAndCharged() throws Exception {
    // The cut falls into what might have become the event to hide: it is the caller's all the same.
    String sofar = delta("one") + USAGE_EVENT.substring(0, 40);
    try (ScriptedServer provider = new ScriptedServer(connection -> {
      connection.readRequest();
      connection.sendHead("text/event-stream", "Transfer-Encoding: chunked\r\n");
      connection.sendChunk(sofar);
    })) {
      Request request = StreamedAnswerTest.streamTo(provider);
      try (Response response = client.newCall(request).execute()) {
        BufferedSource source = response.body().source();
        assertThat(source.readUtf8(sofar.length())).isEqualTo(sofar);
        assertThatThrownBy(source::readByte).isInstanceOf(IOException.class);
      }
      provider.finish();
    }
    assertAbandonedOnce(AbandonReason.CALL_FAILED);
  }

  private OkHttpClient withoutRetries() {
    return client.newBuilder().retryOnConnectionFailure(false).build();
  }

  private static Request askOf(ScriptedServer provider) {
    return new Request.Builder()
        .url(provider.url(CHAT))
        .post(RequestBody.create(ASK, JSON))
        .build();
  }
}
