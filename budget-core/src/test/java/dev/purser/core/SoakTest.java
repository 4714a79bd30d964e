package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Dimension;
import dev.purser.api.JournalOptions;
import dev.purser.api.JournalOptions.Fsync;
import dev.purser.api.ModelId;
import dev.purser.api.Reservation;
import dev.purser.api.SeenUsage;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.api.Usd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many calls on eight threads, ended in every way: the journal's sum, the ledger's totals and the
 * provider's bill are equal to the nano-dollar, then and after restarts.
 */
class SoakTest {

  private static final int THREADS = 8;
  private static final Budget KEYS = Budget.total("keys", Usd.of("1000000")).per(Dimension.KEY);
  private static final Budget MODELS =
      Budget.monthly("models", Usd.of("1000000")).per(Dimension.MODEL);

  @TempDir
  Path temp;

  private final AtomicLong billed = new AtomicLong();

  @Test
  void fiftyThousandCalls() throws Exception {
    soak(50_000);
  }

  @Test
  @Tag("long")
  void aMillionCalls() throws Exception {
    soak(1_000_000);
  }

  private Purser guard(Path folder) {
    return Purser.builder()
        .owner("dana")
        .budget(KEYS)
        .budget(MODELS)
        .sink(record -> {})
        .alertSink(alert -> {})
        .journal(JournalOptions.in(folder).fsync(Fsync.NEVER).segmentBytes(4 << 20))
        .build();
  }

  private void soak(int calls) throws Exception {
    Path folder = temp.resolve("spend");
    try (Purser purser = guard(folder)) {
      ExecutorService pool = Executors.newFixedThreadPool(THREADS);
      try {
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          Random random = new Random(i);
          done.add(pool.submit(() -> {
            for (int call = 0; call < calls / THREADS; call++) {
              call(purser, random);
            }
          }));
        }
        for (Future<?> each : done) {
          each.get();
        }
      } finally {
        pool.shutdownNow();
      }
      totalsAre(purser, billed.get());
    }
    assertThat(SpentInFiles.sum(folder)).isEqualTo(billed.get());

    try (Purser purser = guard(folder)) {
      assertThat(purser.recovery().orElseThrow().checkpoint()).isPositive();
      totalsAre(purser, billed.get());
    }
    removeCheckpoints(folder);
    try (Purser purser = guard(folder)) {
      assertThat(purser.recovery().orElseThrow().checkpoint()).isZero();
      assertThat(purser.recovery().orElseThrow().broken()).isEmpty();
      assertThat(purser.recovery().orElseThrow().orphaned()).isZero();
      totalsAre(purser, billed.get());
    }
  }

  private static void totalsAre(Purser purser, long nanoUsd) {
    for (String budget : List.of("keys", "models")) {
      assertThat(purser.balances().ofBudget(budget).stream()
              .mapToLong(account -> account.spent() + account.held())
              .sum())
          .as(budget)
          .isEqualTo(nanoUsd);
    }
  }

  private static void removeCheckpoints(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith("checkpoint-")) {
          Files.delete(file);
        }
      }
    }
  }

  /** A model, with what its provider asks in nano-dollars for a token: read, read from the cache, written. */
  private record Sold(ModelId model, long input, long cached, long output) {

    long bill(long read, long fromCache, long written) {
      return read * input + fromCache * cached + written * output;
    }
  }

  private static final List<Sold> SOLD = List.of(
      new Sold(ModelId.of("openai", "gpt-4o"), 2_500, 1_250, 10_000),
      new Sold(ModelId.of("anthropic", "claude-haiku-4-5"), 1_000, 100, 5_000));

  private void call(Purser purser, Random random) {
    Sold sold = SOLD.get(random.nextInt(2));
    Reservation call = purser
        .admit(CallIntent.builder(sold.model())
            .attribution(
                Attribution.key("k" + random.nextInt(20)).session("s" + random.nextInt(50)))
            .outputCap(2_000)
            .build())
        .orThrow();
    long read = random.nextInt(1_000);
    long cached = random.nextInt(1_000);
    long written = random.nextInt(2_000);
    Usage usage = Usage.builder()
        .add(UsageKind.INPUT, read)
        .add(UsageKind.CACHE_READ, cached)
        .add(UsageKind.OUTPUT, written)
        .build();
    switch (random.nextInt(12)) {
      case 0 -> call.release();
      case 1 -> {
        call.abandon(AbandonReason.STREAM_CUT);
        billed.addAndGet(call.reserved().nanos());
      }
      case 2 -> {
        call.abandon(AbandonReason.CLOSED_EARLY);
        call.settle(usage);
        billed.addAndGet(sold.bill(read, cached, written));
      }
      case 3 -> {
        call.abandon(AbandonReason.CALL_FAILED);
        call.release();
      }
      case 4 -> {
        call.abandon(AbandonReason.NO_USAGE);
        purser.grants().writeOff(call.id(), "dana", "the provider says so");
      }
      case 5 -> {
        // What was seen: all of the input, and the output until it was cut.
        call.abandon(
            AbandonReason.STREAM_CUT,
            new SeenUsage(usage, true, true, 0, false, sold.model(), null, null));
        billed.addAndGet(sold.bill(read, cached, written));
      }
      default -> {
        call.settle(usage);
        call.settle(usage);
        billed.addAndGet(sold.bill(read, cached, written));
      }
    }
  }
}
