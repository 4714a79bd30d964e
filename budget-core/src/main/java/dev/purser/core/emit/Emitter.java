package dev.purser.core.emit;

import dev.purser.api.Alert;
import dev.purser.api.ControlRecord;
import dev.purser.api.SpendRecord;
import dev.purser.spi.AlertSink;
import dev.purser.spi.RecordSink;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Carries records and alerts from callers to sinks, for each on a {@link Lane} of its own: a sink that
 * throws, hangs or is slow harms neither a call nor another sink. A caller never waits. What a sink
 * does not get because its lane is full is counted, and told to the alert sinks once for each burst.
 * {@link #close} delivers what was queued. Safe for use by several threads.
 *
 * <p>A sink that takes both records and alerts, or is named twice, has one lane, so that it is called
 * by one thread at a time.
 */
public final class Emitter implements AutoCloseable {

  private static final Duration CLOSE = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int TELLING = 10;

  /** How long to leave a lane alone that is full. */
  private static final long FULL_NANOS = Duration.ofMillis(1).toNanos();

  private final Lane[] recordLanes;
  private final Lane[] alertLanes;
  private final Set<Lane> lanes = new LinkedHashSet<>();
  private final long closeNanos;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Consumer<Alert> drops = this::alert;

  /**
   * Starts a thread for each sink.
   *
   * @param capacity how many records and alerts may wait for each sink
   */
  public Emitter(
      List<RecordSink> sinks,
      List<AlertSink> alertSinks,
      int capacity,
      Counters counters,
      InstantSource clock) {
    this(sinks, alertSinks, capacity, counters, clock, CLOSE, PATIENCE);
  }

  /**
   * Starts a thread for each sink.
   *
   * @param close how long closing may take
   * @param patience how long records may be dropped before somebody is told of a burst that goes on
   */
  Emitter(
      List<RecordSink> sinks,
      List<AlertSink> alertSinks,
      int capacity,
      Counters counters,
      InstantSource clock,
      Duration close,
      Duration patience) {
    closeNanos = close.toNanos();
    DropWatch watch =
        new DropWatch(counters, clock, patience.toNanos(), alert -> drops.accept(alert));
    IdentityHashMap<Object, Lane> bySink = new IdentityHashMap<>();
    // Only they look after bursts that last: a lane of records cannot tell while its sink hangs.
    alertLanes = alertSinks.stream()
        .map(sink -> bySink.computeIfAbsent(
            sink, each -> new Lane(each, capacity, counters, watch, watch::look, "purser-alerts")))
        .toArray(Lane[]::new);
    recordLanes = sinks.stream()
        .map(sink -> bySink.computeIfAbsent(
            sink,
            each ->
                new Lane(each, capacity, counters, watch, () -> Long.MAX_VALUE, "purser-records")))
        .toArray(Lane[]::new);
    lanes.addAll(List.of(recordLanes));
    lanes.removeAll(List.of(alertLanes));
    lanes.addAll(List.of(alertLanes));
    lanes.forEach(Lane::start);
  }

  /** Queues a record for each sink, or drops and counts it where its lane is full or closed. */
  public void emit(SpendRecord record) {
    for (Lane lane : recordLanes) {
      if (lane.takes(record)) {
        queue(lane, record);
      }
    }
  }

  /** Queues a record of what somebody did, or drops and counts it as any other. */
  public void control(ControlRecord record) {
    for (Lane lane : recordLanes) {
      queue(lane, record);
    }
  }

  private void queue(Lane lane, Object record) {
    if ((closed.get() || !lane.offer(record)) && lane.drop(record)) {
      for (Lane teller : alertLanes) {
        teller.wake();
      }
    }
  }

  /** Queues an alert for each sink, or drops and counts it where its lane is full or closed. */
  public void alert(Alert alert) {
    alert(alert, () -> {});
  }

  /**
   * Queues an alert for each sink, or drops and counts it where its lane is full or closed.
   *
   * @param delivered run once, on the thread of a sink, when all have taken the alert; one that throws
   *     has taken it. Not run at all if one did not get it, or if there is none. Must not block
   */
  public void alert(Alert alert, Runnable delivered) {
    queue(new Delivery(alert, false, delivered, alertLanes.length));
  }

  /**
   * Queues for each sink that what an alert told of is over, or drops it where its lane is full or closed.
   *
   * @param delivered as that of an alert
   */
  public void resolved(Alert alert, Runnable delivered) {
    queue(new Delivery(alert, true, delivered, alertLanes.length));
  }

  /** Says who is told that records were dropped, in place of the sinks; must not block. */
  public void onDrops(Consumer<Alert> teller) {
    drops = teller;
  }

  private void queue(Delivery delivery) {
    for (Lane lane : alertLanes) {
      if (!lane.offer(delivery)) {
        boolean unused = lane.drop(delivery);
      }
    }
  }

  /**
   * Waits until the sinks have taken what was queued before, and have made it visible.
   *
   * @return false if that took longer, or the thread was interrupted, which it still is
   */
  public boolean flush(Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    List<Barrier> barriers = new ArrayList<>();
    try {
      for (Lane lane : lanes) {
        Barrier barrier = new Barrier();
        while (!closed.get() && !lane.offer(barrier)) {
          if (deadline - System.nanoTime() <= 0) {
            return false;
          }
          TimeUnit.NANOSECONDS.sleep(FULL_NANOS);
        }
        barriers.add(barrier);
      }
      for (Barrier barrier : barriers) {
        if (closed.get() || !barrier.await(deadline - System.nanoTime())) {
          return closed.get();
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Delivers what is queued, for at most ten seconds, also on a thread that is interrupted, and closes
   * the sinks. A slower sink is interrupted, and what it could not take is counted as dropped. The lanes
   * of alerts end last, so that they tell of that too.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    long start = System.nanoTime();
    Set<Lane> tellers = new LinkedHashSet<>(List.of(alertLanes));
    Set<Lane> others = new LinkedHashSet<>(lanes);
    others.removeAll(tellers);
    boolean interrupted = end(others, start + closeNanos - closeNanos / TELLING);
    interrupted |= end(tellers, start + closeNanos);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends lanes, by {@code deadline} at the latest; returns whether the thread was interrupted. */
  private static boolean end(Set<Lane> lanes, long deadline) {
    lanes.forEach(Lane::finish);
    boolean interrupted = false;
    for (Lane lane : lanes) {
      boolean ended = false;
      while (!ended) {
        try {
          long left = deadline - System.nanoTime();
          ended = lane.join(left);
          if (!ended && left <= 0) {
            lane.giveUp();
            ended = true;
          }
        } catch (InterruptedException e) {
          interrupted = true; // whoever is in a hurry still wants the records of what was spent
        }
      }
    }
    return interrupted;
  }
}
