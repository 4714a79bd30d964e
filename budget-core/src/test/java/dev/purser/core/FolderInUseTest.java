package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.purser.api.JournalOptions.Fsync;
import dev.purser.core.ledger.InMemoryLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder serves one guard of one process; who comes second is told what does serve many. */
class FolderInUseTest {

  @TempDir
  Path temp;

  private Life life;

  @BeforeEach
  void folder() {
    Instant start = Instant.parse("2026-11-23T12:00:00Z");
    long cap = 1_000_000_000;
    life = new Life(temp.resolve("spend"), Counting.DAY, cap, cap, Fsync.NEVER, start);
  }

  private Child child(Provider provider) throws Exception {
    return Child.start(
        temp.resolve("child.log"), FolderHolder.class, FolderHolder.args(provider.port(), life));
  }

  @Test
  void anotherProcessIsRefusedUntilTheFirstIsDead() throws Exception {
    try (Provider provider = new Provider(1);
        Child holder = child(provider)) {
      assertThat(provider.awaitOpen()).isTrue();
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> life.begin(new InMemoryLedger()))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("in use by process " + holder.pid())
            .hasMessageContaining("Redis ledger");
      }
      holder.kill();
      holder.ended(Child.KILLED);
      try (Purser purser = life.begin(new InMemoryLedger())) {
        assertThat(purser.recovery().orElseThrow().broken()).isEmpty();
      }
    }
  }

  /** To open the lock file once more, and to close it, would give the lock away without a word. */
  @Test
  void anAttemptThatIsRefusedTakesTheLockFromNobody() throws Exception {
    try (Provider provider = new Provider(1);
        Purser first = life.begin(new InMemoryLedger())) {
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> life.begin(new InMemoryLedger()))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("another guard of this process")
            .hasMessageContaining("Redis ledger");
      }
      try (Child second = child(provider)) {
        second.ended(0);
      }
      provider.drain();
      assertThat(provider.told()).hasSize(1);
      assertThat(provider.told().get(0))
          .startsWith("refused: ")
          .contains("in use by process " + ProcessHandle.current().pid());
      assertThat(first.admit(Guard.call(10).build()).orThrow().release()).isTrue();
    }
  }

  /** The lock goes with the folder; whoever comes next would find none. */
  @Test
  void aFolderThatIsTakenAwayWhileItServesAGuardStaysThatGuards() throws Exception {
    Path lock = temp.resolve("spend").resolve("lock");
    try (Provider provider = new Provider(1);
        Purser first = life.begin(new InMemoryLedger())) {
      Files.move(temp.resolve("spend"), temp.resolve("away"));
      Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> Files.exists(lock));
      assertThat(first.admit(Guard.call(10).build()).orThrow().release()).isTrue();
      try (Child second = child(provider)) {
        second.ended(0);
      }
      provider.drain();
      assertThat(provider.told()).singleElement(STRING).startsWith("refused: ");
      assertThat(first.admit(Guard.call(10).build()).orThrow().release()).isTrue();
    }
  }
}
