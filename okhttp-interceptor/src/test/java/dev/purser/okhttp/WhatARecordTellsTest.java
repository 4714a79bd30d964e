package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.Budget;
import dev.purser.api.Exchange;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the record of a call says of its way, over real calls: attempt, status, times, errors, reasons. */
class WhatARecordTellsTest extends OverHttp {

  private static final String FINISH_EVENT =
      "data: {\"id\":\"chatcmpl-1\",\"choices\":[{\"index\":0,"
          + "\"delta\":{},\"finish_reason\":\"length\"}],\"usage\":null}\n\n";

  private final List<SpendRecord> records = new CopyOnWriteArrayList<>();
  private final Purser purser = Purser.builder()
      .owner("dana@acme.dev")
      .budget(Budget.total("all", Usd.of("1")))
      .sink(records::add)
      .build();
  private final OkHttpClient http = client(new BudgetInterceptor(purser));

  @AfterEach
  void close() {
    purser.close();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  private SpendRecord record() {
    purser.close();
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  private Exchange exchange() {
    return record().exchange();
  }

  private String read(Request request) throws IOException {
    try (Response response = http.newCall(request).execute()) {
      return response.body().string();
    }
  }

  private static void assertTimes(Exchange exchange) {
    assertThat(exchange.latency()).isPositive();
    assertThat(exchange.firstChunk()).isPositive().isLessThanOrEqualTo(exchange.latency());
  }

  @Test
  void aPlainCall() throws Exception {
    server.enqueue(json(ANSWER));
    assertThat(read(ask(ASK))).isEqualTo(ANSWER);

    Exchange exchange = exchange();
    assertTimes(exchange);
    assertThat(exchange)
        .isEqualTo(new Exchange(
            1, false, exchange.latency(), exchange.firstChunk(), 200, null, "stop", null, null));
  }

  @Test
  void aStream() throws Exception {
    server.enqueue(events(delta("The") + FINISH_EVENT + USAGE_EVENT + DONE_EVENT));
    assertThat(read(ask(ASK_STREAM))).contains("The");

    Exchange exchange = exchange();
    assertTimes(exchange);
    assertThat(exchange)
        .isEqualTo(new Exchange(
            1, true, exchange.latency(), exchange.firstChunk(), 200, null, "length", null, null));
  }

  @Test
  void anAsynchronousCall() throws Exception {
    server.enqueue(json(ANSWER));
    CompletableFuture<String> body = new CompletableFuture<>();
    http.newCall(ask(ASK)).enqueue(new Callback() {
      @Override
      public void onFailure(Call call, IOException e) {
        body.completeExceptionally(e);
      }

      @Override
      public void onResponse(Call call, Response response) throws IOException {
        try (response) {
          body.complete(response.body().string());
        }
      }
    });
    assertThat(body.get(10, TimeUnit.SECONDS)).isEqualTo(ANSWER);

    assertThat(exchange().finishReason()).isEqualTo("stop");
    assertTimes(exchange());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anErrorIsCalledAsTheProviderCallsItAndReachesTheCallerUnchanged(boolean zipped)
      throws Exception {
    String error = "{\"error\":{\"message\":\"Slow down\",\"type\":\"tokens\",\"code\":"
        + "\"rate_limit_exceeded\"}}";
    MockResponse answer = json(error).setResponseCode(429);
    if (zipped) {
      Buffer gzip = new Buffer();
      try (var sink = Okio.buffer(new GzipSink(gzip))) {
        sink.writeUtf8(error);
      }
      answer.setBody(gzip).setHeader("Content-Encoding", "gzip");
    }
    server.enqueue(answer);
    assertThat(read(ask(ASK))).isEqualTo(error);

    assertThat(record().outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(exchange().status()).isEqualTo(429);
    assertThat(exchange().errorType()).isEqualTo("rate_limit_exceeded");
    assertTimes(exchange());
  }

  @ParameterizedTest
  @CsvSource({"text/html, <html>Bad gateway</html>", "application/json, {}", "application/json, ''"
  })
  void anErrorWithoutANameIsCalledByItsStatus(String type, String body) throws Exception {
    server.enqueue(
        new MockResponse().setResponseCode(502).setHeader("Content-Type", type).setBody(body));
    assertThat(read(ask(ASK))).isEqualTo(body);

    assertThat(record().outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(exchange().errorType()).isEqualTo("http_502");
  }

  /** Whoever cannot be told any better is told no worse: the caller meets the failure where it was. */
  @Test
  void anErrorThatBreaksOffIsDeliveredSoFarAndReleased() throws Exception {
    String half = "{\"error\":{\"type\":\"rate";
    try (ScriptedServer provider = new ScriptedServer(connection -> {
      connection.readRequest();
      connection.send("HTTP/1.1 500 No\r\nContent-Type: application/json\r\n"
          + "Content-Length: 100\r\n\r\n" + half);
    })) {
      Request request = ask(ASK).newBuilder().url(provider.url(CHAT)).build();
      try (Response response = http.newCall(request).execute()) {
        assertThat(response.body().source().readUtf8(half.length())).isEqualTo(half);
        assertThatThrownBy(() -> response.body().source().readByte())
            .isInstanceOf(IOException.class);
      }
      provider.finish();
    }
    assertThat(record().outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(exchange().status()).isEqualTo(500);
  }

  @Test
  void aLongErrorReachesTheCallerWhole() throws Exception {
    String error = "{\"error\":{\"message\":\"" + "no ".repeat(50_000) + "\",\"type\":\"late\"}}";
    server.enqueue(json(error).setResponseCode(400));
    server.enqueue(new MockResponse()
        .setResponseCode(400)
        .setHeader("Content-Type", "application/json")
        .setChunkedBody(error, 1000));
    assertThat(read(ask(ASK))).isEqualTo(error);
    assertThat(read(ask(ASK))).isEqualTo(error);
    purser.close();

    assertThat(records)
        .extracting(each -> each.exchange().errorType())
        .containsExactly("http_400", "http_400");
  }

  @Test
  void aTimeoutIsToldByTheClassOfItsException() {
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    OkHttpClient impatient =
        http.newBuilder().readTimeout(Duration.ofMillis(200)).build();
    assertThatThrownBy(() -> impatient.newCall(ask(ASK)).execute()).isInstanceOf(IOException.class);

    assertThat(record().reason()).isEqualTo("call_failed");
    assertThat(exchange().errorType()).isEqualTo("java.net.SocketTimeoutException");
    assertThat(exchange().status()).isZero();
    assertThat(exchange().firstChunk()).isNull();
  }

  @Test
  void aCallThatReachesNobodyIsToldByTheClassOfItsException() throws Exception {
    Request request = ask(ASK);
    server.shutdown();
    assertThatThrownBy(() -> http.newCall(request).execute()).isInstanceOf(IOException.class);

    assertThat(record().outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(exchange().errorType()).isEqualTo("java.net.ConnectException");
  }

  @Test
  void aStreamThatBreaksOffSaysWhatBroke() throws Exception {
    server.enqueue(events(delta("The") + delta("officer".repeat(20)))
        .setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY));
    assertThatThrownBy(() -> read(ask(ASK_STREAM))).isInstanceOf(IOException.class);

    assertThat(exchange().status()).isEqualTo(200);
    assertThat(exchange().errorType()).startsWith("java.").doesNotContain(" ");
    assertThat(exchange().finishReason()).isNull();
  }

  @Test
  void aStreamThatItsCallerClosesHasAFirstChunkAndNoReason() throws Exception {
    server.enqueue(events(delta("The") + FINISH_EVENT + USAGE_EVENT + DONE_EVENT));
    try (Response response = http.newCall(ask(ASK_STREAM)).execute()) {
      assertThat(response.body().source().readByte()).isEqualTo((byte) 'd');
    }

    assertThat(record().reason()).isEqualTo("closed_early");
    assertTimes(exchange());
    assertThat(exchange().errorType()).isNull();
    assertThat(exchange().finishReason()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "2, 3",
    "' 7 ', 8",
    "'', 1",
    "-1, 1",
    "two, 1",
    "99999999999, 1",
    "1.0, 1",
    "٣, 1"
  })
  void whichAttemptItIsSaysTheHeaderOfTheOfficialSdks(String header, int attempt) throws Exception {
    server.enqueue(json(ANSWER));
    String unused = read(ask(ASK)
        .newBuilder()
        .headers(ask(ASK)
            .headers()
            .newBuilder()
            .addUnsafeNonAscii("X-Stainless-Retry-Count", header)
            .build())
        .build());

    assertThat(exchange().attempt()).isEqualTo(attempt);
  }

  @Test
  void aRefusedCallSaysAttemptAndStream() throws Exception {
    Request dear = ask(ASK_STREAM.replace(
            "\"stream\"", "\"max_tokens\":16384,\"n\":100,\"stream\""))
        .newBuilder()
        .header("x-stainless-retry-count", "1")
        .build();
    assertThat(read(dear)).contains("budget");

    assertThat(record().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(exchange()).isEqualTo(Exchange.asked(2, true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse | {'contents':[]} | true",
        "/v1beta/models/gemini-2.5-pro:generateContent | {'contents':[]} | false",
        "/model/amazon.nova-pro-v1:0/converse-stream | {'messages':[]} | true",
        "/model/amazon.nova-pro-v1:0/converse | {'messages':[]} | false",
        "/model/anthropic.claude-v2/invoke-with-response-stream | {'messages':[]} | true",
        "/v1/messages | {'model':'claude-sonnet-4-5','messages':[],'stream':true} | true",
        "/v1/responses | {'model':'gpt-4o','input':'i'} | false",
      })
  void whetherItIsAStreamSaysTheRequest(String path, String body, boolean stream) throws Exception {
    server.enqueue(json("{}").setResponseCode(500));
    String unused =
        read(ask(body.replace('\'', '"')).newBuilder().url(server.url(path)).build());

    assertThat(exchange().stream()).isEqualTo(stream);
  }
}
