package dev.purser.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.core.http.Headers;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.UnexpectedStatusCodeException;
import com.openai.models.ErrorObject;
import dev.purser.api.Measure;
import dev.purser.api.Refusal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RunawayLoopTest {

  @Test
  void everyCallIsMadeOnceWhereNobodyRefuses() throws Exception {
    AtomicInteger made = new AtomicInteger();

    var outcome = new RunawayLoop(caller(() -> made.incrementAndGet()), 50, 4).run();

    assertThat(made).hasValue(50);
    assertThat(outcome.served()).isEqualTo(50);
    assertThat(outcome.refused()).isZero();
    assertThat(outcome.lastRefusal()).isEmpty();
  }

  @Test
  void anExhaustedCallIsRefusedAndNotTriedAgain() throws Exception {
    AtomicInteger made = new AtomicInteger();
    Refusal exhausted = refusal(Refusal.Reason.EXHAUSTED);

    var outcome = new RunawayLoop(
            caller(() -> {
              if (made.incrementAndGet() > 2) {
                throw answer(402, exhausted.token());
              }
            }),
            10,
            1)
        .run();

    assertThat(made).hasValue(10);
    assertThat(outcome.served()).isEqualTo(2);
    assertThat(outcome.refused()).isEqualTo(8);
    assertThat(outcome.pauses()).isZero();
    assertThat(outcome.lastRefusal()).contains(exhausted);
  }

  @Test
  void aHeldCallIsTriedAgainWhenAnotherHasEnded() throws Exception {
    AtomicInteger made = new AtomicInteger();
    CountDownLatch held = new CountDownLatch(1);

    var outcome = new RunawayLoop(
            caller(() -> {
              int nth = made.incrementAndGet();
              if (nth == 1) {
                held.await();
              } else if (nth == 2) {
                held.countDown();
                throw answer(429, refusal(Refusal.Reason.HELD).token());
              }
            }),
            2,
            2)
        .run();

    assertThat(made).hasValue(3);
    assertThat(outcome.served()).isEqualTo(2);
    assertThat(outcome.refused()).isZero();
    assertThat(outcome.pauses()).isEqualTo(1);
  }

  @Test
  void anErrorOfTheProviderIsNotTakenForARefusal() {
    RunawayLoop loop = new RunawayLoop(
        caller(() -> {
          throw answer(429, "Rate limit reached for gpt-4o");
        }),
        10,
        2);

    assertThatThrownBy(loop::run)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(OpenAIServiceException.class)
        .hasMessageContaining("Rate limit reached");
  }

  private static Refusal refusal(Refusal.Reason reason) {
    return new Refusal(reason, "demo", "", "dana@acme.dev", Measure.USD, 1_000, 900, 0, 180, null);
  }

  private static OpenAIServiceException answer(int status, String message) {
    return UnexpectedStatusCodeException.builder()
        .statusCode(status)
        .headers(Headers.builder().build())
        .error(ErrorObject.builder()
            .message(message)
            .code("budget")
            .param("")
            .type("budget")
            .build())
        .build();
  }

  private static Caller caller(Call call) {
    return new Caller() {
      @Override
      public String call() throws InterruptedException {
        call.make();
        return "";
      }

      @Override
      public void close() {}
    };
  }

  private interface Call {
    void make() throws InterruptedException;
  }
}
