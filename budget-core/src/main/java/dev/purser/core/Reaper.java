package dev.purser.core;

import dev.purser.spi.Ledger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns leases that are over into charges where no call comes by to do it: one daemon thread that
 * looks a few times a lease.
 */
final class Reaper {

  private static final Logger log = LoggerFactory.getLogger(Reaper.class);
  private static final int LOOKS_A_LEASE = 8;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private Reaper() {}

  static ScheduledExecutorService start(Ledger ledger, Duration lease, InstantSource clock) {
    ScheduledExecutorService reaper = Executors.newSingleThreadScheduledExecutor(task -> {
      Thread thread = new Thread(task, "purser-reaper");
      thread.setDaemon(true);
      return thread;
    });
    Duration pause = lease.dividedBy(LOOKS_A_LEASE);
    pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    long nanos = Math.max(pause.toNanos(), TimeUnit.MILLISECONDS.toNanos(10));
    var unused = reaper.scheduleWithFixedDelay(
        () -> reap(ledger, clock), nanos, nanos, TimeUnit.NANOSECONDS);
    return reaper;
  }

  private static void reap(Ledger ledger, InstantSource clock) {
    try {
      int reaped = ledger.reap(clock.instant());
      if (reaped > 0) {
        log.info("{} leases ended; their calls are charged at the reserved amount", reaped);
      }
    } catch (RuntimeException | LinkageError | AssertionError e) {
      // An exception would end the schedule, and with it every later look.
      log.warn("The reaper failed; it will look again", e);
    }
  }
}
