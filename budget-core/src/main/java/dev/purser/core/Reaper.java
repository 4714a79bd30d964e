package dev.purser.core;

import dev.purser.core.pipeline.Pipeline;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns leases that are over into charges where no call comes by to do it, and forgets accounts whose
 * window is over: one daemon thread that looks a few times a lease. No window needs it to end.
 */
final class Reaper {

  private static final Logger log = LoggerFactory.getLogger(Reaper.class);
  private static final int LOOKS_A_LEASE = 8;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private Reaper() {}

  static ScheduledExecutorService start(Pipeline pipeline, Duration lease) {
    ScheduledExecutorService reaper = Executors.newSingleThreadScheduledExecutor(task -> {
      Thread thread = new Thread(task, "purser-reaper");
      thread.setDaemon(true);
      return thread;
    });
    Duration pause = lease.dividedBy(LOOKS_A_LEASE);
    pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    long nanos = Math.max(pause.toNanos(), TimeUnit.MILLISECONDS.toNanos(10));
    var unused =
        reaper.scheduleWithFixedDelay(() -> look(pipeline), nanos, nanos, TimeUnit.NANOSECONDS);
    return reaper;
  }

  private static void look(Pipeline pipeline) {
    try {
      int reaped = pipeline.reap();
      if (reaped > 0) {
        log.info("{} leases ended; their calls are charged at the reserved amount", reaped);
      }
      int swept = pipeline.sweep();
      log.debug("{} accounts whose window is over were forgotten", swept);
    } catch (RuntimeException | LinkageError | AssertionError e) {
      // An exception would end the schedule, and with it every later look.
      log.warn("The reaper failed; it will look again", e);
    }
  }
}
