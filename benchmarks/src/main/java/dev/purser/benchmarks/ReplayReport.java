package dev.purser.benchmarks;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.JournalOptions;
import dev.purser.api.JournalOptions.Fsync;
import dev.purser.api.ModelId;
import dev.purser.api.RecoveryReport;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Prints how long a start takes over a day's calls: {@code ./bench --replay [calls [folder]]}, first line by
 * line, then from the checkpoint that the start before has written of the same. A hundred keys of ten
 * teams call three models.
 */
public final class ReplayReport {

  private static final Instant MORNING = Instant.parse("2026-11-23T00:00:00Z");
  private static final long DAY_NANOS = 86_400_000_000_000L;
  private static final int KEYS = 100;
  private static final int TEAMS = 10;
  private static final int ROUNDS = 3;
  private static final List<ModelId> MODELS = List.of(
      ModelId.of("openai", "gpt-4o"),
      ModelId.of("openai", "gpt-4o-mini"),
      ModelId.of("anthropic", "claude-sonnet-4-5"));
  private static final Usd LIMIT = Usd.ofNanos(Long.MAX_VALUE / 4);
  private static final List<Budget> BUDGETS = List.of(
      Budget.quarterly("all", LIMIT),
      Budget.daily("key", LIMIT).per(Dimension.KEY),
      Budget.monthly("team", LIMIT).per(Dimension.TEAM));

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final AtomicLong sinceMorning = new AtomicLong();
  private final InstantSource clock = () -> MORNING.plusNanos(sinceMorning.get());

  private ReplayReport() {}

  /** Measures and prints. */
  public static void main(String[] args) throws Exception {
    int calls = args.length == 0 ? 500_000 : Integer.parseInt(args[0]);
    Path folder = Files.createTempDirectory(
        args.length < 2 ? Path.of("") : Files.createDirectories(Path.of(args[1])), "replay");
    try {
      new ReplayReport().measure(folder, calls);
    } finally {
      JournalReport.delete(folder);
    }
  }

  private void measure(Path folder, int calls) throws Exception {
    Path written = folder.resolve("written");
    write(written, calls);
    for (int round = 1; round <= ROUNDS; round++) {
      Path copy = folder.resolve("round" + round);
      copy(written, copy);
      start("line by line", copy, file -> true);
      start("from a checkpoint", copy, file -> file.startsWith("checkpoint"));
    }
  }

  private void write(Path folder, int calls) throws IOException {
    List<Attribution> callers = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      callers.add(Attribution.key("key-" + i).team("team-" + i % TEAMS).session("session-" + i));
    }
    try (Purser purser = guard(folder)) {
      for (int i = 0; i < calls; i++) {
        sinceMorning.addAndGet(DAY_NANOS / calls);
        // So that each key calls each model.
        Calls.call(purser, callers.get(i % KEYS), MODELS.get(i / KEYS % MODELS.size()));
      }
    }
  }

  private Purser guard(Path folder) {
    var builder = Purser.builder()
        .owner("bench")
        .clock(clock)
        .journal(JournalOptions.in(folder).fsync(Fsync.NEVER).segmentBytes(1L << 40));
    BUDGETS.forEach(builder::budget);
    return builder.build();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(file.getFileName());
        Files.copy(file, copy);
        // Otherwise the first thing that a start forces to the disk would wait for all of it.
        try (FileChannel written = FileChannel.open(copy, StandardOpenOption.WRITE)) {
          written.force(true);
        }
      }
    }
  }

  private void start(String how, Path folder, Predicate<String> read) throws Exception {
    long bytes = bytes(folder, read);
    long before = heap();
    long cpu = THREADS.getCurrentThreadCpuTime();
    long from = System.nanoTime();
    try (Purser purser = guard(folder)) {
      double seconds = (System.nanoTime() - from) / 1e9;
      double worked = (THREADS.getCurrentThreadCpuTime() - cpu) / 1e9;
      RecoveryReport found = purser.recovery().orElseThrow();
      while (bytes(folder, file -> file.startsWith("checkpoint-")) == 0 || isCompressing(folder)) {
        Thread.sleep(100);
      }
      System.out.printf(
          Locale.ROOT,
          "%-18s %6.2f s (%.2f s on a core), %,9d lines, %,7d sums, %6.1f MB read, %6.1f MB of heap afterwards%n",
          how,
          seconds,
          worked,
          found.lines(),
          found.charges(),
          bytes / 1e6,
          (heap() - before) / 1e6);
    }
  }

  /** The first line of a guard is behind what it found, so that all of that is closed. */
  private static boolean isCompressing(Path folder) throws IOException {
    return bytes(folder, file -> file.endsWith("-000001.jsonl")) > 0
        || bytes(folder, file -> file.endsWith(".unfinished")) > 0;
  }

  private static long bytes(Path folder, Predicate<String> which) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        bytes += which.test(file.getFileName().toString()) ? Files.size(file) : 0;
      }
    }
    return bytes;
  }

  private static long heap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
