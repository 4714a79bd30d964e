package dev.purser.core;

import dev.purser.core.config.Configuration;
import dev.purser.core.pipeline.Pipeline;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What no call has to wait for: turning leases that are over into charges where no call comes by to
 * do it, forgetting accounts whose window is over, and looking at the configuration file. One daemon
 * thread. No window needs it to end.
 */
final class Housekeeping {

  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
  private static final int LOOKS_A_LEASE = 8;

  /** Short, for a new configuration may shorten the lease; a look that finds nothing costs little. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration SWEEP = Duration.ofSeconds(30);

  private Housekeeping() {}

  /** Returns the thread, which starts with its first work. */
  static ScheduledExecutorService thread() {
    return Executors.newSingleThreadScheduledExecutor(task -> {
      Thread thread = new Thread(task, "purser-housekeeping");
      thread.setDaemon(true);
      return thread;
    });
  }

  static ScheduledExecutorService start(
      ScheduledExecutorService keeper,
      Pipeline pipeline,
      InForce inForce,
      Configuration configuration,
      @Nullable Duration watch) {
    Duration pause = configuration.lease().dividedBy(LOOKS_A_LEASE);
    every(keeper, pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause, () -> reap(pipeline));
    every(keeper, SWEEP, () -> sweep(pipeline));
    every(keeper, SWEEP, pipeline::lookAtAlerts);
    if (watch != null) {
      every(keeper, watch, inForce::look);
    }
    return keeper;
  }

  /**
   * Waits until what was left to the thread before is done.
   *
   * @param end as {@link System#nanoTime} says
   * @return false if that took longer, or the thread was interrupted, which it still is
   */
  static boolean passes(ScheduledExecutorService keeper, long end) {
    try {
      keeper.submit(() -> {}).get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      return true;
    } catch (RejectedExecutionException e) {
      return true; // it has ended, and with it what was left to it
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends the thread when what was left to it is done, for a moment at most. */
  static void end(ScheduledExecutorService keeper) {
    keeper.shutdown();
    boolean interrupted = Thread.interrupted();
    try {
      if (!keeper.awaitTermination(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        log.warn("Closed before housekeeping had ended");
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void every(ScheduledExecutorService keeper, Duration pause, Runnable work) {
    long nanos = Math.max(pause.toNanos(), TimeUnit.MILLISECONDS.toNanos(10));
    var unused =
        keeper.scheduleWithFixedDelay(() -> contain(work), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private static void reap(Pipeline pipeline) {
    int reaped = pipeline.reap();
    if (reaped > 0) {
      log.info("{} leases ended; their calls are charged at the reserved amount", reaped);
    }
  }

  private static void sweep(Pipeline pipeline) {
    int swept = pipeline.sweep();
    log.debug("{} accounts whose window is over were forgotten", swept);
  }

  private static void contain(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | LinkageError | AssertionError e) {
      // An exception would end the schedule, and with it every later look.
      log.warn("Housekeeping failed; it will look again", e);
    }
  }
}
