package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.JournalOptions.Fsync;
import dev.purser.core.ledger.InMemoryLedger;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trap 12, against {@code kill -9}: a process that is killed as soon as its call was sent, and started
 * again and again, spends no more than the cap.
 */
class CrashLoopTest {

  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
  private static final long CALL = 8_000 * Provider.TOKEN;

  @TempDir
  Path temp;

  @Test
  void fourCallsFitHoweverOftenTheProcessDies() throws Exception {
    long cap = 4 * CALL;
    Life life = new Life(temp.resolve("spend"), Counting.DAY, cap, cap, Fsync.NEVER, START);
    try (Provider provider = new Provider(7)) {
      for (int lives = 1; lives <= 6; lives++) {
        String[] args = Crashing.args(provider.port(), CALL / Provider.TOKEN, life);
        try (Child child = Child.start(temp.resolve("child.log"), Crashing.class, args)) {
          provider.killAfter(1, 0, child::kill);
          child.ended(Child.KILLED);
        }
        provider.drain();
        assertThat(provider.calls()).hasSize(Math.min(lives, 4));
        assertThat(provider.billed()).isLessThanOrEqualTo(life.cap());
      }
      assertThat(provider.refused("EXHAUSTED")).isEqualTo(2);
    }
    InMemoryLedger ledger = new InMemoryLedger();
    try (Purser purser = life.begin(ledger)) {
      assertThat(purser.grants().abandoned()).hasSize(4);
      assertThat(Life.settled(ledger, START)).isEqualTo(life.cap());
    }
  }
}
