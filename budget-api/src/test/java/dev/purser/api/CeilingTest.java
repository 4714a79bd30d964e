package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which threads a ceiling covers, and what it may be made of. */
@SuppressWarnings("try")
class CeilingTest {

  private static final Budget LIMIT = Budget.total("ceiling", Usd.of("1"));

  private static <T> T elsewhere(Ceiling bound, Callable<T> task) throws Exception {
    FutureTask<T> future = new FutureTask<>(task);
    Thread thread;
    Ceiling.Binding binding = bound == null ? Ceiling.unbound() : bound.bind();
    try {
      thread = new Thread(future);
      thread.start();
    } finally {
      binding.close();
    }
    thread.join();
    return future.get();
  }

  @Test
  void closedCeilingsCoverNothing() {
    Ceiling outer = Ceiling.open(LIMIT);
    Ceiling inner = Ceiling.open(LIMIT);
    assertThat(Ceiling.current()).isSameAs(inner);
    assertThat(Ceiling.inForce()).startsWith(inner, outer);

    outer.close();
    assertThat(Ceiling.inForce()).contains(inner).doesNotContain(outer);
    inner.close();
    inner.close();
    assertThat(Ceiling.current()).isNull();
    assertThat(Ceiling.inForce()).doesNotContain(inner, outer);
  }

  @Test
  void aThreadIsUnderWhatItWasStartedUnderUntilThatCloses() throws Exception {
    try (Ceiling ceiling = Ceiling.open(LIMIT)) {
      assertThat(elsewhere(ceiling, Ceiling::current)).isSameAs(ceiling);
      assertThat(elsewhere(null, Ceiling::current)).isNull();
      assertThat(Ceiling.ofThisThread()).isSameAs(ceiling);
      assertThat(elsewhere(ceiling, Ceiling::ofThisThread)).isNull();
      assertThat(elsewhere(ceiling, () -> {
            Ceiling.Binding none = Ceiling.unbound();
            try {
              return Ceiling.current();
            } finally {
              none.close();
            }
          }))
          .isNull();
      ceiling.close();
      assertThat(elsewhere(ceiling, Ceiling::current)).isNull();
    }
  }

  @Test
  void onlyThreadsThatAreBoundAreUnderOneThatWasStarted() {
    try (Ceiling open = Ceiling.open(LIMIT);
        Ceiling started = Ceiling.start(null, List.of(LIMIT))) {
      assertThat(Ceiling.current()).isSameAs(open);
      Ceiling.Binding binding = started.bind();
      assertThat(Ceiling.current()).isSameAs(started);
      assertThat(Ceiling.inForce()).contains(started).doesNotContain(open);
      binding.close();
      assertThat(Ceiling.current()).isSameAs(open);
    }
  }

  @Test
  void aLimitHoldsWhatFitsAndForgetsNothing() {
    try (Ceiling ceiling = Ceiling.start(null, List.of(LIMIT))) {
      CeilingLimit limit = ceiling.limits().get(0);
      long all = LIMIT.limit();

      assertThat(limit.take(all)).isTrue();
      assertThat(limit.take(1)).isFalse();
      assertThat(limit.take(0)).isTrue();
      limit.end(all, all - 5);
      assertThat(limit.take(6)).isFalse();
      assertThat(limit.take(5)).isTrue();
      limit.charge(5);
      assertThat(limit.settled()).isEqualTo(all);
      limit.correct(5, Long.MAX_VALUE);
      assertThat(limit.settled()).isEqualTo(Long.MAX_VALUE);
      assertThat(limit.take(1)).isFalse();
    }
  }

  @Test
  void whatAsksForMoreIsNoCeiling() {
    for (Budget budget : List.of(
        Budget.daily("day", Usd.of("1")),
        Budget.total("key", Usd.of("1")).per(Dimension.KEY),
        Budget.total("some", Usd.of("1")).only(Dimension.MODEL, "gpt-*"),
        Budget.total("watched", Usd.of("1")).observe(),
        Budget.concurrent("slots", 2))) {
      assertThatThrownBy(() -> Ceiling.open(budget))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a ceiling counts");
    }
    assertThat(Ceiling.current()).isNull();
  }

  @Test
  void executorsFuturesAndThreadsTakeWhatTheirCallersCountFor() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    ScheduledExecutorService scheduled = Executors.newSingleThreadScheduledExecutor();
    Callable<CallContext> here = CallContext::capture;
    try {
      pool.submit(() -> {}).get();
      scheduled.submit(() -> {}).get();
      try (AttributionScope scope = Attribution.key("alice").open();
          Ceiling ceiling = Ceiling.open(LIMIT)) {
        List<CallContext> seen = new ArrayList<>();
        seen.add(CallContext.capturing(pool).submit(here).get());
        Executor executor = pool;
        seen.add(
            CompletableFuture.supplyAsync(CallContext::capture, CallContext.capturing(executor))
                .get());
        seen.add(CompletableFuture.supplyAsync(
                CallContext.capture().supplier(CallContext::capture), pool)
            .get());
        seen.add(scheduled
            .schedule(CallContext.capture().wrap(here), 1, TimeUnit.MILLISECONDS)
            .get());
        FutureTask<CallContext> task = new FutureTask<>(here);
        CallContext.threads(Thread::new).newThread(task).start();
        seen.add(task.get());
        assertThat(seen).hasSize(5).allSatisfy(context -> {
          assertThat(context.scope()).isSameAs(scope);
          assertThat(context.ceilings()).contains(ceiling);
        });
        assertThat(pool.submit(here).get().isNone()).isTrue();
      }
    } finally {
      pool.shutdownNow();
      scheduled.shutdownNow();
    }
  }

  /** The common pool never ends, so whoever closes an executor over it must not wait for that. */
  @Test
  void closingAnExecutorOverTheCommonPoolReturns() {
    ((CapturingExecutorService) CallContext.capturing(ForkJoinPool.commonPool())).close();
    assertThat(ForkJoinPool.commonPool().isShutdown()).isFalse();
  }

  @Test
  void aTokenFindsItsContextAsLongAsItIsInUse() {
    assertThat(CallContext.named(null)).isNull();
    assertThat(CallContext.capture().token()).isEmpty();
    CallContext found;
    try (AttributionScope scope = Attribution.key("alice").open();
        Ceiling ceiling = Ceiling.open(LIMIT)) {
      String token = CallContext.capture().token();
      assertThat(token).matches("[0-9a-f]{32}\\.[0-9a-f]{32}");
      found = CallContext.named(token);
      assertThat(found.scope()).isSameAs(scope);
      assertThat(found.ceilings()).contains(ceiling);
    }
    assertThat(found.scope()).isNull();
    assertThat(found.ceilings()).isEmpty();
    assertThat(CallContext.named("nonsense.of.somebody").scope()).isNull();
  }
}
