package dev.purser.samples.demo;

import com.anthropic.errors.AnthropicServiceException;
import com.openai.errors.OpenAIServiceException;
import dev.purser.api.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Code that keeps calling a model and never looks at the bill. The only thing it does right is what
 * every caller of a rate-limited API does: where it is told that trying again may help, it pauses
 * and tries again.
 */
final class RunawayLoop {

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Caller caller;
  private final int calls;
  private final int threads;

  private final EndedCalls ended = new EndedCalls();
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger served = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger pauses = new AtomicInteger();
  private volatile @Nullable Refusal lastRefusal;

  RunawayLoop(Caller caller, int calls, int threads) {
    this.caller = caller;
    this.calls = calls;
    this.threads = threads;
  }

  /**
   * What became of the calls.
   *
   * @param served calls that were answered
   * @param refused calls that no money was left for
   * @param pauses how often a call waited for money that others held
   * @param lastRefusal the last of the refusals
   */
  record Outcome(int served, int refused, int pauses, Optional<Refusal> lastRefusal) {}

  /**
   * Makes all calls.
   *
   * @throws ExecutionException if a call failed for any other reason than its budget
   */
  Outcome run() throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      Callable<@Nullable Void> work = this::work;
      List<Future<@Nullable Void>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(pool.submit(work));
      }
      for (Future<@Nullable Void> worker : workers) {
        worker.get();
      }
    } finally {
      pool.shutdownNow();
    }
    return new Outcome(served.get(), refused.get(), pauses.get(), Optional.ofNullable(lastRefusal));
  }

  private @Nullable Void work() throws InterruptedException {
    while (started.getAndIncrement() < calls) {
      callOnce();
    }
    return null;
  }

  private void callOnce() throws InterruptedException {
    long impatient = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      long seen = ended.count();
      Refusal refusal;
      try {
        caller.call();
        served.incrementAndGet();
        ended.add();
        return;
      } catch (OpenAIServiceException e) {
        refusal = refusal(e, e.body()).orElseThrow(() -> e);
      } catch (AnthropicServiceException e) {
        refusal = refusal(e, e.body()).orElseThrow(() -> e);
      }
      if (refusal.reason() == Refusal.Reason.EXHAUSTED) {
        lastRefusal = refusal;
        refused.incrementAndGet();
        return;
      }
      if (System.nanoTime() - impatient > 0) {
        throw new IllegalStateException("held for over " + PATIENCE + ": " + refusal.message());
      }
      pauses.incrementAndGet();
      ended.awaitMoreThan(seen, LONGEST_PAUSE);
    }
  }

  /** Finds the facts of a refusal in what the SDK made of it; empty for the provider's own errors. */
  private static Optional<Refusal> refusal(RuntimeException e, Object body) {
    return Refusal.parse(e.getMessage() + " " + body);
  }
}
