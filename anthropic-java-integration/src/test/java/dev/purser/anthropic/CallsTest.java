package dev.purser.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.messages.MessageCountTokensParams;
import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Fit;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.http.AttributionHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ordinary calls, in all ways that the SDK makes them. */
class CallsTest extends OverSdk {

  @ParameterizedTest
  @EnumSource(Mode.class)
  void anAnswerIsDeliveredAndChargedOnceAtWhatItSaysItUsed(Mode mode) {
    server.enqueue(answer(mode));

    assertThat(call(mode, ask().build())).isEqualTo(TEXT);

    assertThat(outcomes()).containsExactly(Outcome.SETTLED);
    SpendRecord record = records.get(0);
    assertThat(record.api()).isEqualTo("anthropic.messages");
    assertThat(record.usage()).isEqualTo(Usage.ofTokens(12, 7));
    assertThat(record.costNanoUsd()).isEqualTo(COST);
    assertThat(record.reservedNanoUsd()).isGreaterThan(COST);
    assertThat(record.responseId()).isEqualTo("msg_1");
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aCallIsCountedForWhomItsHeadersSayAndTheyNeverLeave(Mode mode) throws Exception {
    server.enqueue(answer(mode));
    Attribution alice =
        Attribution.key("alice").team("platform").session("fix 1").tag("Repo", "r");
    var params = ask();
    AttributionHeaders.of(alice).forEach(params::putAdditionalHeader);

    call(mode, params.build());

    RecordedRequest request = received();
    assertThat(request.getHeaders().toString().toLowerCase(Locale.ROOT))
        .doesNotContain("x-purser")
        .contains("anthropic-version");
    assertThat(request.getHeader("Authorization")).isEqualTo("Bearer sk-ant-ordinary");
    assertThat(outcomes()).containsExactly(Outcome.SETTLED);
    assertThat(records.get(0).attribution()).isEqualTo(alice);
  }

  @Test
  void aBlockingCallIsCountedForItsThreadsScope() {
    server.enqueue(json(ANSWER));
    try (AttributionScope run = Attribution.key("alice").session("s").open()) {
      call(Mode.BLOCKING, ask().build());
      assertThat(run.spent()).isEqualTo(Usd.ofNanos(COST));
    }
    assertThat(outcomes()).containsExactly(Outcome.SETTLED);
    assertThat(records.get(0).attribution().session()).isEqualTo("s");
  }

  @Test
  void theBodyReachesTheProviderByteForByte() throws Exception {
    server.enqueue(json(ANSWER));
    call(Mode.BLOCKING, ask().build());
    String through = received().getBody().readString(StandardCharsets.UTF_8);

    assertThat(through)
        .isEqualTo("{\"max_tokens\":50,\"messages\":[{\"content\":\"What is a purser?\","
            + "\"role\":\"user\"}],\"model\":\"claude-sonnet-4-5\"}");
  }

  @Test
  void whereTheBudgetCarriesLessTheCapIsLoweredAndNothingElse() throws Exception {
    purser.close();
    // Less than 0.1 / 0.000015 = 6,667 tokens out, for what is asked costs something, too.
    purser = options("0.1").fit(Fit.ALL).build();
    server.enqueue(json(ANSWER));

    call(Mode.BLOCKING, ask().maxTokens(20_000).build());

    String sent = received().getBody().readString(StandardCharsets.UTF_8);
    assertThat(sent)
        .matches("\\{\"max_tokens\":6[0-9]{3},\"messages\":\\[\\{\"content\":"
            + "\"What is a purser\\?\",\"role\":\"user\"}],\"model\":\"claude-sonnet-4-5\"}");
    assertThat(outcomes()).containsExactly(Outcome.SETTLED);
  }

  /** Promise 1 and trap 1: the sum of what the provider bills is never above the cap. */
  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"BLOCKING", "ASYNC_STREAM"})
  void hardCapPromiseManyThreadsStartingAtTheSameMomentNeverPassTheCap(Mode mode) throws Exception {
    purser.close();
    purser = options("0.01").build();
    AtomicInteger served = new AtomicInteger();
    server.setDispatcher(new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        served.incrementAndGet();
        String full = "\"output_tokens\":50";
        return mode.stream
            ? events(EVENTS.replace("\"output_tokens\":7", full))
            : json(ANSWER.replace("\"output_tokens\":7", full));
      }
    });
    int threads = 64;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CountDownLatch start = new CountDownLatch(1);
    AtomicInteger refused = new AtomicInteger();
    var blocking = blocking();
    var async = async();
    Callable<?> one = () -> {
      if (mode == Mode.BLOCKING) {
        blocking.messages().create(ask().build());
      } else {
        var events = async.messages().createStreaming(ask().build());
        events.subscribe(each -> {});
        joined(events.onCompleteFuture());
      }
      return null;
    };
    try {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        calls.add(pool.submit(() -> {
          start.await();
          try {
            one.call();
          } catch (AnthropicServiceException e) {
            assertThat(e.statusCode()).isIn(402, 429);
            refused.incrementAndGet();
          }
          return null;
        }));
      }
      start.countDown();
      for (Future<?> call : calls) {
        call.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(refused.get()).isEqualTo(threads - served.get());

    // How many of them pass depends on how many come at once, for the money of those is held. What
    // is
    // left can be used to the last call that fits.
    assertThatThrownBy(() -> {
          while (true) {
            one.call();
          }
        })
        .isInstanceOfSatisfying(
            AnthropicServiceException.class,
            refusal -> assertThat(refusal.statusCode()).isEqualTo(402));
    outcomes();
    // 12 tokens in at $3 and 50 out at $15 a million.
    long settled = records.stream()
        .filter(record -> record.outcome() == Outcome.SETTLED)
        .mapToLong(SpendRecord::costNanoUsd)
        .sum();
    long needed = records.stream().mapToLong(SpendRecord::reservedNanoUsd).max().orElseThrow();
    assertThat(settled)
        .isEqualTo(served.get() * 786_000L)
        .isBetween(10_000_001L - needed, 10_000_000L);
  }

  @Test
  void countingTokensIsFreeAndPasses() throws Exception {
    server.enqueue(json("{\"input_tokens\":12}"));
    long counted = blocking()
        .messages()
        .countTokens(MessageCountTokensParams.builder()
            .model(MODEL)
            .addUserMessage("What is a purser?")
            .build())
        .inputTokens();

    assertThat(counted).isEqualTo(12);
    assertThat(received().getPath()).isEqualTo("/v1/messages/count_tokens");
    outcomes();
    assertThat(charged()).isZero();
  }
}
