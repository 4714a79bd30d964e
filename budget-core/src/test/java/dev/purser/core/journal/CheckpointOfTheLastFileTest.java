package dev.purser.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Alert;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.JournalOptions;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.core.record.AlertLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed after it has summed up all files that it found, and before it has begun one of
 * its own or compressed the last: the next one reads none of them, and yet has to say how long the last
 * one is. It said nothing counts of it, and a later change of the windows lost what stands there.
 */
class CheckpointOfTheLastFileTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final List<Budget> BUDGETS = List.of(Budget.daily("day", Usd.of("1.00")));
  private static final Grain GRAIN = new Grain(BUDGETS);

  @TempDir
  Path temp;

  @Test
  void theLastFileStillCountsWhenItIsReadAgain() throws IOException {
    Folder folder = new Folder(temp.resolve("spend"));
    spend(folder);
    Recovery first = Recovery.of(folder, GRAIN, Long.MAX_VALUE);
    assertThat(first.through()).isOne();
    assertThat(first.fold().sums().all()).hasSize(1);
    Checkpoint.write(folder, Disk.REAL, 1, first.lastSeq(), first.fold(), GRAIN, NOW);

    Recovery second = Recovery.of(folder, GRAIN, Long.MAX_VALUE);
    assertThat(second.segments()).isZero();
    assertThat(second.bytes())
        .isEqualTo(first.bytes())
        .isEqualTo(Files.size(folder.segments().get(0).file()));

    beginAnotherFile(folder);
    Files.delete(folder.checkpoint(1));
    Recovery third = Recovery.of(folder, GRAIN, Long.MAX_VALUE);
    assertThat(third.segments()).isEqualTo(2);
    assertThat(third.broken()).isEmpty();
    assertThat(third.fold().sums().all()).isEqualTo(first.fold().sums().all());
  }

  private static JournalOptions options(Folder folder) {
    return JournalOptions.in(folder.path()).fsync(JournalOptions.Fsync.NEVER);
  }

  private static void spend(Folder folder) {
    try (Purser purser = Purser.builder()
        .owner("dana")
        .budget(BUDGETS.get(0))
        .clock(() -> NOW)
        .journal(options(folder))
        .build()) {
      CallIntent call = CallIntent.builder(ModelId.of("openai", "gpt-4o"))
          .prompt(Prompt.EMPTY)
          .outputCap(1_000)
          .build();
      assertThat(purser.admit(call).orThrow().settle(Usage.ofTokens(0, 700))).isTrue();
    }
  }

  private static void beginAnotherFile(Folder folder) {
    try (Journal journal = Journal.open(options(folder), BUDGETS, () -> NOW)) {
      Alert alert = new Alert(Alert.Kind.FAULT, "subject", "message", NOW);
      journal.alert(new AlertLine(alert.once("key", null), true, false));
    }
  }
}
