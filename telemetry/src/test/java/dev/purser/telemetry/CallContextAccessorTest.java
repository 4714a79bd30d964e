package dev.purser.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Ceiling;
import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Micrometer's context propagation finds the accessor by itself, and carries scope and ceilings. */
class CallContextAccessorTest {

  private static final ContextSnapshotFactory FACTORY =
      ContextSnapshotFactory.builder().build();

  /** Older than any scope or ceiling of a test. */
  private final ExecutorService pool = started();

  private static ExecutorService started() {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    var unused = pool.submit(() -> {});
    return pool;
  }

  @BeforeAll
  static void propagate() {
    Hooks.enableAutomaticContextPropagation();
  }

  @AfterAll
  static void propagateNoMore() {
    Hooks.disableAutomaticContextPropagation();
  }

  @AfterEach
  void close() {
    pool.shutdownNow();
  }

  private record Seen(AttributionScope scope, Ceiling ceiling) {
    static Seen here() {
      return new Seen(AttributionScope.current(), Ceiling.current());
    }
  }

  @Test
  void aSnapshotCarriesScopeAndCeilingAndPutsBackWhatWasThere() throws Exception {
    pool.submit(() -> {}).get();
    try (AttributionScope scope = Attribution.key("alice").open();
        Ceiling ceiling = Ceiling.open()) {
      ContextSnapshot snapshot = FACTORY.captureAll();
      Callable<Seen> wrapped = snapshot.wrap(Seen::here);
      assertThat(pool.submit(wrapped).get()).isEqualTo(new Seen(scope, ceiling));
      assertThat(pool.submit(Seen::here).get()).isEqualTo(new Seen(null, null));
    }
  }

  @Test
  void itsExecutorCarriesThem() throws Exception {
    pool.submit(() -> {}).get();
    ExecutorService carrying = ContextExecutorService.wrap(pool, FACTORY::captureAll);
    try (AttributionScope scope = Attribution.key("alice").open();
        Ceiling ceiling = Ceiling.open()) {
      assertThat(carrying.submit(Seen::here).get()).isEqualTo(new Seen(scope, ceiling));
    }
    assertThat(carrying.submit(Seen::here).get()).isEqualTo(new Seen(null, null));
  }

  @Test
  void reactorCarriesThemWhereItPropagatesByItself() throws Exception {
    pool.submit(() -> {}).get();
    Scheduler scheduler = Schedulers.fromExecutorService(pool);
    try (AttributionScope scope = Attribution.key("alice").open();
        Ceiling ceiling = Ceiling.open()) {
      Seen seen = Mono.just(1)
          .publishOn(scheduler)
          .map(one -> Seen.here())
          .contextCapture()
          .block();
      assertThat(seen).isEqualTo(new Seen(scope, ceiling));
      assertThat(Seen.here()).isEqualTo(new Seen(scope, ceiling));
    }
    assertThat(pool.submit(Seen::here).get()).isEqualTo(new Seen(null, null));
  }
}
