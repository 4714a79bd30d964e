package dev.purser.benchmarks;

import dev.purser.api.JournalOptions;
import dev.purser.api.JournalOptions.Fsync;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Prints what the journal costs a call: {@code ./bench --journal [rounds [folder]]}. The least that could
 * keep a call is two raw appends of 300 bytes to a file on the same disk. Segments are larger than
 * what a run writes, so that nothing is compressed and summed beside it.
 */
public final class JournalReport {

  private static final int BYTES = 300;
  private static final int MANY = 8;
  private static final long TURN_MILLIS = 250;
  private static final long TURN_FORCED_MILLIS = 500;
  private static final String RAW = "two raw appends of 300 bytes";
  private static final String BARE = "call without a journal";
  private static final String ONE = "call with a journal";
  private static final String EIGHT = "the same on 8 threads, together";

  private JournalReport() {}

  /** Measures and prints. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length == 0 ? 31 : Integer.parseInt(args[0]);
    Path folder = Files.createTempDirectory(
        args.length < 2 ? Path.of("") : Files.createDirectories(Path.of(args[1])), "journal");
    try {
      RoundRobin never = neverForced(folder, rounds);
      title("nothing forced to the disk", rounds);
      row(never, RAW);
      row(never, BARE);
      row(never, ONE);
      row(never, EIGHT);
      ratio("with a journal / two raw appends", never.ratio(ONE, RAW));
      ratio("throughput of 8 threads / of 1", never.ratio(ONE, EIGHT));
      RoundRobin always = alwaysForced(folder, rounds);
      title("each line forced to the disk", rounds);
      row(always, ONE);
      row(always, EIGHT);
      ratio("throughput of 8 threads / of 1", always.ratio(ONE, EIGHT));
    } finally {
      delete(folder);
    }
  }

  /**
   * What was found, as medians of ratios.
   *
   * @param bare a call without a journal over two raw appends
   * @param journaled one with a journal over them
   * @param eight the throughput of eight threads over that of one
   * @param eightForced the same where each line is forced to the disk
   */
  record Found(double bare, double journaled, double eight, double eightForced) {}

  /** Measures. */
  static Found measure(Path folder, int rounds) throws Exception {
    RoundRobin never = neverForced(folder, rounds);
    RoundRobin always = alwaysForced(folder, rounds);
    return new Found(
        never.ratio(BARE, RAW)[1],
        never.ratio(ONE, RAW)[1],
        never.ratio(ONE, EIGHT)[1],
        always.ratio(ONE, EIGHT)[1]);
  }

  private static RoundRobin neverForced(Path folder, int rounds) throws Exception {
    byte[] bytes = new byte[BYTES];
    try (RandomAccessFile raw = new RandomAccessFile(folder.resolve("raw").toFile(), "rw");
        Calls bare = new Calls(null);
        Calls journaled = new Calls(options(folder.resolve("never"), Fsync.NEVER))) {
      return new RoundRobin(TURN_MILLIS)
          .add(RAW, 1, () -> {
            raw.write(bytes);
            raw.write(bytes);
          })
          .add(BARE, 1, bare::run)
          .add(ONE, 1, journaled::run)
          .add(EIGHT, MANY, journaled::run)
          .run(rounds);
    }
  }

  private static RoundRobin alwaysForced(Path folder, int rounds) throws Exception {
    try (Calls journaled = new Calls(options(folder.resolve("always"), Fsync.ALWAYS))) {
      return new RoundRobin(TURN_FORCED_MILLIS)
          .add(ONE, 1, journaled::run)
          .add(EIGHT, MANY, journaled::run)
          .run(rounds);
    }
  }

  private static JournalOptions options(Path folder, Fsync fsync) {
    return JournalOptions.in(folder).fsync(fsync).segmentBytes(1L << 40);
  }

  private static void title(String what, int rounds) {
    System.out.printf(
        Locale.ROOT,
        "%n%-40s %12s   (quartiles of %d rounds, Java %s)%n",
        what,
        "median",
        rounds,
        Runtime.version().feature());
  }

  private static void row(RoundRobin found, String name) {
    double[] nanos = found.nanos(name);
    System.out.printf(
        Locale.ROOT, "%-40s %9.0f ns   (%.0f to %.0f)%n", name, nanos[1], nanos[0], nanos[2]);
  }

  private static void ratio(String name, double[] ratio) {
    System.out.printf(
        Locale.ROOT, "%-40s %12.2f   (%.2f to %.2f)%n", name, ratio[1], ratio[0], ratio[2]);
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
