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
import dev.purser.spi.Amounts;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
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

  private static final Attribution WHO =
      Attribution.key("alice").user("alice").team("platform").session("fix-1234");
  private static final ModelId MODEL = ModelId.of("openai", "gpt-4o");

  private final AtomicLong[] atomics = new AtomicLong[ACCOUNTS];
  private final Bucket[] buckets = new Bucket[ACCOUNTS];
  private final BoundAccounts calendar = bound(budgets());
  private final BoundAccounts rolling = bound(withLast(
      Budget.rolling("session", Usd.ofNanos(LIMIT), Duration.ofHours(1)).per(Dimension.SESSION)));
  private final BoundAccounts observing = bound(withLast(
      Budget.total("session", Usd.ofNanos(LIMIT)).per(Dimension.SESSION).observe()));
  private final Prompt prompt = Prompt.ofTokens(8000);
  private final Usage usage = Usage.NONE;
  private final Semaphore measured = new Semaphore(0);
  private final Purser purser = guard(Duration.ZERO);
  private final Purser patient = guard(Duration.ofSeconds(1));

  private static List<Budget> budgets() {
    return withLast(Budget.total("session", Usd.ofNanos(LIMIT)).per(Dimension.SESSION));
  }

  private static List<Budget> withLast(Budget last) {
    Usd limit = Usd.ofNanos(LIMIT);
    return List.of(
        Budget.total("all", limit),
        Budget.daily("day", limit),
        Budget.daily("key", limit).per(Dimension.KEY),
        Budget.daily("team", limit).per(Dimension.TEAM),
        last);
  }

  private static BoundAccounts bound(List<Budget> budgets) {
    return new BoundAccounts(budgets, WHO, MODEL, new Amounts(WORST_CASE, 8_000, 16_000, 1));
  }

  /**
   * The sinks are stuck, and the queue for them is full: whether a record finds their thread asleep
   * and must wake it is chance, and costs as much as all the rest.
   */
  private Purser guard(Duration maxWait) {
    var builder = Purser.builder()
        .owner("bench")
        .maxWait(maxWait)
        .sink(record -> measured.acquireUninterruptibly());
    budgets().forEach(builder::budget);
    return builder.build();
  }

  /** Fills what the floor and the rival count with. */
  @Setup
  public void open() {
    for (int i = 0; i < ACCOUNTS; i++) {
      atomics[i] = new AtomicLong();
      buckets[i] = Bucket.builder()
          .addLimit(limit -> limit.capacity(LIMIT).refillIntervally(1, Duration.ofDays(1)))
          .build();
    }
  }

  /** Stops the guards' threads. */
  @TearDown
  public void close() {
    measured.release(Integer.MAX_VALUE);
    purser.close();
    patient.close();
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
    return calendar.admitAndSettle();
  }

  /** The same where the window of one account rolls. */
  @Benchmark
  public Object ledgerRolling() {
    return rolling.admitAndSettle();
  }

  /** The same where one account only watches. */
  @Benchmark
  public Object ledgerObserving() {
    return observing.admitAndSettle();
  }

  /** The whole way of a call but for the wire: attribution to record. */
  @Benchmark
  public boolean purser() {
    return call(purser);
  }

  /** The same for a call that would wait, and need not. */
  @Benchmark
  public boolean purserWaiting() {
    return call(patient);
  }

  private boolean call(Purser guard) {
    CallIntent intent = CallIntent.builder(MODEL)
        .attribution(WHO)
        .prompt(prompt)
        .outputCap(16_000)
        .build();
    try (Reservation held = guard.admit(intent).orThrow()) {
      return held.settle(usage);
    }
  }
}
