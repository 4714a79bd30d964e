package dev.purser.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A worst case is held on 1, 5 and 20 accounts, and the call settled; one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class LedgerBenchmark {

  /** How many accounts a call draws on. */
  @Param({"1", "5", "20"})
  public int accounts;

  private Rivals rivals = new Rivals(1);
  private Accounts days = Accounts.ofDays(1);
  private Accounts rolling = Accounts.ofDays(1);

  /** Opens the accounts. */
  @Setup
  public void open() {
    rivals = new Rivals(accounts);
    days = Accounts.ofDays(accounts);
    rolling = Accounts.ofDaysAndAnHour(accounts);
  }

  /** Plain atomics. */
  @Benchmark
  public boolean floor() {
    return rivals.floor();
  }

  /** Accounts of calendar days. */
  @Benchmark
  public Object purser() {
    return days.reserveAndSettle();
  }

  /** The same, but that one rolls. */
  @Benchmark
  public Object purserRolling() {
    return rolling.reserveAndSettle();
  }

  /** Local buckets. */
  @Benchmark
  public boolean bucket4j() {
    return rivals.bucket4j();
  }

  /** Rate limiters, which give nothing back. */
  @Benchmark
  public boolean resilience4j() {
    return rivals.resilience4j();
  }

  /** Rate limiters, which give nothing back. */
  @Benchmark
  public boolean guava() {
    return rivals.guava();
  }
}
