package dev.purser.core.emit;

import static dev.purser.core.emit.EmitterTest.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Alert;
import dev.purser.api.ControlRecord;
import dev.purser.api.SpendRecord;
import dev.purser.spi.AlertSink;
import dev.purser.spi.RecordSink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each sink has a lane of its own. */
class LaneTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOON);
  private static final Duration LONG = Duration.ofDays(1);
  private static final Duration CLOSE = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofMillis(1);

  private final Counters counters = new Counters();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final List<Alert> alerts = new CopyOnWriteArrayList<>();

  /** A sink that does not come back until it is let go, or interrupted. */
  private static final class Hanging implements RecordSink, AlertSink {

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final List<String> taken = new CopyOnWriteArrayList<>();

    private void hang() {
      entered.countDown();
      try {
        assertThat(letGo.await(120, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted", e);
      }
    }

    @Override
    public void accept(SpendRecord record) {
      hang();
      taken.add(record.id());
    }

    @Override
    public void accept(Alert alert) {
      hang();
      taken.add(alert.message());
    }

    @Override
    public void close() {}
  }

  private Emitter emitter(
      int capacity, Duration close, Duration patience, List<RecordSink> sinks, AlertSink... told) {
    return new Emitter(sinks, List.of(told), capacity, counters, CLOCK, close, patience);
  }

  private static Alert alert(String message) {
    return new Alert(Alert.Kind.FAULT, "part", message, NOON);
  }

  private static void acquire(Semaphore semaphore, int permits) throws InterruptedException {
    assertThat(semaphore.tryAcquire(permits, 60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aSinkThatHangsKeepsNothingFromTheOthers() throws Exception {
    Hanging hanging = new Hanging();
    Semaphore arrived = new Semaphore(0);
    RecordSink other = record -> {
      seen.add(record.id());
      arrived.release();
    };
    Semaphore told = new Semaphore(0);
    try (Emitter emitter =
        emitter(100, CLOSE, LONG, List.of(hanging, other), alert -> told.release())) {
      for (int i = 0; i < 50; i++) {
        emitter.emit(record("r" + i));
      }
      emitter.alert(alert("a"));

      acquire(arrived, 50);
      acquire(told, 1);
      hanging.letGo.countDown();
    }

    assertThat(seen).hasSize(50).isEqualTo(hanging.taken);
    assertThat(counters.snapshot()).isEmpty();
  }

  @Test
  void anAlertSinkThatHangsKeepsNothingFromTheOthers() throws Exception {
    Hanging hanging = new Hanging();
    Semaphore told = new Semaphore(0);
    try (Emitter emitter =
        emitter(2, CLOSE, LONG, List.of(record -> seen.add(record.id())), hanging, alert -> {
          alerts.add(alert);
          told.release();
        })) {
      emitter.alert(alert("first"));
      hanging.entered.await();
      for (int i = 0; i < 5; i++) {
        emitter.alert(alert("more"));
        acquire(told, 1);
      }
      emitter.emit(record("r"));
      hanging.letGo.countDown();
    }

    assertThat(alerts).hasSize(6);
    assertThat(hanging.taken).hasSize(3);
    assertThat(seen).containsExactly("r");
    assertThat(counters.snapshot()).containsOnlyKeys("alerts.dropped").containsValue(3L);
  }

  @Test
  void somebodyIsToldOnceOfASinkThatHangsAndOfTheRestWhenItGoesOn() throws Exception {
    Hanging hanging = new Hanging();
    Semaphore told = new Semaphore(0);
    AlertSink telling = alert -> {
      alerts.add(alert);
      told.release();
    };
    try (Emitter emitter = emitter(1, CLOSE, SOON, List.of(hanging), telling)) {
      emitter.emit(record("taken"));
      hanging.entered.await();
      emitter.emit(record("waits"));
      emitter.emit(record("dropped"));
      acquire(told, 1);
      for (int i = 0; i < 7; i++) {
        emitter.emit(record("dropped"));
      }
      hanging.letGo.countDown();
    }

    assertThat(hanging.taken).containsExactly("taken", "waits");
    assertThat(counters.snapshot()).containsOnlyKeys("records.dropped").containsValue(8L);
    assertThat(alerts).hasSize(2).allSatisfy(alert -> {
      assertThat(alert.kind()).isEqualTo(Alert.Kind.RECORDS_DROPPED);
      assertThat(alert.message()).contains("LaneTest$Hanging");
    });
    assertThat(alerts.get(0).message()).startsWith("1 record was dropped");
    assertThat(alerts.get(1).message()).startsWith("7 records were dropped");
  }

  @Test
  void eachSinkThatDropsIsToldOfByItsName() throws Exception {
    Hanging hanging = new Hanging();
    Hanging other = new Hanging();
    RecordSink named = new RecordSink() {
      @Override
      public void accept(SpendRecord record) {
        other.accept(record);
      }
    };
    try (Emitter emitter = emitter(2, CLOSE, LONG, List.of(hanging, named), alerts::add)) {
      emitter.emit(record("taken"));
      hanging.entered.await();
      other.entered.await();
      for (int i = 0; i < 3; i++) {
        emitter.control(ControlRecord.of(ControlRecord.Kind.FROZEN, "key", "dana", "why", NOON));
      }
      hanging.letGo.countDown();
      other.letGo.countDown();
    }

    assertThat(counters.snapshot()).containsEntry("records.dropped", 2L);
    assertThat(alerts)
        .extracting(Alert::message)
        .containsExactlyInAnyOrder(
            "1 record was dropped: " + Hanging.class.getName() + " is slower than the calls",
            "1 record was dropped: " + named.getClass().getName() + " is slower than the calls");
  }

  @Test
  void closingTellsOfWhatASinkThatHangsHasLeft() throws Exception {
    Hanging hanging = new Hanging();
    Emitter emitter = emitter(10, Duration.ofMillis(500), LONG, List.of(hanging), alerts::add);
    emitter.emit(record("first"));
    hanging.entered.await();
    emitter.emit(record("second"));
    emitter.emit(record("third"));

    emitter.close();

    assertThat(counters.snapshot()).containsEntry("records.dropped", 2L);
    assertThat(alerts)
        .singleElement()
        .satisfies(alert -> assertThat(alert.message()).startsWith("2 records were dropped: "));
  }

  @Test
  void closingOnAnInterruptedThreadDeliversAllTheSame() {
    List<String> expected = IntStream.range(0, 1000).mapToObj(Integer::toString).toList();
    Emitter emitter =
        emitter(1000, CLOSE, LONG, List.of(record -> seen.add(record.id())), alerts::add);
    expected.forEach(id -> emitter.emit(record(id)));
    Thread.currentThread().interrupt();

    emitter.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void whateverASinkThrowsAndHoweverItLeavesItsThreadTheNextRecordFollows() {
    List<Throwable> thrown = List.of(
        new IOException("disk full"),
        new IllegalStateException("bug"),
        new OutOfMemoryError("not really"),
        new StackOverflowError(),
        new Error("of a kind of its own"),
        new RuntimeException("x") {
          @Override
          public String getMessage() {
            throw new IllegalStateException("not even a message");
          }
        });
    RecordSink broken = record -> {
      int number = seen.size();
      seen.add(record.id());
      Thread.currentThread().interrupt();
      if (number < thrown.size()) {
        sneak(thrown.get(number));
      }
    };
    List<String> expected = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
    try (Emitter emitter = emitter(10, CLOSE, LONG, List.of(broken), alerts::add)) {
      expected.forEach(id -> emitter.emit(record(id)));
    }

    assertThat(seen).isEqualTo(expected);
    assertThat(counters.snapshot())
        .containsEntry("sink.failed", 6L)
        .doesNotContainKey("records.dropped");
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
  }) // throws what is checked, unchecked
  private static <T extends Throwable> void sneak(Throwable failure) throws T {
    throw (T) failure;
  }

  @Test
  void aSinkOfRecordsAndAlertsIsCalledByOneThreadInOrder() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    class Both implements RecordSink, AlertSink {
      @Override
      public void accept(SpendRecord record) {
        threads.add(Thread.currentThread());
        seen.add(record.id());
      }

      @Override
      public void accept(Alert alert) {
        threads.add(Thread.currentThread());
        seen.add(alert.message());
      }

      @Override
      public void close() {
        seen.add("closed");
      }
    }

    Both both = new Both();
    try (Emitter emitter = emitter(10, CLOSE, LONG, List.of(both), both)) {
      emitter.emit(record("a"));
      emitter.alert(alert("b"));
      emitter.emit(record("c"));
    }

    assertThat(seen).containsExactly("a", "b", "c", "closed");
    assertThat(threads).hasSize(1);
  }

  @Test
  void anAlertIsDeliveredWhenTheLastSinkHasTakenIt() throws Exception {
    Hanging slow = new Hanging();
    AtomicInteger delivered = new AtomicInteger();
    Semaphore told = new Semaphore(0);
    AlertSink broken = alert -> {
      told.release();
      throw new IllegalStateException("no network");
    };
    try (Emitter emitter = emitter(10, CLOSE, LONG, List.of(), slow, broken)) {
      emitter.alert(alert("a"), delivered::incrementAndGet);
      acquire(told, 1);
      slow.entered.await();
      assertThat(delivered).hasValue(0);
      slow.letGo.countDown();
    }

    assertThat(delivered).hasValue(1);
    assertThat(counters.snapshot()).containsOnlyKeys("alertsink.failed");
  }

  @Test
  void anAlertThatOneSinkDidNotGetIsNotDelivered() throws Exception {
    Hanging slow = new Hanging();
    Semaphore told = new Semaphore(0);
    List<String> delivered = new CopyOnWriteArrayList<>();
    Emitter emitter = emitter(1, CLOSE, LONG, List.of(), slow, alert -> told.release());
    try (emitter) {
      for (String name : List.of("a", "b", "c")) {
        emitter.alert(alert(name), () -> delivered.add(name));
        slow.entered.await();
        acquire(told, 1);
      }
      slow.letGo.countDown();
    }
    emitter.alert(alert("late"), () -> delivered.add("late"));

    assertThat(delivered).containsExactly("a", "b");
    assertThat(counters.snapshot()).containsOnlyKeys("alerts.dropped").containsValue(3L);
  }

  @Test
  void anAlertThatASinkWasInterruptedInIsNotDelivered() throws Exception {
    Hanging hanging = new Hanging();
    AtomicInteger delivered = new AtomicInteger();
    Emitter emitter = emitter(10, Duration.ofMillis(1), LONG, List.of(), hanging);
    emitter.alert(alert("a"), delivered::incrementAndGet);
    hanging.entered.await();
    emitter.alert(alert("b"), delivered::incrementAndGet);

    emitter.close();

    assertThat(delivered).hasValue(0);
    assertThat(counters.snapshot()).containsEntry("alerts.dropped", 1L);
  }

  @Test
  void aCallbackThatThrowsHarmsNoLaterAlert() {
    AtomicInteger delivered = new AtomicInteger();
    try (Emitter emitter = emitter(10, CLOSE, LONG, List.of(), alerts::add)) {
      emitter.alert(alert("a"), () -> {
        throw new IllegalStateException("bug");
      });
      emitter.alert(alert("b"), delivered::incrementAndGet);
    }

    assertThat(alerts).hasSize(2);
    assertThat(delivered).hasValue(1);
  }

  @Test
  void whileManyEmitAndOneClosesEachRecordIsTakenOrCounted() throws Exception {
    int threads = 4;
    int each = 2_000;
    for (int round = 0; round < 20; round++) {
      AtomicInteger taken = new AtomicInteger();
      Counters ofRound = new Counters();
      Emitter emitter = new Emitter(
          List.of(record -> taken.incrementAndGet()), List.of(), 64, ofRound, CLOCK, CLOSE, LONG);
      List<Thread> callers = IntStream.range(0, threads)
          .mapToObj(i -> new Thread(() -> {
            for (int n = 0; n < each; n++) {
              emitter.emit(record("r"));
            }
          }))
          .toList();
      callers.forEach(Thread::start);
      emitter.close();
      for (Thread caller : callers) {
        caller.join();
      }

      long dropped = ofRound.snapshot().getOrDefault("records.dropped", 0L);
      assertThat(taken.get() + dropped).isEqualTo((long) threads * each);
    }
  }

  @Test
  void aRecordArrivesWheneverItComesAlsoWhileTheLaneFallsAsleep() throws Exception {
    Semaphore arrived = new Semaphore(0);
    try (Emitter emitter =
        emitter(10, CLOSE, LONG, List.of(record -> arrived.release()), alerts::add)) {
      for (int i = 0; i < 1_000; i++) {
        // A lane rests for a millisecond, then sleeps; around that time it is most likely to miss
        // one.
        long until = System.nanoTime() + 800_000 + 10_000L * (i % 40);
        while (System.nanoTime() - until < 0) {
          Thread.onSpinWait();
        }
        emitter.emit(record("r"));
        acquire(arrived, 1);
      }
    }

    assertThat(counters.snapshot()).isEmpty();
  }
}
