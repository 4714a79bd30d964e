package dev.purser.wire.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Trap 43, case by case, in a JVM with a heap of 64 MB: the caller gets its bytes, the meter stays
 * within bounded memory, the charge stays sane.
 */
class AbsurdAnswersOnASmallHeapTest {

  private static final long MEGABYTE = 1_000_000;

  /** What is no JSON is only several times the heap here: time is short. */
  @Test
  void gigabytesNestingEndlessLinesBombsAndAbsurdCounts() throws IOException, InterruptedException {
    run(2_200 * MEGABYTE, 200 * MEGABYTE, 100 * MEGABYTE);
  }

  @Test
  @Tag("long")
  void twoGigabytesOfEachFraming() throws IOException, InterruptedException {
    run(2_200 * MEGABYTE, 2_200 * MEGABYTE, 250 * MEGABYTE);
  }

  private static void run(long json, long framed, long inflated)
      throws IOException, InterruptedException {
    Process child = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            SmallHeap.class.getName(),
            Long.toString(json),
            Long.toString(framed),
            Long.toString(inflated))
        .redirectErrorStream(true)
        .start();
    List<String> lines;
    try (BufferedReader out = child.inputReader()) {
      lines = out.lines().toList();
    }
    assertThat(child.waitFor()).as(String.join("\n", lines)).isZero();
    assertThat(lines).allSatisfy(line -> assertThat(line).startsWith("OK "));
    int once =
        (int) SmallAnswers.ALL.stream().map(SmallAnswer::framing).distinct().count();
    assertThat(lines).hasSize(once * sized(true) + SmallAnswers.ALL.size() * sized(false));
  }

  private static int sized(boolean sized) {
    int count = 0;
    for (Attack each : Attack.values()) {
      count += each.isSized() == sized ? 1 : 0;
    }
    return count;
  }
}
