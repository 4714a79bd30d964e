package dev.purser.benchmarks;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Dimension;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.core.ledger.InMemoryLedger;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Demand;
import dev.purser.spi.Ledger;
import dev.purser.spi.Reserved;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Takes a worst case on five accounts and gives the unused part back.
 *
 * <p>{@link #floor} is the least that could do it: a compare-and-set to take and an atomic add to
 * give back on each of five plain longs, without windows, leases, endings or records. {@link
 * #bucket4j} takes from and returns to five local buckets, which know no hold and no window.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AdmitSettleBenchmark {

  private static final int ACCOUNTS = 5;
  private static final long LIMIT = Long.MAX_VALUE / 4;
  private static final long WORST_CASE = 180_000_000;

  /** Nothing stays taken, so that no run, however long, meets a limit. */
  private static final long COST = 0;

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Attribution WHO =
      Attribution.key("alice").user("alice").team("platform").session("fix-1234");
  private static final ModelId MODEL = ModelId.of("openai", "gpt-4o");

  private final AtomicLong[] atomics = new AtomicLong[ACCOUNTS];
  private final Bucket[] buckets = new Bucket[ACCOUNTS];
  private final Ledger ledger = new InMemoryLedger();
  private final List<Account> accounts = new ArrayList<>();
  private final Amounts amounts = new Amounts(WORST_CASE, 24_000, 1);
  private final Prompt prompt = Prompt.ofTokens(8000);
  private final Usage usage = Usage.NONE;
  private final Purser purser = guard();

  private static List<Budget> budgets() {
    Usd limit = Usd.ofNanos(LIMIT);
    return List.of(
        Budget.total("all", limit),
        Budget.daily("day", limit),
        Budget.daily("key", limit).per(Dimension.KEY),
        Budget.daily("team", limit).per(Dimension.TEAM),
        Budget.total("session", limit).per(Dimension.SESSION));
  }

  private static Purser guard() {
    var builder = Purser.builder().owner("bench").sink(record -> {});
    budgets().forEach(builder::budget);
    return builder.build();
  }

  /** Opens five accounts of each kind. */
  @Setup
  public void open() {
    for (int i = 0; i < ACCOUNTS; i++) {
      atomics[i] = new AtomicLong();
      buckets[i] = Bucket.builder()
          .addLimit(limit -> limit.capacity(LIMIT).refillIntervally(1, Duration.ofDays(1)))
          .build();
      accounts.add(ledger.open(budgets().get(i), i < 2 ? "" : "x"));
    }
  }

  /** Stops the guard's threads. */
  @TearDown
  public void close() {
    purser.close();
  }

  /** Five plain atomics. */
  @Benchmark
  public long floor() {
    for (AtomicLong used : atomics) {
      long before;
      do {
        before = used.get();
        if (WORST_CASE > LIMIT - before) {
          return -1;
        }
      } while (!used.compareAndSet(before, before + WORST_CASE));
    }
    for (AtomicLong used : atomics) {
      used.addAndGet(COST - WORST_CASE);
    }
    return WORST_CASE;
  }

  /** Five Bucket4j buckets. */
  @Benchmark
  public boolean bucket4j() {
    for (Bucket bucket : buckets) {
      if (!bucket.tryConsume(WORST_CASE)) {
        return false;
      }
    }
    for (Bucket bucket : buckets) {
      bucket.addTokens(WORST_CASE - COST);
    }
    return true;
  }

  /** The ledger alone, over five accounts bound before. */
  @Benchmark
  public Object ledger() {
    Reserved reserved = ledger.reserve(new Demand(
        "c", NOW, NOW.plusSeconds(900), WHO, MODEL, amounts, accounts, this::leaseEnded));
    return reserved instanceof Reserved.Held held ? held.ticket().settle(Amounts.NONE) : reserved;
  }

  private void leaseEnded() {
    throw new IllegalStateException("no lease ends here");
  }

  /** The whole way of a call but for the wire: attribution to record. */
  @Benchmark
  public boolean purser() {
    CallIntent intent = CallIntent.builder(MODEL)
        .attribution(WHO)
        .prompt(prompt)
        .outputCap(16_000)
        .build();
    try (Reservation held = purser.admit(intent).orThrow()) {
      return held.settle(usage);
    }
  }
}
