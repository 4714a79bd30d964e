package dev.purser.core.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What works beside the calls: forcing to the device now and then, trying again what could not be
 * written, saying so, and seeing to closed segments. Two daemon threads, so that a long sum keeps nothing
 * from the device.
 */
final class Upkeep {

  private static final Logger log = LoggerFactory.getLogger("dev.purser.journal");
  private static final Duration SPILL = Duration.ofMillis(100);
  private static final Duration LOOK = Duration.ofMillis(250);
  static final int LOOKS_TO_BE_SURE = 8;
  private static final Duration CLOSE = Duration.ofSeconds(10);

  private final Writer writer;
  private final Segments segments;
  private final RefusalCounts refusals;
  private final Writer.Alone archive;
  private final @Nullable Duration syncEvery;
  private final AtomicReference<IOException> failure;
  private final AtomicBoolean closedOne;
  private final ScheduledExecutorService keeper = thread("purser-journal");
  private final ScheduledExecutorService archivist = thread("purser-archive");
  private final AtomicBoolean asked = new AtomicBoolean();
  private boolean told;
  private int goodLooks;
  private long droppedTold;

  /**
   * Prepares; nothing runs before {@link #begin}.
   *
   * @param syncEvery how often to force to the device, or null for not here
   * @param failure the latest one, which is taken out
   * @param closedOne whether a segment was closed, which is taken note of
   */
  Upkeep(
      Writer writer,
      Segments segments,
      RefusalCounts refusals,
      Writer.Alone archive,
      @Nullable Duration syncEvery,
      AtomicReference<IOException> failure,
      AtomicBoolean closedOne) {
    this.writer = writer;
    this.segments = segments;
    this.refusals = refusals;
    this.archive = archive;
    this.syncEvery = syncEvery;
    this.failure = failure;
    this.closedOne = closedOne;
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    });
  }

  void begin(Troubles troubles) {
    if (syncEvery != null) {
      every(syncEvery, writer::sync);
    }
    if (syncEvery == null || syncEvery.compareTo(SPILL) > 0) {
      every(SPILL, writer::spill);
    }
    every(LOOK, () -> look(troubles));
    segmentClosed();
  }

  private void every(Duration pause, Runnable work) {
    long nanos = pause.toNanos();
    var unused =
        keeper.scheduleWithFixedDelay(() -> contain(work), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private static void contain(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      // An exception would end the schedule, and with it every later look.
      log.warn("The journal's upkeep failed; it will try again", e);
    }
  }

  /** Tries again, tells what is to be told, and has closed segments seen to. */
  void look(Troubles troubles) {
    if (segments.gone()) {
      writer.leave();
      log.warn("The file that was written to is gone; what it held is lost. Another is begun");
      troubles.happened(
          "a file was taken away while it was written to; a restart forgets what it held");
    }
    refusals.flush();
    if (closedOne.getAndSet(false)) {
      segmentClosed();
    }
    long dropped = writer.dropped();
    if (dropped > droppedTold) {
      troubles.happened((dropped - droppedTold)
          + " lines that only tell were dropped from the journal, because it could not be written");
      droppedTold = dropped;
    }
    IOException latest = failure.getAndSet(null);
    boolean failing = writer.failing();
    // Also where it is over before anybody looked: calls were refused.
    if ((failing || latest != null) && !told) {
      told = true;
      String why = latest == null ? "" : ": " + latest.getMessage();
      log.warn("The journal cannot be written; budgets refuse until it can", latest);
      troubles.happened("the journal cannot be written, and calls are refused until it can" + why);
    } else if (failing) {
      goodLooks = 0;
    } else if (told && ++goodLooks == LOOKS_TO_BE_SURE) {
      // Where a disk is all but full, a short line may fit between two that do not.
      told = false;
      goodLooks = 0;
      log.info("The journal can be written again");
      troubles.over();
    }
  }

  /** Has closed segments seen to, soon. Does not block. */
  void segmentClosed() {
    if (asked.compareAndSet(false, true)) {
      var unused = archivist.schedule(
          () -> {
            asked.set(false);
            contain(this::archive);
          },
          0,
          TimeUnit.NANOSECONDS);
    }
  }

  private void archive() {
    try {
      archive.run();
    } catch (IOException e) {
      log.warn("Closed files of the journal could not be seen to; tried again with the next", e);
    }
  }

  /**
   * Ends both threads. What the archivist is at may be finished, for at most ten seconds, and is then
   * interrupted: every step of it can be left.
   *
   * @return whether both have ended, so that nobody here touches the folder any more
   */
  boolean close() {
    boolean interrupted =
        Thread.interrupted(); // whoever closes must give the folder back all the same
    keeper.shutdown();
    archivist.shutdown();
    interrupted |= ended(archivist);
    archivist.shutdownNow();
    interrupted |= ended(archivist);
    interrupted |= ended(keeper);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return archivist.isTerminated() && keeper.isTerminated();
  }

  /** Waits for the end of a thread; whether this one was interrupted meanwhile. */
  private static boolean ended(ScheduledExecutorService thread) {
    long end = System.nanoTime() + CLOSE.toNanos();
    boolean interrupted = false;
    boolean waiting = true;
    while (waiting) {
      try {
        boolean unused = thread.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        waiting = false;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted;
  }
}
