package dev.purser.core;

import dev.purser.core.config.Configuration;
import dev.purser.core.pipeline.Pipeline;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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

  private static final Duration SWEEP = Duration.ofSeconds(30);

  private Housekeeping() {}

  static ScheduledExecutorService start(
      Pipeline pipeline, InForce inForce, Configuration configuration, @Nullable Duration watch) {
    ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor(task -> {
      Thread thread = new Thread(task, "purser-housekeeping");
      thread.setDaemon(true);
      return thread;
    });
    Duration pause = configuration.lease().dividedBy(LOOKS_A_LEASE);
    every(keeper, pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause, () -> reap(pipeline));
    every(keeper, SWEEP, () -> sweep(pipeline));
    if (watch != null) {
      every(keeper, watch, inForce::look);
    }
    return keeper;
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
