package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.RecoveryReport;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 6: a process that is killed at any instant comes back knowing every settled dollar. */
class KillNineTest {

  private static final long CAP = Usd.of(KilledLife.CAP).nanos();

  @TempDir
  Path temp;

  private Path folder;
  private Path bills;

  private Process life(int number, int threads, long calls) throws IOException {
    folder = temp.resolve("spend");
    bills = temp.resolve("bills");
    Files.createDirectories(bills);
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            KilledLife.class.getName(),
            folder.toString(),
            bills.toString(),
            Integer.toString(number),
            Integer.toString(threads),
            Long.toString(calls))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Waits until the guard of a life stands, so that every kill may fall among calls. */
  private static void begun(Process life) throws IOException {
    assertThat(life.inputReader().readLine()).isEqualTo("begun");
  }

  @Test
  void twentyKillsUnderEightThreads() throws Exception {
    killed(20, 300);
  }

  @Test
  @Tag("long")
  void fiveHundredKillsUnderEightThreads() throws Exception {
    killed(500, 300);
  }

  private void killed(int rounds, int longestMillis) throws Exception {
    Random random = new Random(11);
    int orphans = 0;
    for (int round = 0; round < rounds; round++) {
      Process life = life(round, 8, Long.MAX_VALUE);
      begun(life);
      assertThat(life.waitFor(random.nextInt(longestMillis), TimeUnit.MILLISECONDS))
          .isFalse();
      life.destroyForcibly().waitFor();
      orphans += check(round + 1);
    }
    assertThat(orphans).isPositive();
  }

  /** Opens what was left, and compares it with what the provider knows. Returns how many calls were open. */
  private int check(int life) throws IOException {
    Bills billed = Bills.read(bills);
    RecoveryReport report;
    long spent;
    boolean full;
    try (Purser purser = KilledLife.guard(folder, life).build()) {
      report = purser.recovery().orElseThrow();
      spent =
          purser.balances().all().stream().mapToLong(account -> account.spent()).sum();
      Admission next =
          purser.admit(Guard.call(1_000).attribution(Attribution.NONE.team("t")).build());
      full = next instanceof Admission.Refused;
      if (next instanceof Admission.Admitted admitted) {
        admitted.reservation().release();
      }
    }
    assertThat(report.broken().size()).as("%s", report).isLessThanOrEqualTo(1);
    assertThat(billed.sum()).as("what the provider billed").isLessThanOrEqualTo(CAP);
    assertThat(spent).as("what is known to be spent").isBetween(billed.sum(), CAP);
    assertThat(full).isEqualTo(spent + 10_000_000 > CAP);
    Map<String, Long> known = SpentInFiles.byCall(folder);
    billed
        .settled()
        .forEach(id -> assertThat(known).containsEntry(id, billed.byCall().get(id)));
    billed
        .byCall()
        .forEach((id, bill) -> assertThat(known.getOrDefault(id, 0L)).isGreaterThanOrEqualTo(bill));
    long allKnown = known.values().stream().mapToLong(Long::longValue).sum();
    assertThat(allKnown).isEqualTo(spent);
    return report.orphaned();
  }

  /** Trap 12: a process that dies with every call spends the cap, and no more. */
  @Test
  void aCrashLoopCannotSpendMoreThanTheCap() throws Exception {
    folder = temp.resolve("spend");
    bills = temp.resolve("bills");
    try (Purser purser = KilledLife.guard(folder, 0).build()) {
      // Leaves room for twelve of the dearest calls.
      purser.admit(Guard.call(3_988_000).build()).orThrow().settle(Usage.ofTokens(0, 3_988_000));
    }
    for (int round = 0; round < 16; round++) {
      Process life = life(0, 1, 2);
      begun(life);
      life.waitFor(round, TimeUnit.MILLISECONDS);
      life.destroyForcibly().waitFor();
    }
    assertThat(Bills.read(bills).sum()).isLessThanOrEqualTo(120_000_000);
  }

  @Test
  void aSecondGuardOnTheFolderIsRefusedUntilTheFirstIsGone() throws Exception {
    Process life = life(0, 0, 0);
    begun(life);
    assertThat(life.isAlive()).isTrue();
    assertThatIllegalStateException()
        .isThrownBy(() -> KilledLife.guard(folder, 0).build())
        .withMessageContainingAll("process " + life.pid(), "Redis ledger", "purser-redis");
    life.destroyForcibly().waitFor();

    try (Purser here = KilledLife.guard(folder, 0).build()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> KilledLife.guard(folder, 0).build())
          .withMessageContaining("another guard of this process");
      // The attempt must not have cost the first one its lock.
      Process other = life(0, 1, 1);
      assertThat(other.inputReader().readLine()).isNull();
      assertThat(other.waitFor()).isNotZero();
      assertThat(here.budgets()).isNotEmpty();
    }
  }

  /** What the provider billed, and which calls were settled before their process died. */
  private record Bills(Map<String, Long> byCall, Set<String> settled) {

    static Bills read(Path folder) throws IOException {
      Map<String, Long> byCall = new HashMap<>();
      Set<String> settled = new HashSet<>();
      List<Path> files = new ArrayList<>();
      try (Stream<Path> all = Files.list(folder)) {
        all.forEach(files::add);
      }
      for (Path file : files) {
        String text = Files.readString(file);
        // A line that was cut was never handed over.
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n", -1)) {
          String[] words = line.split(" ", -1);
          if (words[0].equals("billed")) {
            byCall.put(words[1], Long.parseLong(words[2]));
          } else if (words[0].equals("settled")) {
            settled.add(words[1]);
          }
        }
      }
      return new Bills(byCall, settled);
    }

    long sum() {
      return byCall.values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
