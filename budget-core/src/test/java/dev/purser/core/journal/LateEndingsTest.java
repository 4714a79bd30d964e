package dev.purser.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import dev.purser.core.record.JsonLine;
import dev.purser.core.record.RecordLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that end after so many others were charged what they held that they are known by sums alone. */
class LateEndingsTest {

  private static final long HELD = 1_000_000;
  private static final int CALLS = Fold.MOST_CHARGED + 3;
  private static final Grain GRAIN = new Grain(List.of());

  @TempDir
  Path temp;

  private Fold fold = new Fold(GRAIN);

  @BeforeEach
  void manyAreCharged() {
    for (int i = 0; i < CALLS; i++) {
      take(ending(i, Outcome.ABANDONED, HELD, HELD));
    }
    assertThat(fold.charged()).hasSize(Fold.MOST_CHARGED).doesNotContainKey("call-2");
    assertThat(charged()).isEqualTo(CALLS * HELD);
  }

  private static SpendRecord ending(int call, Outcome outcome, long cost, long spent) {
    return SpendRecord.builder("call-" + call, outcome, Life.MODEL, Life.NOON)
        .attribution(Attribution.key("alice"))
        .usage(cost == 0 ? Usage.NONE : Usage.ofTokens(10, 20))
        .charged(HELD, cost)
        .spent(spent)
        .build();
  }

  private void take(SpendRecord record) {
    byte[] line = RecordLine.of(new JsonLine(), record).endOpen();
    fold.take(line, line.length);
  }

  private long charged() {
    long sum = fold.charged().values().stream()
        .mapToLong(call -> call.facts().amounts().nanoUsd())
        .sum();
    for (Spent spent : fold.sums().all()) {
      sum += spent.amounts().nanoUsd();
    }
    return sum;
  }

  @Test
  void whatItUsedIsChargedInPlaceOfWhatItHeld() {
    take(ending(0, Outcome.SETTLED, 300_000, 300_000 - HELD));
    take(ending(1, Outcome.ESTIMATED, 2 * HELD, HELD));

    assertThat(charged()).isEqualTo((CALLS - 2) * HELD + 300_000 + 2 * HELD);
  }

  @Test
  void nothingIsChargedOfOneThatWasReleasedOrWrittenOff() {
    take(ending(0, Outcome.RELEASED, 0, -HELD));
    take(ending(1, Outcome.WRITTEN_OFF, 0, -HELD));

    assertThat(charged()).isEqualTo((CALLS - 2) * HELD);
  }

  @Test
  void oneThatWasWrittenOffAndSettledAllTheSameIsChargedOnce() {
    take(ending(0, Outcome.WRITTEN_OFF, 0, -HELD));
    take(ending(0, Outcome.SETTLED, 300_000, 300_000));

    assertThat(charged()).isEqualTo((CALLS - 1) * HELD + 300_000);
  }

  @Test
  void aCheckpointLiesBetween() throws IOException {
    Path folder = Files.createDirectories(temp.resolve("spend"));
    fold.sums().coarsen(Life.NOON.plusSeconds(3600));
    Checkpoint.write(new Folder(folder), Disk.REAL, 1, CALLS, fold, GRAIN, Life.NOON);
    fold = Checkpoint.read(new Folder(folder).checkpoint(1), GRAIN).fold();
    assertThat(charged()).isEqualTo(CALLS * HELD);
    take(ending(0, Outcome.SETTLED, 300_000, 300_000 - HELD));

    assertThat(charged()).isEqualTo((CALLS - 1) * HELD + 300_000);
  }

  /** Both lines before it were broken: it says all that there is to charge, and no other call pays for it. */
  @Test
  void oneOfWhichNothingWasKnownIsChargedWhole() {
    for (int call = 0; call < 3; call++) {
      take(ending(call, Outcome.SETTLED, HELD, 0));
    }
    assertThat(charged()).isEqualTo(CALLS * HELD);
    take(ending(-1, Outcome.SETTLED, 300_000, 300_000 - HELD));

    assertThat(charged()).isEqualTo(CALLS * HELD + 300_000);
  }
}
