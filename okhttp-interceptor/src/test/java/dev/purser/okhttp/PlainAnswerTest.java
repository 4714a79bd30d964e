package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.AbandonReason;
import dev.purser.api.Admission;
import dev.purser.api.ModelId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.Test;

class PlainAnswerTest extends OverHttp {

  @Test
  void anAnswerArrivesAsItCameAndIsSettled() throws Exception {
    server.enqueue(json(ANSWER).setHeader("x-request-id", "r-1"));

    try (Response response = client.newCall(ask(ASK)).execute()) {
      assertThat(response.code()).isEqualTo(200);
      assertThat(response.header("x-request-id")).isEqualTo("r-1");
      assertThat(response.header("Content-Length")).isEqualTo("" + ANSWER.length());
      assertThat(response.body().contentType()).hasToString("application/json");
      assertThat(response.body().contentLength()).isEqualTo(ANSWER.length());
      assertThat(response.body().string()).isEqualTo(ANSWER);
    }

    assertSettledOnce();
    assertThat(guard.endings.get(0).settlement().responseId()).isEqualTo("chatcmpl-1");
    assertThat(guard.unmetered).isEmpty();
  }

  @Test
  void theGuardLearnsWhatTheRequestAsksFor() throws Exception {
    server.enqueue(json(ANSWER));
    send(ask("{\"n\":3,\"service_tier\":\"flex\"," + ASK.substring(1)));

    var intent = guard.onlyIntent();
    assertThat(intent.api()).isEqualTo("openai.chat.completions");
    assertThat(intent.model()).isEqualTo(ModelId.of("openai", "gpt-4o"));
    assertThat(intent.outputCap()).hasValue(50);
    assertThat(intent.choices()).isEqualTo(3);
    assertThat(intent.serviceTier()).isEqualTo("flex");
    assertThat(intent.capAdjustable()).isTrue();
    assertThat(intent.modelAdjustable()).isTrue();
    assertThat(intent.prompt().texts()).contains("What is a purser?");
  }

