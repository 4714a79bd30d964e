package dev.purser.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/**
 * Runs several kinds of work in turns, some tenths of a second each, so that whatever else the machine
 * does falls on all of them. What counts are the ratios within a round. JMH measures one after the other
 * and cannot pair them.
 */
final class RoundRobin {

  private static final int WARM_UP = 6;
  private static final int EACH_LOOK = 16;

  private record Kind(int threads, Work work) {}

  /** What is measured. */
  interface Work {
    void run() throws Exception;
  }

  private final long nanos;
  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private final Map<String, double[]> found = new LinkedHashMap<>();

  /** @param millis how long a turn takes */
  RoundRobin(long millis) {
    nanos = millis * 1_000_000;
  }

  /** Adds a kind of work, to be done by so many threads at once. */
  RoundRobin add(String name, int threads, Work work) {
    kinds.put(name, new Kind(threads, work));
    return this;
  }

  /** Measures. */
  RoundRobin run(int rounds) throws Exception {
    kinds.keySet().forEach(name -> found.put(name, new double[rounds]));
    for (int round = -WARM_UP; round < rounds; round++) {
      for (Map.Entry<String, Kind> each : kinds.entrySet()) {
        double time = turn(each.getValue());
        if (round >= 0) {
          times(each.getKey())[round] = time;
        }
      }
    }
    return this;
  }

  /** Returns nanoseconds per operation of all threads together. */
  private double turn(Kind kind) throws Exception {
    CountDownLatch ready = new CountDownLatch(kind.threads());
    long[] done = new long[kind.threads()];
    List<Throwable> failures = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < kind.threads(); i++) {
      int mine = i;
      Thread thread = new Thread(() -> {
        try {
          ready.countDown();
          ready.await();
          done[mine] = loop(kind.work());
        } catch (Throwable e) {
          synchronized (failures) {
            failures.add(e);
          }
        }
      });
      threads.add(thread);
    }
    long from = System.nanoTime();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    double took = System.nanoTime() - from;
    if (!failures.isEmpty()) {
      throw new IllegalStateException(failures.get(0));
    }
    return took / Arrays.stream(done).sum();
  }

  private long loop(Work work) throws Exception {
    long end = System.nanoTime() + nanos;
    long done = 0;
    do {
      for (int i = 0; i < EACH_LOOK; i++) {
        work.run();
      }
      done += EACH_LOOK;
    } while (System.nanoTime() < end);
    return done;
  }

  private double[] times(String name) {
    return Objects.requireNonNull(found.get(name));
  }

  /** Returns the quartiles of nanoseconds per operation. */
  double[] nanos(String name) {
    return quartiles(times(name));
  }

  /** Returns the quartiles, over the rounds, of the time of one kind over that of another. */
  double[] ratio(String name, String over) {
    double[] ratios = times(name).clone();
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] /= times(over)[i];
    }
    return quartiles(ratios);
  }

  private static double[] quartiles(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    int last = sorted.length - 1;
    return new double[] {sorted[last / 4], sorted[last / 2], sorted[last - last / 4]};
  }
}
