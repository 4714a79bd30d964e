package dev.purser.benchmarks;

import dev.purser.api.Budget;
import dev.purser.api.Usd;
import java.time.Duration;
import java.util.Locale;

/** Prints how much memory accounts and sessions take: {@code ./bench --memory [accounts]}. */
public final class FootprintReport {

  static final Usd LIMIT = Usd.of("1000000");
  static final Duration HOUR = Duration.ofHours(1);
  static final Duration BUCKET = Duration.ofMinutes(1);

  /** How many buckets of a rolling window count: sixty, and the one in which time stands. */
  static final int BUCKETS = 61;

  /** Fewer than a book remembers of any kind. */
  private static final int SESSIONS = 9_000;

  private FootprintReport() {}

  /** Measures and prints. */
  public static void main(String[] args) {
    int accounts = args.length == 0 ? 100_000 : Integer.parseInt(args[0]);
    System.out.printf(
        Locale.ROOT,
        "%,d accounts, keys of 36 characters, Java %s%n%n",
        accounts,
        Runtime.version().feature());
    System.out.printf(Locale.ROOT, "%-44s %10s %10s%n", "account", "bytes", "a bucket");
    double total =
        row("total", AccountFootprint.bytes(Budget.total("b", LIMIT), accounts, 1, BUCKET));
    row("calendar day", AccountFootprint.bytes(Budget.daily("b", LIMIT), accounts, 1, BUCKET));
    row(
        "concurrent calls",
        AccountFootprint.bytes(Budget.concurrent("b", 10), accounts, 1, BUCKET));
    Budget rolling = Budget.rolling("b", LIMIT, HOUR);
    row("rolling hour, one call", AccountFootprint.bytes(rolling, accounts, 1, BUCKET));
    row(
        "rolling hour, a call in each bucket",
        AccountFootprint.bytes(rolling, accounts, 2 * BUCKETS, BUCKET),
        total);
    System.out.printf(Locale.ROOT, "%n%-44s %10s%n", "remembered of a session", "bytes");
    row("a sum of its charges", BookFootprint.sum(SESSIONS));
    row("a link to its parent", BookFootprint.link(SESSIONS));
    row("a binding to an account", BookFootprint.binding(SESSIONS));
  }

  private static double row(String name, double bytes) {
    System.out.printf(Locale.ROOT, "%-44s %10.1f%n", name, bytes);
    return bytes;
  }

  private static void row(String name, double bytes, double without) {
    System.out.printf(
        Locale.ROOT, "%-44s %10.1f %10.1f%n", name, bytes, (bytes - without) / BUCKETS);
  }
}
