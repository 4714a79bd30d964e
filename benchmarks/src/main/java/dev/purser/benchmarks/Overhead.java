package dev.purser.benchmarks;

import dev.purser.benchmarks.OverheadCalls.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a guard adds to a call over HTTP, end to end: OkHttp over loopback, the ways of a call by turns, so
 * that whatever else the machine does falls on all of them.
 */
final class Overhead {

  private static final int WARM_UP = 500;
  private static final int FIRST_WARM_UP = 12_000;
  private static final int WARM_BYTES = 4 * 1024;
  private static final int CALLERS = 32;
  private static final int BURST = 1_280;
  private static final double MEDIAN = 0.5;
  private static final double TAIL = 0.99;

  private final Upstream upstream;
  private final Path folder;
  private int runs;

  /** @param folder where journals are kept; on the disk that is measured */
  Overhead(Upstream upstream, Path folder) {
    this.upstream = upstream;
    this.folder = folder;
  }

  /**
   * What was measured of one way; in nanoseconds.
   *
   * @param first the median until the first byte of an answer's body
   * @param median until its end
   * @param tail the 99th percentile
   */
  record Times(double first, double median, double tail) {}

  private OverheadCalls calls(int bytes, boolean stream, int delayMillis) {
    return new OverheadCalls(
        upstream.url(), folder.resolve("journal " + runs++), bytes, stream, delayMillis);
  }

  /** Makes calls of every kind, so that what is measured then is compiled. */
  void warmUp() throws IOException {
    for (boolean stream : new boolean[] {false, true}) {
      try (OverheadCalls calls = calls(WARM_BYTES, stream, 0)) {
        for (int i = 0; i < FIRST_WARM_UP; i++) {
          for (Way way : Way.values()) {
            long[] unused = calls.call(way, i);
          }
        }
      }
    }
  }

  /** Makes so many calls of each way, one after the other. */
  Map<Way, Times> oneByOne(int bytes, boolean stream, int delayMillis, int count)
      throws IOException {
    List<Way> ways = new ArrayList<>(List.of(Way.values()));
    Random random = new Random(count);
    Map<Way, long[]> first = new EnumMap<>(Way.class);
    Map<Way, long[]> whole = new EnumMap<>(Way.class);
    for (Way way : ways) {
      first.put(way, new long[count]);
      whole.put(way, new long[count]);
    }
    try (OverheadCalls calls = calls(bytes, stream, delayMillis)) {
      int warmUp = Math.min(count, WARM_UP);
      for (int i = -warmUp; i < count; i++) {
        // In any order: a way that always follows the same one finds the caches as that left them.
        Collections.shuffle(ways, random);
        for (Way way : ways) {
          long[] nanos = calls.call(way, i + warmUp);
          if (i >= 0) {
            Objects.requireNonNull(first.get(way))[i] = nanos[0];
            Objects.requireNonNull(whole.get(way))[i] = nanos[1];
          }
        }
      }
    }
    Map<Way, Times> times = new EnumMap<>(Way.class);
    for (Way way : ways) {
      long[] all = Objects.requireNonNull(whole.get(way));
      double start = quantile(Objects.requireNonNull(first.get(way)), MEDIAN);
      times.put(way, new Times(start, quantile(all, MEDIAN), quantile(all, TAIL)));
    }
    return times;
  }

  private static double quantile(long[] values, double share) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * sorted.length))];
  }

  /**
   * Makes calls by 32 callers at once, a burst of each way by turns.
   *
   * @return of each way the median of its throughput over that of OkHttp alone in the same round
   */
  Map<Way, Double> together(int bytes, boolean stream, int rounds) throws Exception {
    Map<Way, List<Double>> ratios = new EnumMap<>(Way.class);
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try (OverheadCalls calls = calls(bytes, stream, 0)) {
      for (int round = -2; round < rounds; round++) {
        Map<Way, Long> nanos = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
          nanos.put(way, burst(callers, calls, way));
        }
        double bare = Objects.requireNonNull(nanos.get(Way.BARE));
        for (Way way : Way.values()) {
          if (round >= 0) {
            ratios
                .computeIfAbsent(way, each -> new ArrayList<>())
                .add(bare / Objects.requireNonNull(nanos.get(way)));
          }
        }
      }
    } finally {
      callers.shutdown();
    }
    Map<Way, Double> medians = new EnumMap<>(Way.class);
    ratios.forEach(
        (way, all) -> medians.put(way, all.stream().sorted().toList().get(all.size() / 2)));
    return medians;
  }

  private static long burst(ExecutorService callers, OverheadCalls calls, Way way)
      throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> done = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < CALLERS; i++) {
      done.add(callers.submit(() -> {
        for (int number = next.getAndIncrement(); number < BURST; number = next.getAndIncrement()) {
          long[] unused = calls.call(way, number);
        }
        return null;
      }));
    }
    for (Future<?> each : done) {
      each.get();
    }
    return System.nanoTime() - start;
  }
}
