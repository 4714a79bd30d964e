package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.FreezeTarget;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Test;

/** No call is sent any more when a freeze has returned, of 64 threads that do nothing but call. */
class FreezeAgainstStartingHttpCallsTest extends OverHttp {

  private static final int THREADS = 64;
  private static final int ROUNDS = 5;

  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger sentAfterFreezeReturned = new AtomicInteger();
  private final AtomicInteger stopped = new AtomicInteger();
  private volatile boolean returned;

  @Test
  void noneOf64ThreadsSendsACallAfterTheFreezeReturned() throws Exception {
    server.setDispatcher(new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        return json(ANSWER);
      }
    });
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("all", Usd.of("1000")))
        .sink(record -> {})
        .build()) {
      OkHttpClient http = client(new BudgetInterceptor(purser))
          .newBuilder()
          .connectionPool(new ConnectionPool(THREADS, 1, TimeUnit.MINUTES))
          .addInterceptor(chain -> {
            // Behind ours, so what comes by here is about to be sent. In this order: a call is
            // cancelled before the freeze returns.
            boolean late = returned;
            if (late && !chain.call().isCanceled()) {
              sentAfterFreezeReturned.incrementAndGet();
            }
            sent.incrementAndGet();
            return chain.proceed(chain.request());
          })
          .build();
      for (int round = 0; round < ROUNDS; round++) {
        returned = false;
        CyclicBarrier start = new CyclicBarrier(THREADS + 1);
        List<Future<?>> callers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          callers.add(pool.submit(() -> {
            start.await();
            while (passes(http)) {
              // Until it is frozen.
            }
            return null;
          }));
        }
        start.await();
        int before = sent.get();
        while (sent.get() < before + THREADS) {
          Thread.onSpinWait();
        }
        purser.freeze(FreezeTarget.everything(), "dana", "round " + round);
        returned = true;
        for (Future<?> caller : callers) {
          caller.get(1, TimeUnit.MINUTES);
        }
        purser.unfreeze(FreezeTarget.everything(), "dana", "next round");
      }
      http.connectionPool().evictAll();
    } finally {
      pool.shutdownNow();
    }
    assertThat(sentAfterFreezeReturned).hasValue(0);
    assertThat(stopped).hasValue(THREADS * ROUNDS);
  }

  private boolean passes(OkHttpClient http) {
    try (Response response = http.newCall(ask(ASK)).execute()) {
      if (response.code() == 403) {
        stopped.incrementAndGet();
        return false;
      }
      assertThat(response.body().string()).isEqualTo(ANSWER);
      return true;
    } catch (IOException e) {
      // Cut, or cancelled when its answer was there already.
      assertThat(e.getMessage()).containsAnyOf("frozen", "Canceled", "closed");
      stopped.incrementAndGet();
      return false;
    }
  }
}
