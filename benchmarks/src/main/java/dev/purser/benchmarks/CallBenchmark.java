package dev.purser.benchmarks;

import java.util.concurrent.TimeUnit;
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

/** The whole way of a call but for the wire, attribution to record, over five accounts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class CallBenchmark {

  private final Rivals rivals = new Rivals(Calls.ACCOUNTS);
  private final Calls days = Calls.ofDays();
  private final Calls rolling = Calls.ofDaysAndAnHour();

  /** Starts the guards. */
  @Setup
  public void start() {
    days.run(); // binds its accounts
    rolling.run();
  }

  /** Stops the guards' threads. */
  @TearDown
  public void close() {
    days.close();
    rolling.close();
  }

  /** Plain atomics. */
  @Benchmark
  public boolean floor() {
    return rivals.floor();
  }

  /** A guard whose sink takes no record. */
  @Benchmark
  public void purser() {
    days.run();
  }

  /** The same where one account rolls. */
  @Benchmark
  public void purserRolling() {
    rolling.run();
  }
}
