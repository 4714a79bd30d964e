package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.BudgetExceededException;
import dev.purser.api.Refusal;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

class RefusalTest extends OverHttp {

  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  @Test
  void moneyThatIsSpentIsAnAnswerThatSdksDoNotRetry() throws Exception {
    Refusal refusal = refusal(Refusal.Reason.EXHAUSTED);
    guard.refuse(refusal);
    try (Response response = stamped().newCall(ask(ASK)).execute()) {
      assertThat(response.code()).isEqualTo(402);
      assertThat(response.message()).isEqualTo("Payment Required");
      assertThat(response.protocol()).isEqualTo(Protocol.HTTP_1_1);
      assertThat(response.header("x-should-retry")).isEqualTo("false");
      assertThat(response.header("Retry-After")).isNull();
      assertThat(response.sentRequestAtMillis()).isEqualTo(NOW.toEpochMilli());
      assertThat(response.receivedResponseAtMillis()).isEqualTo(NOW.toEpochMilli());
      assertThat(response.body().contentType().toString()).startsWith("application/json");
      assertThat(Refusal.parse(response.header("x-purser-refusal"))).contains(refusal);
      String body = response.body().string();
      assertThat(body).startsWith("{\"error\":{").contains("tripwire");
      assertThat(Refusal.parse(body)).contains(refusal);
    }
    assertThat(server.getRequestCount()).isZero();
    assertThat(guard.endings).isEmpty();
  }

  @Test
  void moneyThatIsOnlyHeldIsAnAnswerThatSdksBackOffFrom() throws Exception {
    Refusal refusal = refusal(Refusal.Reason.HELD);
    guard.refuse(refusal);
    try (Response response = stamped().newCall(ask(ASK_STREAM)).execute()) {
      assertThat(response.code()).isEqualTo(429);
      assertThat(response.message()).isEqualTo("Too Many Requests");
      assertThat(response.header("Retry-After")).isEqualTo("1");
      assertThat(response.header("x-should-retry")).isNull();
      assertThat(Refusal.parse(response.body().string())).contains(refusal);
    }
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void aCallThatCannotBeRecordedIsAnAnswerThatSdksBackOffFrom() throws Exception {
    Refusal refusal = refusal(Refusal.Reason.UNAVAILABLE);
    guard.refuse(refusal);
    try (Response response = stamped().newCall(ask(ASK)).execute()) {
      assertThat(response.code()).isEqualTo(503);
      assertThat(response.message()).isEqualTo("Service Unavailable");
      assertThat(response.header("Retry-After")).isEqualTo("1");
      assertThat(response.header("x-should-retry")).isNull();
      assertThat(Refusal.parse(response.header("x-purser-refusal"))).contains(refusal);
      String body = response.body().string();
      assertThat(body).contains("\"type\":\"server_error\"", "cannot record what is spent");
      assertThat(Refusal.parse(body)).contains(refusal);
    }
    assertThat(server.getRequestCount()).isZero();
    assertThat(guard.endings).isEmpty();
  }

  @Test
  void anAsynchronousCallIsRefusedWithTheSameAnswer() throws Exception {
    guard.refuse(refusal(Refusal.Reason.EXHAUSTED));
    CompletableFuture<Integer> code = new CompletableFuture<>();
    client.newCall(ask(ASK)).enqueue(new Callback() {
      @Override
      public void onResponse(Call call, Response response) {
        response.close();
        code.complete(response.code());
      }

      @Override
      public void onFailure(Call call, IOException e) {
        code.completeExceptionally(e);
      }
    });
    assertThat(code.get(10, TimeUnit.SECONDS)).isEqualTo(402);
  }

  @Test
  void byOptionARefusalIsThrown() {
    Refusal refusal = refusal(Refusal.Reason.HELD);
    guard.refuse(refusal);
    assertThatThrownBy(() -> throwing().newCall(ask(ASK)).execute())
        .isInstanceOfSatisfying(
            BudgetExceededException.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void aRefusalThrownInAnAsynchronousCallCancelsIt() throws Exception {
    guard.refuse(refusal(Refusal.Reason.EXHAUSTED));
    CompletableFuture<Throwable> uncaught = new CompletableFuture<>();
    CompletableFuture<IOException> failure = new CompletableFuture<>();
    ExecutorService threads = Executors.newCachedThreadPool(task -> {
      Thread thread = new Thread(task);
      thread.setDaemon(true);
      thread.setUncaughtExceptionHandler((t, e) -> uncaught.complete(e));
      return thread;
    });
    try {
      throwing()
          .newBuilder()
          .dispatcher(new Dispatcher(threads))
          .build()
          .newCall(ask(ASK))
          .enqueue(new Callback() {
            @Override
            public void onResponse(Call call, Response response) {
              failure.completeExceptionally(new AssertionError("answered " + response.code()));
            }

            @Override
            public void onFailure(Call call, IOException e) {
              failure.complete(e);
            }
          });
      assertThat(failure.get(10, TimeUnit.SECONDS))
          .hasMessageContaining("canceled due to " + BudgetExceededException.class.getName());
      assertThat(uncaught.get(10, TimeUnit.SECONDS)).isInstanceOf(BudgetExceededException.class);
    } finally {
      threads.shutdownNow();
    }
  }

  private OkHttpClient stamped() {
    return client(BudgetInterceptor.builder(guard).clock(CLOCK).build());
  }

  private OkHttpClient throwing() {
    return client(BudgetInterceptor.builder(guard).throwRefusals(true).build());
  }
}
