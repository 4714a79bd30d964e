package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallDeniedException;
import dev.purser.api.Denial;
import dev.purser.api.Dimension;
import dev.purser.api.FreezeTarget;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A freeze, as the calls of a real client meet it. */
class FreezeOverHttpTest extends OverHttp {

  private static final FreezeTarget ALICE = FreezeTarget.key("alice");
  private static final String KEEP_ALIVE = ": still there\n\n";

  private final List<SpendRecord> records = new CopyOnWriteArrayList<>();
  private final Purser purser = Purser.builder()
      .owner("dana@acme.dev")
      .budget(Budget.total("all", Usd.of("10")).per(Dimension.KEY))
      .sink(records::add)
      .build();
  private final OkHttpClient http = client(new BudgetInterceptor(purser));

  @AfterEach
  void close() {
    purser.close();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  private boolean freeze() {
    return purser.freeze(ALICE, "dana@acme.dev", "runaway loop");
  }

  private Request alices(String url, String json) {
    return new Request.Builder()
        .url(url)
        .header("x-purser-key", "alice")
        .post(RequestBody.create(json, JSON))
        .build();
  }

  private Request alices(String json) {
    return alices(server.url(CHAT).toString(), json);
  }

  private SpendRecord onlyRecord() {
    purser.close();
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  private static void assertFrozen(Denial denial) {
    assertThat(denial.reason()).isEqualTo(Denial.Reason.FROZEN);
    assertThat(denial.message()).contains("dana@acme.dev").contains("runaway loop");
  }

  @Test
  void newCallsAreAnsweredWith403InTheProvidersShapeAndDoNotLeave() throws Exception {
    freeze();
    try (Response response = http.newCall(alices(ASK)).execute()) {
      String body = response.body().string();
      assertThat(response.code()).isEqualTo(403);
      assertThat(response.header("x-should-retry")).isEqualTo("false");
      assertThat(body)
          .contains("\"type\":\"invalid_request_error\"")
          .contains("\"code\":\"frozen\"");
      assertFrozen(Denial.parse(body).orElseThrow());
      assertFrozen(Denial.parse(response.header("x-purser-refusal")).orElseThrow());
    }
    assertThat(server.getRequestCount()).isZero();
    assertThat(onlyRecord().outcome()).isEqualTo(Outcome.DENIED);
  }

  @Test
  void callsPassAgainOnceTheyAreUnfrozen() throws Exception {
    server.enqueue(json(ANSWER));
    freeze();
    purser.unfreeze(ALICE, "dana@acme.dev", "fixed");
    assertThat(send(alices(ASK))).isEqualTo(ANSWER);
  }

  /** {@inheritDoc} */
  @Override
  String send(Request request) throws IOException {
    try (Response response = http.newCall(request).execute()) {
      return response.body().string();
    }
  }

  @Test
  void aStreamWhoseReaderWaitsForTheNextChunkIsCutAtOnceAndCharged() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer provider = new ScriptedServer(connection -> {
          connection.readRequest();
          connection.sendStream(delta("The officer"));
          ScriptedServer.await(over);
        });
        Response response = http.newCall(alices(provider.url(CHAT), ASK_STREAM)).execute()) {
      BufferedSource answer = response.body().source();
      assertThat(answer.readUtf8Line()).contains("The officer");
      CompletableFuture<Throwable> reader = new CompletableFuture<>();
      Thread reading = new Thread(() -> {
        try {
          answer.readUtf8Line();
          reader.complete(new AssertionError(answer.readUtf8Line()));
        } catch (IOException e) {
          reader.complete(e);
        }
      });
      reading.start();
      freeze();
      Throwable thrown = reader.get(10, TimeUnit.SECONDS);
      assertThat(thrown).isInstanceOfSatisfying(CallCutException.class, e -> {
        assertFrozen(e.denial());
        assertFrozen(Denial.parse(e.getMessage()).orElseThrow());
      });
      over.countDown();
    }
    assertChargedForWhatWasSeen();
  }

  private void assertChargedInFull() {
    SpendRecord record = onlyRecord();
    assertThat(record.outcome()).isEqualTo(Outcome.ABANDONED);
    assertThat(record.reason()).isEqualTo("frozen");
    assertThat(record.costNanoUsd()).isPositive().isEqualTo(record.reservedNanoUsd());
  }

