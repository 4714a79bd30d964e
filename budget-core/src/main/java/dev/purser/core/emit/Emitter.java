package dev.purser.core.emit;

import dev.purser.api.Alert;
import dev.purser.api.ControlRecord;
import dev.purser.api.SpendRecord;
import dev.purser.spi.AlertSink;
import dev.purser.spi.RecordSink;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries records and alerts from callers to sinks: a bounded queue and one daemon thread. A caller
 * never waits; what does not fit is dropped, counted and reported once. {@link #close} delivers what
 * was queued.
 */
public final class Emitter implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Emitter.class);
  private static final Object END = new Object();
  private static final Duration CLOSE = Duration.ofSeconds(10);
  private static final int FLUSH_EVERY = 1024;

  private final BlockingQueue<Object> queue;
  private final List<RecordSink> sinks;
  private final List<AlertSink> alertSinks;
  private final Counters counters;
  private final InstantSource clock;
  private final AtomicLong droppedSinceReport = new AtomicLong();
  private final Thread worker;
  private final long closeNanos;
  private volatile boolean closed;
  private volatile boolean givenUp;

  /**
   * Starts the worker.
   *
   * @param capacity how many records and alerts may wait
   */
  public Emitter(
      List<RecordSink> sinks,
      List<AlertSink> alertSinks,
      int capacity,
      Counters counters,
      InstantSource clock) {
    this(sinks, alertSinks, capacity, counters, clock, CLOSE);
  }

  Emitter(
      List<RecordSink> sinks,
      List<AlertSink> alertSinks,
      int capacity,
      Counters counters,
      InstantSource clock,
      Duration close) {
    closeNanos = close.toNanos();
    this.sinks = List.copyOf(sinks);
    this.alertSinks = List.copyOf(alertSinks);
    this.counters = counters;
    this.clock = clock;
    queue = new ArrayBlockingQueue<>(capacity);
    worker = new Thread(this::work, "purser-emit");
    worker.setDaemon(true);
    worker.start();
  }

  /** Queues a record, or drops and counts it where the queue is full or closed. */
  public void emit(SpendRecord record) {
    if (closed || !queue.offer(record)) {
      dropped(1);
    }
  }

  /** Queues an alert, or drops and counts it where the queue is full or closed. */
  public void alert(Alert alert) {
    if (closed || !queue.offer(alert)) {
      counters.count("alerts.dropped");
    }
  }

  /**
   * Queues an alert.
   *
   * @param delivered run once every sink has taken it
   */
  public void alert(Alert alert, Runnable delivered) {
    throw new UnsupportedOperationException("until the branch of the sinks is merged");
  }

  /** Queues a record of what somebody did, or drops and counts it as any other. */
  public void control(ControlRecord record) {
    if (closed || !queue.offer(record)) {
      dropped(1);
    }
  }

  private void dropped(int records) {
    for (int i = 0; i < records; i++) {
      counters.count("records.dropped");
    }
    droppedSinceReport.addAndGet(records);
  }

  private void work() {
    try {
      int unflushed = 0;
      Object next = queue.take();
      while (next != END) {
        deliver(next);
        if (givenUp) {
          break;
        }
        next = queue.poll();
        // A queue that never runs empty must not keep what was taken from readers for ever.
        if (++unflushed == FLUSH_EVERY || next == null) {
          flush();
          unflushed = 0;
        }
        if (next == null) {
          next = queue.take();
        }
      }
      flush();
    } catch (InterruptedException e) {
      log.warn("Closed with records undelivered: a sink is too slow");
    } finally {
      closeSinks();
    }
  }

  private void deliver(Object next) {
    if (next instanceof SpendRecord record) {
      for (RecordSink sink : sinks) {
        contain(sink, "sink.failed", () -> sink.accept(record));
      }
    } else if (next instanceof ControlRecord record) {
      for (RecordSink sink : sinks) {
        contain(sink, "sink.failed", () -> sink.control(record));
      }
    } else if (next instanceof Alert alert) {
      for (AlertSink sink : alertSinks) {
        contain(sink, "alertsink.failed", () -> sink.accept(alert));
      }
    }
  }

  private void flush() {
    long dropped = droppedSinceReport.getAndSet(0);
    if (dropped > 0) {
      deliver(new Alert(
          Alert.Kind.RECORDS_DROPPED,
          "records",
          dropped + " records were dropped: the sinks are slower than the calls",
          clock.instant()));
    }
    for (RecordSink sink : sinks) {
      contain(sink, "sink.failed", sink::flush);
    }
  }

  private void closeSinks() {
    for (RecordSink sink : sinks) {
      contain(sink, "sink.failed", sink::close);
    }
  }

  private interface Step {
    void run() throws Exception;
  }

  /** A sink's failure is its own: it must reach neither the calls nor the other sinks. */
  private void contain(Object sink, String counter, Step step) {
    try {
      step.run();
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      counters.count(counter);
      log.warn("{} failed", sink.getClass().getName(), e);
    }
  }

  /**
   * Delivers what is queued, for at most ten seconds, and closes the sinks. What a slower sink could
   * not take is counted as dropped.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    long deadline = System.nanoTime() + closeNanos;
    boolean interrupted = false;
    try {
      if (queue.offer(END, closeNanos, TimeUnit.NANOSECONDS)) {
        TimeUnit.NANOSECONDS.timedJoin(worker, deadline - System.nanoTime());
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    givenUp = true;
    if (worker.isAlive()) {
      worker.interrupt();
    }
    List<Object> left = new ArrayList<>();
    queue.drainTo(left);
    left.remove(END);
    dropped(left.size());
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
