package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Alert;
import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.core.PurserBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole line: a real client, the interceptor, wire and the guard with its ledger and prices. */
class WithPurserTest extends OverHttp {

  private final List<SpendRecord> records = new CopyOnWriteArrayList<>();
  private final List<Alert> alerts = new CopyOnWriteArrayList<>();

  private PurserBuilder purser(String limit) {
    return Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("all", Usd.of(limit)).per(Dimension.KEY))
        .sink(records::add)
        .alertSink(alerts::add);
  }

  private static Response call(OkHttpClient http, okhttp3.Request request) throws Exception {
    return http.newCall(request).execute();
  }

  /** Promise 1 and trap 1: the sum of what the provider bills is never above the cap. */
  @Test
  void hardCapPromiseManyThreadsStartingAtTheSameMomentNeverPassTheCap() throws Exception {
    AtomicInteger served = new AtomicInteger();
    // 50 output tokens at $10 a million and at most 17 input tokens at $2.50: $0.0005425 a call.
    server.setDispatcher(new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        served.incrementAndGet();
        return json("{\"model\":\"gpt-4o\",\"choices\":[{\"finish_reason\":\"length\"}],"
            + "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":50}}");
      }
    });
    int threads = 64;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    AtomicInteger refused = new AtomicInteger();
    try (Purser purser = purser("0.01").build()) {
      OkHttpClient http = client(new BudgetInterceptor(purser));
      CountDownLatch start = new CountDownLatch(1);
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        calls.add(pool.submit(() -> {
          start.await();
          try (Response response = call(http, ask(ASK))) {
            if (response.code() != 200) {
              refused.incrementAndGet();
            }
          }
          return null;
        }));
      }
      start.countDown();
      for (Future<?> call : calls) {
        call.get();
      }
      assertThat(refused.get()).isEqualTo(threads - served.get());
      // How many of them pass depends on how many come at once, for the money of those is held.
      // What
      // is left can be used to the last call that fits.
      int code = 200;
      while (code == 200) {
        try (Response response = call(http, ask(ASK))) {
          code = response.code();
        }
      }
      assertThat(code).isEqualTo(402);
    } finally {
      pool.shutdownNow();
    }

    long settled = records.stream().mapToLong(SpendRecord::costNanoUsd).sum();
    assertThat(settled).isEqualTo(served.get() * 530_000L).isBetween(9_450_000L, 10_000_000L);
    assertThat(served.get()).isGreaterThanOrEqualTo(18);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model\":\"gpt-4o\",\"usage\":{\"prompt_tokens\":12,\"compl | stream_cut",
        "this is no JSON | malformed_answer",
        "{\"usage\":{\"prompt_tokens\":-5,\"completion_tokens\":7}} | implausible_usage",
        "{\"usage\":{\"prompt_tokens\":9223372036854775808,\"completion_tokens\":7}} | implausible_usage",
      })
  void anAnswerThatDoesNotTellItsCostIsDeliveredAndChargedAtTheReservedAmount(
      String answer, String why) throws Exception {
    server.enqueue(json(answer));
    try (Purser purser = purser("1").build()) {
      try (Response response = call(client(new BudgetInterceptor(purser)), ask(ASK))) {
        assertThat(response.body().string()).isEqualTo(answer);
      }
      assertThat(purser.counters()).containsEntry("calls.abandoned." + why, 1L);
    }

    assertThat(records).singleElement().satisfies(record -> {
      assertThat(record.outcome()).isEqualTo(Outcome.ABANDONED);
      assertThat(record.reason()).isEqualTo(why);
      assertThat(record.costNanoUsd()).isEqualTo(record.reservedNanoUsd()).isGreaterThan(500_000);
    });
  }

  @Test
  void anErrorBeforeAnythingWasWrittenCostsNothing() throws Exception {
    server.enqueue(json("{\"error\":{\"message\":\"overloaded\"}}"));
    try (Purser purser = purser("1").build()) {
      call(client(new BudgetInterceptor(purser)), ask(ASK)).close();
    }
    assertThat(records).singleElement().satisfies(record -> {
      assertThat(record.outcome()).isEqualTo(Outcome.SETTLED);
      assertThat(record.costNanoUsd()).isZero();
    });
  }

  @Test
  void anAnswerWithoutUsageIsChargedForItsInputAndWhatItShows() throws Exception {
    server.enqueue(json("{\"choices\":[{\"message\":{\"content\":\"The officer\"}}]}"));
    try (Purser purser = purser("1").build()) {
      call(client(new BudgetInterceptor(purser)), ask(ASK)).close();
      assertThat(purser.counters()).containsEntry("calls.estimated.no_usage", 1L);
    }
    assertThat(records).singleElement().satisfies(record -> {
      assertThat(record.outcome()).isEqualTo(Outcome.ESTIMATED);
      assertThat(record.usage().inputTokens()).isPositive();
      assertThat(record.usage().outputTokens()).isBetween(2L, 10L);
    });
  }

  @Test
  void aStreamThatIsCutIsChargedForWhatWasSeenAndAFullOneAtItsUsage() throws Exception {
    server.enqueue(events(delta("The") + delta("officer")));
    server.enqueue(events(delta("The") + USAGE_EVENT + DONE_EVENT));
    try (Purser purser = purser("1").build()) {
      OkHttpClient http = client(new BudgetInterceptor(purser));
      for (int i = 0; i < 2; i++) {
        try (Response response = call(http, ask(ASK_STREAM))) {
          assertThat(response.body().string()).contains("The").doesNotContain("prompt_tokens");
        }
      }
      assertThat(purser.counters()).containsEntry("calls.estimated.stream_cut", 1L);
    }

    assertThat(records)
        .extracting(SpendRecord::outcome)
        .containsExactly(Outcome.ESTIMATED, Outcome.SETTLED);
    SpendRecord cut = records.get(0);
    assertThat(cut.usage().outputTokens()).isBetween(2L, 10L);
    assertThat(cut.costNanoUsd()).isPositive().isLessThan(cut.reservedNanoUsd() / 10);
    // 12 tokens at $2.50 and 7 at $10 a million.
    assertThat(records.get(1).costNanoUsd()).isEqualTo(100_000);
  }

  @Test
  void theRefusalTellsItsFactsThroughTheBodyAndTheScopeCountsWhatWasSpent() throws Exception {
    server.enqueue(json(ANSWER));
    try (Purser purser = purser("0.0006").build();
        AttributionScope run = Attribution.key("alice").open()) {
      OkHttpClient http = client(new BudgetInterceptor(purser));
      call(http, ask(ASK)).close();
      try (Response response = call(http, ask(ASK))) {
        assertThat(response.code()).isEqualTo(402);
        assertThat(Refusal.parse(response.body().string())).hasValueSatisfying(refusal -> {
          assertThat(refusal.reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
          assertThat(refusal.scope()).isEqualTo("key=alice");
          assertThat(refusal.settled()).isEqualTo(100_000);
        });
      }
      assertThat(run.spent()).isEqualTo(Usd.ofNanos(100_000));
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  /** Promise 1: the budget carries the model that the router likes, not the one that would be sent. */
  @Test
  void aCallThatCannotBeRoutedLeavesOnlyIfTheBudgetCarriesItAsAsked() throws Exception {
    server.enqueue(json(ANSWER.replace("gpt-4o", "gpt-4o-mini")));
    String deployment = "/openai/deployments/gpt-4o" + CHAT.substring("/v1".length());
    try (Purser purser =
        purser("0.0001").router(intent -> ModelId.of("openai", "gpt-4o-mini")).build()) {
      OkHttpClient http = client(new BudgetInterceptor(purser));
      try (Response response = call(http, ask(ASK))) {
        assertThat(response.code()).isEqualTo(200);
      }
      RequestBody body = RequestBody.create(ASK.replace("\"model\":\"gpt-4o\",", ""), JSON);
      try (Response response = call(http, to(deployment).post(body).build())) {
        assertThat(response.code()).isEqualTo(402);
      }
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
    assertThat(text(received())).contains("gpt-4o-mini");
  }

  @Test
  void anUnknownModelIsChargedAsTheDearestAndSomebodyIsToldOnce() throws Exception {
    server.enqueue(json(ANSWER.replace("gpt-4o-2024-08-06", "gpt-99")));
    server.enqueue(json(ANSWER.replace("gpt-4o-2024-08-06", "gpt-99")));
    try (Purser purser = purser("10").build()) {
      OkHttpClient http = client(new BudgetInterceptor(purser));
      call(http, ask(ASK.replace("gpt-4o", "gpt-99"))).close();
      call(http, ask(ASK.replace("gpt-4o", "gpt-99"))).close();
    }

    assertThat(records)
        .allSatisfy(record -> {
          assertThat(record.outcome()).isEqualTo(Outcome.SETTLED);
          assertThat(record.priceKnown()).isFalse();
          assertThat(record.costNanoUsd()).isGreaterThan(100_000);
        })
        .hasSize(2);
    assertThat(alerts).extracting(Alert::kind).containsExactly(Alert.Kind.UNKNOWN_MODEL);
  }
}
