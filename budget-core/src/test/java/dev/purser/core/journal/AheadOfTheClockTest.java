package dev.purser.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.Budget;
import dev.purser.api.JournalOptions;
import dev.purser.api.JournalOptions.Fsync;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the clock is behind what was written, windows would be opened again. */
class AheadOfTheClockTest {

  private static final List<Budget> BUDGETS = Life.budgets(100);

  @TempDir
  Path temp;

  @Test
  void aJournalAheadOfTheClockIsRefusedUnlessAllowed() {
    JournalOptions options = JournalOptions.in(temp.resolve("spend"));
    try (Life life = new Life(temp.resolve("spend"), Fsync.NEVER, 100)) {
      life.hold(10);
    }
    InstantSource early = InstantSource.fixed(Life.NOON.minusSeconds(3601));
    assertThatThrownBy(() -> Journal.open(options, BUDGETS, early))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(Life.NOON.toString(), "aheadAllowed");
    Journal.open(options.aheadAllowed(true), BUDGETS, early).close();
    Journal last =
        Journal.open(options, BUDGETS, InstantSource.fixed(Life.NOON.minusSeconds(3599)));
    last.close();
    assertThat(last.report().broken()).isEmpty();
    assertThat(last.report().orphanedNanoUsd()).isEqualTo(10);
  }
}
