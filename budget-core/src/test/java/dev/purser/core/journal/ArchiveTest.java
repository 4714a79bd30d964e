package dev.purser.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.JournalOptions;
import dev.purser.api.Measure;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import dev.purser.core.ledger.InMemoryLedger;
import dev.purser.spi.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of closed segments: the sums stay the same whatever is done to the files. */
class ArchiveTest {

  private static final Instant START =
      Instant.parse("2026-03-27T22:10:00Z"); // before a clock change

  @TempDir
  Path temp;

  private static final List<Budget> BUDGETS = List.of(
      budget("day", Window.DAY, "Europe/Berlin"),
      budget("hour", Window.HOUR, "Asia/Kathmandu"),
      budget("week", Window.WEEK, "America/New_York"),
      budget("three hours", Window.rolling(Duration.ofHours(3)), "UTC"),
      budget("odd", Window.rolling(Duration.ofSeconds(100_001)), "UTC"),
      budget("span", Window.between(START.plusSeconds(40_007), START.plusSeconds(250_003)), "UTC"),
      budget("ever", Window.TOTAL, "UTC"));

  private static Budget budget(String name, Window window, String zone) {
    return Budget.of(name, Measure.USD, Usd.of("1000000").nanos(), window)
        .owner("dana")
        .zone(ZoneId.of(zone));
  }

  /** Days of calls, the clock going on between them. Returns when the last one was. */
  private Instant days(Path folder, int calls) {
    Random random = new Random(3);
    Instant[] now = {START};
    SampleJournal.write(folder, calls, 4 << 10, () -> {
      now[0] = now[0].plusMillis(random.nextInt(250_000));
      return now[0];
    });
    return now[0];
  }

  /** Charges budgets with what a folder says, as a start does, and returns what each then counts. */
  private static List<Long> counted(Path folder, List<Budget> budgets, Instant now)
      throws IOException {
    Recovery found = Recovery.of(new Folder(folder), new Grain(budgets), Long.MAX_VALUE);
    assertThat(found.broken()).isEmpty();
    Ledger ledger = new InMemoryLedger();
    ledger.revise(budgets);
    for (Spent spent : found.fold().sums().all()) {
      for (Budget budget : budgets) {
        ZoneId zone = budget.zone() == null ? ZoneId.of("UTC") : budget.zone();
        if (budget.window().covers(now, zone)
            && !spent.at().isBefore(budget.window().startOf(now, zone))) {
          ledger.charge(ledger.open(budget, "", spent.at()), spent.amounts(), spent.at());
        }
      }
    }
    List<Long> counted = new ArrayList<>();
    for (Budget budget : budgets) {
      counted.add(ledger.balance(ledger.open(budget, "", now), now).settled());
    }
    long open = (long) found.fold().held().size() + found.fold().charged().size();
    counted.add(open);
    return counted;
  }

