package dev.purser.core.emit;

import dev.purser.api.ControlRecord;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.spi.AlertSink;
import dev.purser.spi.RecordSink;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one sink: a backlog and a daemon thread of its own, so that whatever the sink does harms
 * neither a caller nor another sink. All methods but {@link #finish}, {@link #join} and {@link #giveUp},
 * which are for whoever closes the lanes, are for any thread.
 */
final class Lane {

  private static final Logger log = LoggerFactory.getLogger(Emitter.class);
  private static final int FLUSH_EVERY = 1024;

  private final Object sink;
  private final Backlog backlog;
  private final Counters counters;
  private final DropWatch drops;
  private final Burst burst;
  private final LongSupplier watch;
  private final Thread worker;
  private final Set<Outcome> taken;
  private volatile boolean finishing;
  private volatile boolean givenUp;

  /**
   * Leads to a sink; {@link #start} is still to be called.
   *
   * @param watch run whenever there is nothing to do; returns after how many nanoseconds to do so again
   */
  Lane(
      Object sink,
      int capacity,
      Counters counters,
      DropWatch drops,
      LongSupplier watch,
      String threadName) {
    this.sink = sink;
    this.counters = counters;
    this.drops = drops;
    this.watch = watch;
    taken = taken(sink);
    backlog = new Backlog(capacity);
    burst = drops.watch(sink);
    worker = new Thread(this::work, threadName);
    worker.setDaemon(true);
  }

  private static Set<Outcome> taken(Object sink) {
    Set<Outcome> taken = EnumSet.noneOf(Outcome.class);
    if (sink instanceof RecordSink records) {
      for (Outcome outcome : Outcome.values()) {
        if (records.takes(outcome)) {
          taken.add(outcome);
        }
      }
    }
    return taken;
  }

  void start() {
    worker.start();
  }

  /** Whether the record is of use to the sink. */
  boolean takes(SpendRecord record) {
    return taken.contains(record.outcome());
  }

  /** Lets the thread look whether there is something to do. */
  void wake() {
    LockSupport.unpark(worker);
  }

  /** Queues something for the sink; false if the lane is full or has ended. */
  boolean offer(Object next) {
    return backlog.offer(next, worker);
  }

  /** Counts what the sink does not get; returns whether it is the first record of a burst. */
  boolean drop(Object next) {
    if (next instanceof Barrier barrier) {
      barrier.passed();
      return false;
    }
    if (next instanceof Delivery) {
      counters.count("alerts.dropped");
      return false;
    }
    return drops.dropped(burst, 1);
  }

  private void work() {
    int unflushed = 0;
    while (!givenUp) {
      Object next = backlog.poll();
      if (next != null) {
        deliver(next);
        // A backlog that never runs empty must not keep what was taken from readers for ever.
        if (++unflushed == FLUSH_EVERY) {
          flush();
          unflushed = 0;
        }
      } else if (unflushed > 0) {
        flush();
        unflushed = 0;
        if (!finishing) {
          backlog.rest();
        }
      } else if (finishing && backlog.seal()) {
        break;
      } else {
        backlog.sleep(watch.getAsLong());
      }
    }
    // Whoever gave up has interrupted the thread, which must not close a file before its last
    // bytes.
    boolean unused = Thread.interrupted();
    flush();
    if (sink instanceof RecordSink records) {
      unused = contain("sink.failed", records::close);
    }
  }

  private void deliver(Object next) {
    if (givenUp) {
      boolean unused = drop(next);
    } else if (next instanceof Barrier barrier) {
      flush();
      barrier.passed();
    } else if (next instanceof SpendRecord record) {
      boolean unused = contain("sink.failed", () -> ((RecordSink) sink).accept(record));
    } else if (next instanceof ControlRecord record) {
      boolean unused = contain("sink.failed", () -> ((RecordSink) sink).control(record));
    } else if (next instanceof Delivery delivery) {
      boolean taken = contain("alertsink.failed", () -> delivery.to((AlertSink) sink));
      // What a sink throws because it was interrupted does not tell that it had the alert.
      if (taken || !givenUp) {
        boolean unused = contain("alert.delivered.failed", delivery::taken);
      }
    }
  }

  private void flush() {
    if (sink instanceof RecordSink records) {
      boolean unused = contain("sink.failed", records::flush);
    }
    drops.over(burst);
  }

  private interface Step {
    void run() throws Exception;
  }

  /** A sink's failure is its own: neither the calls nor what comes behind must suffer for it. */
  private boolean contain(String counter, Step step) {
    try {
      step.run();
      return true;
    } catch (Throwable e) {
      counters.count(counter);
      log(e);
      return false;
    } finally {
      // Or the thread would never sleep again, and the next write would close the sink's channel.
      boolean unused = Thread.interrupted();
    }
  }

  private void log(Throwable failure) {
    try {
      // Its class and place only: the message may quote a record, and that a prompt.
      StackTraceElement[] trace = failure.getStackTrace();
      log.warn(
          "{} failed: {}{}",
          sink.getClass().getName(),
          failure.getClass().getName(),
          trace.length == 0 ? "" : " at " + trace[0]);
    } catch (Throwable e) {
      counters.count("log.failed"); // such as by an exception whose stack cannot be had
    }
  }

  /** Ends the lane when everything that was queued is delivered. */
  void finish() {
    finishing = true;
    wake();
  }

  /** Waits for the end; returns whether it came. */
  boolean join(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.timedJoin(worker, nanos);
    return !worker.isAlive();
  }

  /** Ends the lane as it is; what was left is counted as dropped. */
  void giveUp() {
    givenUp = true;
    worker.interrupt();
    log.warn("Closed before {} had taken everything", sink.getClass().getName());
    for (Object left : backlog.close()) {
      boolean unused = drop(left);
    }
    drops.over(burst);
  }
}