  private void assertChargedForWhatWasSeen() {
    SpendRecord record = onlyRecord();
    assertThat(record.outcome()).isEqualTo(Outcome.ESTIMATED);
    assertThat(record.reason()).isEqualTo("frozen");
    assertThat(record.costNanoUsd()).isPositive().isLessThanOrEqualTo(record.reservedNanoUsd());
  }

  @Test
  void aReaderGetsNoFurtherChunkEvenOfThoseThatHaveArrived() throws Exception {
    StringBuilder sent = new StringBuilder(delta("first"));
    while (sent.length() < 200_000) {
      sent.append(delta("more"));
    }
    server.enqueue(events(sent.toString()));
    try (Response response = http.newCall(alices(ASK_STREAM)).execute()) {
      BufferedSource answer = response.body().source();
      assertThat(answer.readUtf8Line()).contains("first");
      freeze();
      long buffered = answer.getBuffer().size();
      answer.skip(buffered);
      assertThatExceptionOfType(CallCutException.class).isThrownBy(answer::readUtf8Line);
      assertThatExceptionOfType(CallCutException.class).isThrownBy(answer::readUtf8Line);
      assertThat(buffered).isLessThanOrEqualTo(8192);
    }
    assertChargedForWhatWasSeen();
  }

  @Test
  void aStreamThatHasStatedItsUsageIsChargedExactlyThat() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    String finished = delta("done").replace("\"finish_reason\":null", "\"finish_reason\":\"stop\"");
    try (ScriptedServer provider = new ScriptedServer(connection -> {
          connection.readRequest();
          connection.sendStream(finished + USAGE_EVENT + KEEP_ALIVE);
          ScriptedServer.await(over);
        });
        Response response =
            http.newCall(alices(provider.url(CHAT), ASK_STREAM_USAGE)).execute()) {
      BufferedSource answer = response.body().source();
      String line = answer.readUtf8Line();
      while (!line.contains("still there")) {
        line = answer.readUtf8Line();
      }
      freeze();
      over.countDown();
    }
    SpendRecord record = onlyRecord();
    assertThat(record.outcome()).isEqualTo(Outcome.SETTLED);
    assertThat(record.usage()).isEqualTo(Usage.ofTokens(12, 7));
  }

  @Test
  void aCallThatWaitsForItsAnswerIsCutWhetherItBlocksOrNot() throws Exception {
    for (boolean async : new boolean[] {false, true}) {
      purser.unfreeze(ALICE, "dana@acme.dev", "next");
      CountDownLatch asked = new CountDownLatch(1);
      CountDownLatch over = new CountDownLatch(1);
      try (ScriptedServer provider = silent(asked, over)) {
        CompletableFuture<Throwable> thrown =
            call(http.newCall(alices(provider.url(CHAT), ASK)), async);
        ScriptedServer.await(asked);
        freeze();
        assertThat(thrown.get(10, TimeUnit.SECONDS))
            .isInstanceOfSatisfying(CallCutException.class, e -> assertFrozen(e.denial()));
        over.countDown();
      }
    }
    purser.close();
    assertThat(records)
        .hasSize(2)
        .allSatisfy(record -> assertThat(record.reason()).isEqualTo("frozen"));
  }

  @Test
  void aCallWhoseAnswerIsStillBeingReadAheadIsToldWhyItWasCut() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer provider = new ScriptedServer(connection -> {
      connection.readRequest();
      connection.sendHead("application/json", "Content-Length: " + ANSWER.length() + "\r\n");
      connection.send(ANSWER.substring(0, 20));
      begun.countDown();
      ScriptedServer.await(over);
    })) {
      CompletableFuture<Throwable> thrown =
          call(http.newCall(alices(provider.url(CHAT), ASK)), false);
      ScriptedServer.await(begun);
      freeze();
      assertThat(thrown.get(10, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(CallCutException.class, e -> assertFrozen(e.denial()));
      over.countDown();
    }
    assertChargedInFull();
  }

  /** A provider that takes a request and says nothing. */
  private static ScriptedServer silent(CountDownLatch asked, CountDownLatch over)
      throws IOException {
    return new ScriptedServer(connection -> {
      connection.readRequest();
      asked.countDown();
      ScriptedServer.await(over);
    });
  }

  private static CompletableFuture<Throwable> call(Call call, boolean async) {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    if (async) {
      call.enqueue(new Callback() {
        @Override
        public void onFailure(Call failed, IOException e) {
          thrown.complete(e);
        }

        @Override
        public void onResponse(Call answered, Response response) {
          thrown.complete(new AssertionError(response));
        }
      });
      return thrown;
    }
    new Thread(() -> {
          try (Response response = call.execute()) {
            thrown.complete(new AssertionError(response));
          } catch (IOException | RuntimeException e) {
            thrown.complete(e);
          }
        })
        .start();
    return thrown;
  }

  @Test
  void aCallThatIsFrozenBetweenItsAdmissionAndItsSendingIsNotSentAndCostsNothing()
      throws Exception {
    BudgetGuard late = new ForwardingGuard(purser) {
      @Override
      void admitted() {
        freeze();
      }
    };
    OkHttpClient lateHttp = client(new BudgetInterceptor(late));
    try (Response response = lateHttp.newCall(alices(ASK)).execute()) {
      assertThat(response.code()).isEqualTo(403);
      assertFrozen(Denial.parse(response.body().string()).orElseThrow());
    }
    assertThat(server.getRequestCount()).isZero();
    assertThat(onlyRecord().outcome()).isEqualTo(Outcome.RELEASED);
  }

  @Test
  void aGuardThatThrowsItsRefusalsThrowsItsDenialsToo() throws Exception {
    OkHttpClient throwing =
        client(BudgetInterceptor.builder(purser).throwRefusals(true).build());
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer provider = silent(asked, over)) {
      CompletableFuture<Throwable> thrown =
          call(throwing.newCall(alices(provider.url(CHAT), ASK)), false);
      ScriptedServer.await(asked);
      freeze();
      assertThat(thrown.get(10, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(CallDeniedException.class, e -> assertFrozen(e.denial()));
      over.countDown();
      assertThatExceptionOfType(CallDeniedException.class)
          .isThrownBy(() -> throwing.newCall(alices(ASK)).execute());
    }
  }

  /** A provider's own host, of which loopback stands in for the address. */
  private OkHttpClient anthropic(OkHttpClient client) {
    return client
        .newBuilder()
        .dns(host -> List.of(java.net.InetAddress.getLoopbackAddress()))
        .build();
  }

  private Request message(int port) {
    return alices("http://api.anthropic.com:" + port + "/v1/messages", ASK_STREAM);
  }

  @Test
  void aStreamThatNobodyCanMeterIsCutToo() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer provider = new ScriptedServer(connection -> {
          connection.readRequest();
          connection.sendStream(delta("The officer"));
          ScriptedServer.await(over);
        });
        Response response = anthropic(http).newCall(message(provider.port())).execute()) {
      BufferedSource answer = response.body().source();
      assertThat(answer.readUtf8Line()).contains("The officer");
      freeze();
      answer.skip(answer.getBuffer().size());
      assertThatExceptionOfType(CallCutException.class).isThrownBy(answer::readUtf8Line);
      over.countDown();
    }
  }

  @Test
  void aRequestThatNobodyCanMeterAndIsFrozenAfterItWasLetPassIsNotSent() throws Exception {
    BudgetGuard late = new ForwardingGuard(purser) {
      @Override
      void admitted() {
        freeze();
      }
    };
    try (Response response = anthropic(client(new BudgetInterceptor(late)))
        .newCall(message(server.getPort()))
        .execute()) {
      assertThat(response.code()).isEqualTo(403);
      assertThat(response.body().string()).contains("permission_error");
    }
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void othersGoOn() throws Exception {
    server.enqueue(events(delta("The officer") + USAGE_EVENT + DONE_EVENT));
    Request bobs = to(CHAT)
        .tag(Attribution.class, Attribution.key("bob"))
        .post(RequestBody.create(ASK_STREAM_USAGE, JSON))
        .build();
    try (Response response = http.newCall(bobs).execute()) {
      freeze();
      assertThat(response.body().string()).endsWith(DONE_EVENT);
    }
    assertThat(onlyRecord().outcome()).isEqualTo(Outcome.SETTLED);
  }
}
