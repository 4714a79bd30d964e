package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.purser.api.Admission;
import dev.purser.api.JournalOptions.Fsync;
import dev.purser.api.RecoveryReport;
import dev.purser.core.ledger.InMemoryLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is full in the middle of a write, as far as that can be had without being root: the kernel
 * lets no file of the process become longer than so much. Beyond it writes a part of what it is given,
 * and then fails with {@code EFBIG}. (The signal that comes with it, {@code SIGXFSZ}, is ignored by
 * HotSpot.)
 */
class FullDiskTest {

  private static final int KIB = 64;

  @TempDir
  Path temp;

  @Test
  void callsAreRefusedAndNothingThrowsAndTheNextStartForgetsNothing() throws Exception {
    assumeTrue(canLimit(), "no bash, or no ulimit");
    Instant start = Instant.parse("2026-11-23T12:00:00Z");
    long cap = 100_000_000_000L;
    Life life = new Life(temp.resolve("spend"), Counting.DAY, cap, cap, Fsync.NEVER, start);
    try (Provider provider = new Provider(3)) {
      String[] args = FullDiskSpender.args(provider.port(), life);
      try (Child child =
          Child.startWithShortFiles(KIB, temp.resolve("child.log"), FullDiskSpender.class, args)) {
        child.ended(0);
      }
      provider.drain();
      assertThat(provider.told())
          .filteredOn(line -> line.startsWith("alert"))
          .singleElement()
          .asString()
          .contains("cannot be written")
          .contains("File too large");
      assertThat(provider.refused("UNAVAILABLE"))
          .isGreaterThanOrEqualTo(2 * FullDiskSpender.THREADS);
      assertThat(provider.calls().keySet()).allMatch(provider::settled).hasSizeGreaterThan(10);
      nextStart(life, provider);
    }
  }

  private void nextStart(Life life, Provider provider) throws IOException {
    JournalText before = JournalText.read(life.folder());
    InMemoryLedger ledger = new InMemoryLedger();
    try (Purser purser = life.begin(ledger)) {
      RecoveryReport report = purser.recovery().orElseThrow();
      assertThat(report.broken()).isEmpty(); // what was written in part was cut off at once
      assertThat(report.orphaned()).isEqualTo(before.open().size()).isPositive();
      assertThat(Life.settled(ledger, life.start())).isGreaterThanOrEqualTo(provider.billed());
      assertThat(purser.admit(Guard.call(10).build())).isInstanceOf(Admission.Admitted.class);
    }
  }

  private static boolean canLimit() throws InterruptedException {
    try {
      Process bash = new ProcessBuilder("bash", "-c", "ulimit -f " + KIB).start();
      return bash.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
