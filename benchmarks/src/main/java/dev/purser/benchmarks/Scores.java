package dev.purser.benchmarks;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What JMH found: medians over the iterations of all forks, and bytes allocated by an operation. */
final class Scores {

  private static final String BYTES = "gc.alloc.rate.norm";
  private static final double MEDIAN = 50;

  private final boolean quick;
  private final Map<String, Score> scores = new HashMap<>();

  /** @param quick whether forks and iterations are few and short */
  Scores(boolean quick) {
    this.quick = quick;
  }

  /**
   * What one benchmark took for an operation.
   *
   * @param nanos time
   * @param bytes allocated
   */
  record Score(double nanos, double bytes) {

    double over(Score other) {
      return nanos / other.nanos;
    }
  }

  /**
   * Runs the benchmarks of a class, and remembers their scores.
   *
   * @param warmUp how long each of three warm-up iterations takes, in the short form
   */
  Scores run(Class<?> benchmarks, TimeValue warmUp) throws RunnerException {
    ChainedOptionsBuilder options = new OptionsBuilder()
        .include("\\." + benchmarks.getSimpleName() + "\\.")
        .addProfiler(GCProfiler.class)
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true);
    if (quick) {
      options
          .forks(2)
          .warmupIterations(3)
          .warmupTime(warmUp)
          .measurementIterations(5)
          .measurementTime(TimeValue.milliseconds(200));
    }
    System.err.println(benchmarks.getSimpleName() + " ...");
    Collection<RunResult> results = new Runner(options.build()).run();
    for (RunResult each : results) {
      Result<?> time = each.getPrimaryResult();
      Result<?> bytes = each.getSecondaryResults().get(BYTES);
      if (bytes == null) {
        throw new IllegalStateException("JMH says nothing of " + BYTES);
      }
      scores.put(
          name(each.getParams()),
          new Score(time.getStatistics().getPercentile(MEDIAN), bytes.getScore()));
    }
    return this;
  }

  private static String name(BenchmarkParams params) {
    String name = params.getBenchmark();
    StringBuilder key =
        new StringBuilder(name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1));
    for (String each : new TreeSet<>(params.getParamsKeys())) {
      key.append(' ').append(params.getParam(each));
    }
    return key.toString();
  }

  /** Returns a score, by class, method and values of parameters. */
  Score of(Class<?> benchmarks, String method, Object... params) {
    StringBuilder key =
        new StringBuilder(benchmarks.getSimpleName()).append('.').append(method);
    for (Object param : params) {
      key.append(' ').append(param);
    }
    Score found = scores.get(key.toString());
    if (found == null) {
      throw new IllegalArgumentException("not measured: " + key + " of " + scores.keySet());
    }
    return found;
  }
}
