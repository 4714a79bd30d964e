package dev.purser.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that start at the same moment, again and again. */
final class Race implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 120;

  private final ExecutorService threads;
  private final CyclicBarrier start;

  Race(int threads) {
    this.threads = Executors.newFixedThreadPool(threads);
    this.start = new CyclicBarrier(threads);
  }

  /** Runs one task a thread, all at once; returns what they returned, in order. */
  <T> List<T> run(List<Callable<T>> tasks) throws Exception {
    assertThat(tasks).hasSize(start.getParties());
    List<Future<T>> futures = new ArrayList<>();
    for (Callable<T> task : tasks) {
      futures.add(threads.submit(() -> {
        start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return task.call();
      }));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      results.add(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
    return results;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