  private Archive archive(Path folder, Duration retention, Instant now) {
    JournalOptions options = JournalOptions.in(folder).retention(retention);
    return new Archive(new Folder(folder), Disk.REAL, options, InstantSource.fixed(now));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void checkpointsAndCompressionChangeNoSum() throws IOException {
    Path folder = temp.resolve("spend");
    Instant end = days(folder, 400);
    long last = new Folder(folder)
        .segments()
        .get(new Folder(folder).segments().size() - 1)
        .name()
        .number();
    assertThat(last).isGreaterThan(20);
    Path all = temp.resolve("all");
    copy(folder, all);
    removeCheckpoints(all);
    List<Long> expected = counted(all, BUDGETS, end);
    assertThat(expected).filteredOn(sum -> sum > 0).hasSizeGreaterThan(4);

    // Step by step, so that each checkpoint is summed from the one before.
    for (long closed = 1; closed <= last; closed += 3) {
      archive(folder, null, end).tidy(closed, BUDGETS);
      assertThat(counted(folder, BUDGETS, end)).as("after %d", closed).isEqualTo(expected);
    }
    archive(folder, null, end).tidy(last, BUDGETS);
    assertThat(counted(folder, BUDGETS, end)).isEqualTo(expected);
    assertThat(names(folder)).noneMatch(name -> name.matches("spend-.*\\.jsonl"));
    assertThat(names(folder)).filteredOn(name -> name.startsWith("checkpoint")).hasSize(2);

    // Other windows: the segments are read once more, for the sums do not suit them.
    List<Budget> others =
        List.of(budget("tokyo", Window.DAY, "Asia/Tokyo"), budget("ever", Window.TOTAL, "UTC"));
    assertThat(counted(folder, others, end)).isEqualTo(counted(all, others, end));
  }

  @Test
  void laterSumsAreStillRight() throws IOException {
    Path folder = temp.resolve("spend");
    Instant end = days(folder, 300);
    Path all = temp.resolve("all");
    copy(folder, all);
    removeCheckpoints(all);
    archive(folder, null, end).tidy(Long.MAX_VALUE, BUDGETS);
    for (int hours = 0; hours < 80; hours += 5) {
      Instant now = end.plus(Duration.ofHours(hours));
      assertThat(counted(folder, BUDGETS, now))
          .as("%d hours later", hours)
          .isEqualTo(counted(all, BUDGETS, now));
    }
  }

  @Test
  void aCheckpointThatIsBrokenIsPassedOver() throws IOException {
    Path folder = temp.resolve("spend");
    Instant end = days(folder, 200);
    archive(folder, null, end).tidy(5, BUDGETS);
    List<Long> expected = counted(folder, BUDGETS, end);
    archive(folder, null, end).tidy(Long.MAX_VALUE, BUDGETS);
    Path latest = new Folder(folder).checkpoints().get(0).file();
    byte[] bytes = Files.readAllBytes(latest);
    Random random = new Random(5);
    for (int i = 0; i < 100; i++) {
      byte[] flipped = bytes.clone();
      flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(latest, flipped);
      assertThat(counted(folder, BUDGETS, end)).isEqualTo(expected);
    }
    for (int length : new int[] {0, 1, bytes.length / 2, bytes.length - 1}) {
      Files.write(latest, Arrays.copyOf(bytes, length));
      assertThat(counted(folder, BUDGETS, end)).isEqualTo(expected);
    }
  }

  @Test
  void whatAnOpenWindowNeedsIsKeptAndTheRestRemoved() throws IOException {
    Path folder = temp.resolve("spend");
    Instant end = days(folder, 300);
    List<Budget> today = List.of(budget("day", Window.DAY, "UTC"));
    List<Long> expected = counted(folder, today, end);

    archive(folder, null, end).tidy(5, BUDGETS); // the one before the latest may be needed, too
    archive(folder, Duration.ofHours(1), end).tidy(Long.MAX_VALUE, BUDGETS); // one counts for ever
    assertThat(names(folder)).anyMatch(name -> name.contains("-000001-"));
    archive(folder, Duration.ofHours(1), end).tidy(Long.MAX_VALUE, today);
    assertThat(names(folder)).noneMatch(name -> name.contains("-000001-"));
    assertThat(new Folder(folder).segments()).isNotEmpty();
    assertThat(counted(folder, today, end)).isEqualTo(expected);

    // Windows that reach back farther than the files: what is known of them is the sums.
    Recovery found = Recovery.of(new Folder(folder), new Grain(BUDGETS), Long.MAX_VALUE);
    assertThat(found.notes()).anyMatch(note -> note.contains("have changed"));
    assertThat(found.broken()).isEmpty();
  }

  @Test
  void aKillBetweenTwoStepsCostsNothing() throws IOException {
    Path folder = temp.resolve("spend");
    Instant end = days(folder, 200);
    List<Long> expected = counted(folder, BUDGETS, end);
    Path before = temp.resolve("before");
    copy(folder, before);
    archive(folder, null, end).tidy(Long.MAX_VALUE, BUDGETS);

    // A file that was compressed and is still there uncompressed; others that were never finished.
    Path half = temp.resolve("half");
    copy(folder, half);
    // The last one: the guard that wrote them may have compressed the others.
    List<Path> all = Folders.segments(before);
    Path plain = all.get(all.size() - 1);
    Files.copy(plain, half.resolve(plain.getFileName()));
    Files.write(half.resolve("checkpoint.unfinished"), new byte[] {1, 2});
    Files.write(half.resolve("segment.unfinished"), new byte[] {1, 2});
    assertThat(counted(half, BUDGETS, end)).isEqualTo(expected);
    archive(half, null, end).tidy(Long.MAX_VALUE, BUDGETS);
    assertThat(counted(half, BUDGETS, end)).isEqualTo(expected);
    assertThat(names(half)).noneMatch(name -> name.matches("spend-.*\\.jsonl"));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static void removeCheckpoints(Path folder) throws IOException {
    for (Folder.CheckpointFile file : new Folder(folder).checkpoints()) {
      Files.delete(file.file());
    }
  }
}