  @Test
  void aRequestThatNeedsNoEditLeavesByteForByte() throws Exception {
    String odd = """
         { "messages" : [ {"content":"\\u00fc \\/ ü","role":"user"} ],\r
        \t"max_tokens":5e1, "model":"gpt-4o" , "unknown":{"a":[1,2,{}]} }
        """;
    server.enqueue(json(ANSWER));
    send(ask(odd));

    RecordedRequest received = received();
    assertThat(text(received)).isEqualTo(odd);
    assertThat(received.getHeader("Content-Type")).startsWith("application/json");
    assertThat(received.getHeader("Content-Length"))
        .isEqualTo("" + odd.getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void aLoweredCapAndAnotherModelAreSent() throws Exception {
    guard.answer(intent -> new Admission.Admitted(
        guard.reservation(), ModelId.of("openai", "gpt-4o-mini"), OptionalLong.of(7)));
    server.enqueue(json(ANSWER));
    send(ask(ASK));

    RecordedRequest received = received();
    assertThat(text(received))
        .isEqualTo(
            ASK.replace("gpt-4o", "gpt-4o-mini").replace("\"max_tokens\":50", "\"max_tokens\":7"));
    assertThat(received.getHeader("Content-Length"))
        .isEqualTo("" + text(received).length());
    assertSettledOnce();
  }

  @Test
  void theCapThatTheRequestSetAnywayIsNoEdit() throws Exception {
    guard.cap(50);
    server.enqueue(json(ANSWER));
    send(ask(ASK));
    assertThat(text(received())).isEqualTo(ASK);
  }

  @Test
  void anAsynchronousCallIsSettledBeforeItsCallbackRuns() throws Exception {
    server.enqueue(json(ANSWER));
    CompletableFuture<Integer> endingsSeen = new CompletableFuture<>();
    client.newCall(ask(ASK)).enqueue(new Callback() {
      @Override
      public void onResponse(Call call, Response response) {
        endingsSeen.complete(guard.endings.size());
        response.close();
      }

      @Override
      public void onFailure(Call call, IOException e) {
        endingsSeen.completeExceptionally(e);
      }
    });
    assertThat(endingsSeen.get(10, TimeUnit.SECONDS)).isOne();
    assertSettledOnce();
  }

  @Test
  void aCompressedAnswerIsDecodedForTheCallerAndSettled() throws Exception {
    server.enqueue(gzipped(ANSWER));
    assertThat(send(ask(ASK))).isEqualTo(ANSWER);
    assertSettledOnce();
  }

  @Test
  void aCallerThatAskedForGzipGetsGzipAndTheCallIsSettled() throws Exception {
    MockResponse compressed = gzipped(ANSWER);
    byte[] bytes = compressed.getBody().clone().readByteArray();
    server.enqueue(compressed);

    Request request = ask(ASK).newBuilder().header("Accept-Encoding", "gzip").build();
    try (Response response = client.newCall(request).execute()) {
      assertThat(response.header("Content-Encoding")).isEqualTo("gzip");
      assertThat(response.body().bytes()).isEqualTo(bytes);
    }
    assertThat(received().getHeader("Accept-Encoding")).isEqualTo("gzip");
    assertSettledOnce();
  }

  @Test
  void gzipThatIsNotGzipReachesACallerThatAskedForItAndIsCharged() throws Exception {
    server.enqueue(json(ANSWER).setHeader("Content-Encoding", "gzip"));
    Request request = ask(ASK).newBuilder().header("Accept-Encoding", "gzip").build();
    assertThat(send(request)).isEqualTo(ANSWER);
    assertAbandonedOnce(AbandonReason.MALFORMED_ANSWER);
  }

  @Test
  void gzipThatIsNotGzipFailsAsItWouldWithoutUsAndIsCharged() throws Exception {
    server.enqueue(json(ANSWER).setHeader("Content-Encoding", "gzip"));
    assertThatThrownBy(() -> send(ask(ASK)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ID1ID2");
    assertAbandonedOnce(AbandonReason.CALL_FAILED);
  }

  @Test
  void aMalformedAnswerArrivesByteForByteAndIsCharged() throws Exception {
    String malformed = ANSWER.replace("\"choices\":", "\"choices\" oops ");
    server.enqueue(json(malformed));
    assertThat(send(ask(ASK))).isEqualTo(malformed);
    assertAbandonedOnce(AbandonReason.MALFORMED_ANSWER);
  }

  @Test
  void anErrorInsideASuccessIsNotBilled() throws Exception {
    String error = "{\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}";
    server.enqueue(json(error));
    assertThat(send(ask(ASK))).isEqualTo(error);
    assertUnbilledOnce();
  }

  @Test
  void anAnswerWithoutUsageIsCharged() throws Exception {
    server.enqueue(json("{\"id\":\"x\",\"choices\":[]}"));
    send(ask(ASK));
    assertAbandonedOnce(AbandonReason.NO_USAGE);
  }

  @Test
  void anEmptyAnswerIsDeliveredAndCharged() throws Exception {
    server.enqueue(json(""));
    server.enqueue(new MockResponse().setResponseCode(204));
    assertThat(send(ask(ASK))).isEmpty();
    assertThat(send(ask(ASK))).isEmpty();
    assertThat(guard.endings)
        .hasSize(2)
        .allSatisfy(ending -> assertThat(ending.reason()).isNotNull());
  }

  @Test
  void anAnswerBeyondTheEagerLimitIsStreamedAndSettled() throws Exception {
    String text = "x".repeat(2 * (int) MeteredAnswer.EAGER_BYTES);
    String large = ANSWER.replace("The officer", text);
    server.enqueue(json(large));
    try (Response response = client.newCall(ask(ASK)).execute()) {
      assertThat(guard.endings).isEmpty();
      assertThat(response.body().string()).isEqualTo(large);
    }
    assertSettledOnce();
  }

  @Test
  void aLargeAnswerIsSettledForACallerThatStopsAtItsLastByte() throws Exception {
    String large = ANSWER.replace("The officer", "x".repeat(2 * (int) MeteredAnswer.EAGER_BYTES));
    server.enqueue(json(large));
    try (Response response = client.newCall(ask(ASK)).execute()) {
      // As a JSON parser does: it stops at the closing brace and never asks for the end.
      assertThat(response.body().source().readUtf8(large.length())).isEqualTo(large);
      assertSettledOnce();
    }
  }

  private static MockResponse gzipped(String text) throws IOException {
    Buffer compressed = new Buffer();
    try (var sink = Okio.buffer(new GzipSink(compressed))) {
      sink.writeUtf8(text);
    }
    return json("").setBody(compressed).setHeader("Content-Encoding", "gzip");
  }
}
