package dev.purser.benchmarks;

import dev.purser.api.Budget;
import dev.purser.api.Usd;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

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
    System.out.printf(Locale.ROOT, "%-44s %10s%n", "account", "bytes");
    rows(accounts).forEach(FootprintReport::row);
    System.out.printf(Locale.ROOT, "%n%-44s %10s%n", "remembered of a session", "bytes");
    row("a sum of its charges", BookFootprint.sum(SESSIONS));
    row("a link to its parent", BookFootprint.link(SESSIONS));
    row("a binding to an account", BookFootprint.binding(SESSIONS));
  }

  /** Returns the bytes that an account of each kind takes, and a bucket of one that rolls. */
  static Map<String, Double> rows(int accounts) {
    Map<String, Double> rows = new LinkedHashMap<>();
    double total = AccountFootprint.bytes(Budget.total("b", LIMIT), accounts, 1, BUCKET);
    Budget rolling = Budget.rolling("b", LIMIT, HOUR);
    double full = AccountFootprint.bytes(rolling, accounts, 2 * BUCKETS, BUCKET);
    rows.put("total", total);
    rows.put("calendar day", AccountFootprint.bytes(Budget.daily("b", LIMIT), accounts, 1, BUCKET));
    rows.put(
        "concurrent calls",
        AccountFootprint.bytes(Budget.concurrent("b", 10), accounts, 1, BUCKET));
    rows.put("rolling hour, one call", AccountFootprint.bytes(rolling, accounts, 1, BUCKET));
    rows.put("rolling hour, a call in each bucket", full);
    rows.put("a bucket of it", (full - total) / BUCKETS);
    return rows;
  }

  private static void row(String name, double bytes) {
    System.out.printf(Locale.ROOT, "%-44s %10.1f%n", name, bytes);
  }
}
