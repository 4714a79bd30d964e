package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.Fit;
import dev.purser.api.Measure;
import dev.purser.api.Refusal;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import dev.purser.core.Purser;
import dev.purser.core.PurserBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Budgets of every kind, as the calls of a real client meet them. */
class BudgetsOverHttpTest extends OverHttp {

  private final List<SpendRecord> records = new CopyOnWriteArrayList<>();

  private Purser purser(PurserBuilder options, Budget... budgets) {
    for (Budget budget : budgets) {
      options.budget(budget);
    }
    return options.owner("dana@acme.dev").sink(records::add).build();
  }

  private void answerEverything(boolean stream) {
    server.setDispatcher(new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        return stream ? events(delta("hello") + USAGE_EVENT + DONE_EVENT) : json(ANSWER);
      }
    });
  }

  /** Calls asynchronously, reads the answer on another thread, and gives its status. */
  private static CompletableFuture<Integer> enqueue(OkHttpClient http, Request request) {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    http.newCall(request).enqueue(new Callback() {
      @Override
      public void onFailure(Call call, IOException e) {
        status.completeExceptionally(e);
      }

      @Override
      public void onResponse(Call call, Response response) {
        Thread reader = new Thread(() -> {
          try (response) {
            response.body().string();
            status.complete(response.code());
          } catch (IOException e) {
            status.completeExceptionally(e);
          }
        });
        reader.start();
      }
    });
    return status;
  }

  /**
   * A burst of 40 calls whose real cost is far below their worst case, under what it costs and one
   * worst case.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBurstThatMayWaitIsServedWhole(boolean stream) throws Exception {
    answerEverything(stream);
    String ask = (stream ? ASK_STREAM_USAGE : ASK)
        .replace("\"stream\":true,", "\"stream\":true," + "\"max_tokens\":50,");
    // A call costs 12 x $2.50 + 7 x $10 a million, and holds up to $0.0005425.
    try (Purser purser = purser(
        Purser.builder().maxWait(Duration.ofMinutes(20)),
        Budget.total("all", Usd.of("0.0046")),
        Budget.concurrent("slots", 4))) {
      OkHttpClient http = client(new BudgetInterceptor(purser));
      http.dispatcher().setMaxRequestsPerHost(16);
      List<CompletableFuture<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        calls.add(enqueue(http, ask(ask)));
      }
      for (CompletableFuture<Integer> call : calls) {
        assertThat(call.get(2, TimeUnit.MINUTES)).isEqualTo(200);
      }
    }

    assertThat(records).hasSize(40).allSatisfy(record -> {
      assertThat(record.outcome()).isEqualTo(Outcome.SETTLED);
      assertThat(record.costNanoUsd()).isEqualTo(100_000);
    });
  }

  @Test
  void aClientMayWaitOtherwiseThanTheGuardSays() throws Exception {
    server.enqueue(events(delta("hello") + USAGE_EVENT + DONE_EVENT));
    server.enqueue(json(ANSWER));
    try (Purser purser = purser(Purser.builder(), Budget.concurrent("slots", 1))) {
      OkHttpClient patient = client(
          BudgetInterceptor.builder(purser).maxWait(Duration.ofMinutes(20)).build());
      Response stream =
          client(new BudgetInterceptor(purser)).newCall(ask(ASK_STREAM)).execute();

      CompletableFuture<Integer> waiting = enqueue(patient, ask(ASK));
      Awaitility.await()
          .until(() -> Thread.getAllStackTraces().entrySet().stream()
              .filter(thread -> thread.getKey().getState() == Thread.State.TIMED_WAITING)
              .flatMap(thread -> Arrays.stream(thread.getValue()))
              .anyMatch(frame -> frame.getClassName().startsWith("dev.purser.core.waiting")));
      stream.close();

      assertThat(waiting.get(1, TimeUnit.MINUTES)).isEqualTo(200);
      assertThat(purser.counters()).containsEntry("calls.waited.admitted", 1L);
    }
  }

  @Test
  void withoutWaitingTheAnswerIsAnError429ThatMayBeRetried() throws Exception {
    server.enqueue(events(delta("hello") + USAGE_EVENT + DONE_EVENT));
    try (Purser purser = purser(Purser.builder(), Budget.concurrent("slots", 1))) {
      OkHttpClient http = client(new BudgetInterceptor(purser));
      try (Response open = http.newCall(ask(ASK_STREAM)).execute();
          Response second = http.newCall(ask(ASK)).execute()) {
        assertThat(open.code()).isEqualTo(200);
        assertThat(second.code()).isEqualTo(429);
        assertThat(second.header("Retry-After")).isNotNull();
        Refusal refusal = Refusal.parse(second.body().string()).orElseThrow();
        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.HELD);
        assertThat(refusal.measure()).isEqualTo(Measure.CONCURRENT_CALLS);
      }
    }
  }

  @Test
  void aCallUnderItsOwnStreamDoesNotWaitForIt() throws Exception {
    server.enqueue(events(delta("hello") + delta("more") + USAGE_EVENT + DONE_EVENT));
    try (Purser purser =
        purser(Purser.builder().maxWait(Duration.ofHours(1)), Budget.concurrent("slots", 1))) {
      OkHttpClient http = client(new BudgetInterceptor(purser));
      try (Response stream = http.newCall(ask(ASK_STREAM_USAGE)).execute()) {
        assertThat(stream.body().source().readUtf8Line()).startsWith("data:");

        // A tool's call, made while its model's stream is being read.
        try (Response tool = http.newCall(ask(ASK)).execute()) {
          assertThat(tool.code()).isEqualTo(429);
        }
      }
    }
  }

  @Test
  void subAgentsNamedInHeadersDrawOnTheirParent() throws Exception {
    answerEverything(false);
    try (Purser purser = purser(
        Purser.builder(),
        Budget.of("session", Measure.REQUESTS, 3, Window.DAY).per(Dimension.SESSION))) {
      OkHttpClient http = client(new BudgetInterceptor(purser));
      List<Integer> codes = new ArrayList<>();
      for (String session : new String[] {"one", "two", "three", "four"}) {
        // The session in the middle makes no call of its own.
        codes.add(codeOf(
            http, Attribution.NONE.session(session).ancestors(List.of("in, between", "root"))));
      }

      assertThat(codes).containsExactly(200, 200, 200, 402);
    }
    assertThat(records.get(3).refusal()).isNotNull();
    assertThat(records.get(3).refusal().scope()).isIn("session=root", "session=in\\, between");
    for (int i = 0; i < 3; i++) {
      assertThat(received().getHeaders().names()).noneMatch(name -> name.startsWith("x-purser"));
    }
  }

  private int codeOf(OkHttpClient http, Attribution who) throws IOException {
    Request.Builder request = ask(ASK).newBuilder();
    AttributionHeaders.of(who).forEach(request::header);
    try (Response response = http.newCall(request.build()).execute()) {
      return response.code();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"max_tokens", "max_completion_tokens"})
  void theCapOfEitherFamilyIsLoweredForEveryChoice(String field) throws Exception {
    answerEverything(false);
    String ask = "{\"model\":\"gpt-4o\",\"n\":4,\"" + field + "\":9000,"
        + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    try (Purser purser = purser(
        Purser.builder().fit(Fit.ALL),
        Budget.of("written", Measure.OUTPUT_TOKENS, 2_000, Window.HOUR))) {
      try (Response response =
          client(new BudgetInterceptor(purser)).newCall(ask(ask)).execute()) {
        assertThat(response.code()).isEqualTo(200);
      }
    }

    assertThat(text(received())).isEqualTo(ask.replace("9000", "500"));
  }

  @Test
  void aReasoningModelWithoutACapGetsItsOwnKindOfOne() throws Exception {
    answerEverything(false);
    String ask = "{\"model\":\"o3-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    try (Purser purser =
        purser(Purser.builder(), Budget.of("written", Measure.OUTPUT_TOKENS, 5_000, Window.HOUR))) {
      OkHttpClient http = client(new BudgetInterceptor(purser));
      try (Response response = http.newCall(ask(ask)).execute()) {
        assertThat(response.code()).isEqualTo(200);
      }
      assertThat(text(received())).contains("\"max_completion_tokens\":5000");
    }
  }

  @Test
  void whatABudgetThatOnlyWatchesWouldRefuseIsServedAndRecorded() throws Exception {
    answerEverything(false);
    try (Purser purser =
        purser(Purser.builder(), Budget.daily("trial", Usd.of("0.0001")).observe())) {
      try (Response response =
          client(new BudgetInterceptor(purser)).newCall(ask(ASK)).execute()) {
        assertThat(response.code()).isEqualTo(200);
      }
    }

    assertThat(records)
        .extracting(SpendRecord::outcome)
        .containsExactly(Outcome.OBSERVED, Outcome.SETTLED);
    @Nullable Refusal would = records.get(0).refusal();
    assertThat(would).isNotNull();
    assertThat(records.get(0).id()).isEqualTo(records.get(1).id());
  }
}
