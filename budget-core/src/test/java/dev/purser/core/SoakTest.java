package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.JournalOptions;
import dev.purser.api.Usd;
import dev.purser.core.ledger.InMemoryLedger;
import dev.purser.spi.Account;
import dev.purser.spi.Balance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many calls of eight threads that end in every way there is: in the end the journal, the accounts and the
 * provider's bill are equal to the nano-dollar, before and after a restart.
 */
class SoakTest {

  private static final int THREADS = 8;
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir
  Path temp;

  private Path folder;

  @Test
  void fiftyThousandCallsAddUp() throws Exception {
    soak(50_000, 256 << 10);
  }

  @Test
  @Tag("long")
  void aMillionCallsAddUp() throws Exception {
    soak(1_000_000, 2 << 20);
  }

  private void soak(int calls, int segmentBytes) throws Exception {
    folder = temp.resolve("spend");
    InMemoryLedger ledger = new InMemoryLedger();
    long billed;
    try (Purser purser = begin(ledger, segmentBytes)) {
      billed = run(purser, calls / THREADS);
      equal(ledger, billed);
      assertThat(purser.grants().abandoned()).isEmpty();
      assertThat(purser.counters()).doesNotContainKey("records.dropped");
    }
    JournalText text = JournalText.read(folder);
    assertThat(text.spent()).isEqualTo(billed).isPositive();
    assertThat(text.calls()).hasSize(calls);
    assertThat(text.open()).isEmpty();
    assertThat(text.files()).isGreaterThan(20);

    assertThat(restarted(billed, segmentBytes)).isPositive();
    for (Path checkpoint : checkpoints()) {
      Files.delete(checkpoint);
    }
    assertThat(restarted(billed, segmentBytes)).isZero();
    assertThat(JournalText.read(folder).spent()).isEqualTo(billed);
  }

  private Purser begin(InMemoryLedger ledger, int segmentBytes) {
    return Purser.builder()
        .owner("dana")
        .budget(Budget.total("ever", Usd.of("1000000")))
        .budget(Budget.daily("day", Usd.of("1000000")).per(Dimension.KEY, Dimension.MODEL))
        .ledger(ledger)
        .clock(() -> NOW)
        .alertSink(alert -> {
          throw new AssertionError(alert);
        })
        .journal(
            JournalOptions.in(folder).fsync(JournalOptions.Fsync.NEVER).segmentBytes(segmentBytes))
        .build();
  }

  /** Returns what the provider bills. */
  private static long run(Purser purser, int callsOfAThread) throws Exception {
    ExecutorService all = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Long>> work = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        SoakingThread thread = new SoakingThread(purser, "key-" + i, i);
        work.add(() -> thread.make(callsOfAThread));
      }
      long billed = 0;
      for (Future<Long> each : all.invokeAll(work)) {
        billed += each.get();
      }
      return billed;
    } finally {
      all.shutdownNow();
    }
  }

  private static void equal(InMemoryLedger ledger, long billed) {
    assertThat(settled(ledger, "ever")).isEqualTo(billed);
    assertThat(settled(ledger, "day")).isEqualTo(billed);
  }

  private static long settled(InMemoryLedger ledger, String budget) {
    long settled = 0;
    for (Account account : ledger.accounts()) {
      if (account.budget().name().equals(budget)) {
        Balance balance = ledger.balance(account, NOW);
        assertThat(balance.held()).isZero();
        settled += balance.settled();
      }
    }
    return settled;
  }

  /** Begins once more, and returns how many files a checkpoint stood for. */
  private long restarted(long billed, int segmentBytes) {
    InMemoryLedger ledger = new InMemoryLedger();
    try (Purser purser = begin(ledger, segmentBytes)) {
      equal(ledger, billed);
      assertThat(purser.recovery().orElseThrow().broken()).isEmpty();
      assertThat(purser.recovery().orElseThrow().orphaned()).isZero();
      return purser.recovery().orElseThrow().checkpoint();
    }
  }

  private List<Path> checkpoints() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("checkpoint-"))
          .toList();
    }
  }
}
