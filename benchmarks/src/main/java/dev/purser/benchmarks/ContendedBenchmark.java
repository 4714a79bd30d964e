package dev.purser.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Two and eight threads hold and settle on one account; times are those of one thread's call. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ContendedBenchmark {

  private static final int FEW = 2;
  private static final int MANY = 8;

  private final Rivals rivals = new Rivals(1);
  private final Accounts days = Accounts.ofDays(1);

  /** A plain atomic. */
  @Benchmark
  @Threads(FEW)
  public boolean floorTwo() {
    return rivals.floor();
  }

  /** An account of calendar days. */
  @Benchmark
  @Threads(FEW)
  public Object purserTwo() {
    return days.reserveAndSettle();
  }

  /** A local bucket. */
  @Benchmark
  @Threads(FEW)
  public boolean bucket4jTwo() {
    return rivals.bucket4j();
  }

  /** A rate limiter, which gives nothing back. */
  @Benchmark
  @Threads(FEW)
  public boolean resilience4jTwo() {
    return rivals.resilience4j();
  }

  /** A rate limiter, which gives nothing back. */
  @Benchmark
  @Threads(FEW)
  public boolean guavaTwo() {
    return rivals.guava();
  }

  /** A plain atomic. */
  @Benchmark
  @Threads(MANY)
  public boolean floorEight() {
    return rivals.floor();
  }

  /** An account of calendar days. */
  @Benchmark
  @Threads(MANY)
  public Object purserEight() {
    return days.reserveAndSettle();
  }

  /** A local bucket. */
  @Benchmark
  @Threads(MANY)
  public boolean bucket4jEight() {
    return rivals.bucket4j();
  }

  /** A rate limiter, which gives nothing back. */
  @Benchmark
  @Threads(MANY)
  public boolean resilience4jEight() {
    return rivals.resilience4j();
  }

  /** A rate limiter, which gives nothing back. */
  @Benchmark
  @Threads(MANY)
  public boolean guavaEight() {
    return rivals.guava();
  }
}
