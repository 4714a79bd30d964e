package dev.purser.core.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Alert;
import dev.purser.api.ModelId;
import dev.purser.api.SpendRecord;
import dev.purser.spi.AlertSink;
import dev.purser.spi.RecordSink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmitterTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));

  private static final Duration CLOSE = Duration.ofSeconds(60);

  /** Longer than any test. */
  private static final Duration PATIENCE = Duration.ofDays(1);

  private final Counters counters = new Counters();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final List<Alert> alerts = new CopyOnWriteArrayList<>();

  static SpendRecord record(String id) {
    return SpendRecord.builder(
            id, SpendRecord.Outcome.SETTLED, ModelId.of("openai", "gpt-4o"), CLOCK.instant())
        .api("test")
        .build();
  }

  private Emitter emitter(int capacity, RecordSink... sinks) {
    return emitter(capacity, List.of(sinks), alerts::add);
  }

  private Emitter emitter(int capacity, List<RecordSink> sinks, AlertSink... alertSinks) {
    return new Emitter(sinks, List.of(alertSinks), capacity, counters, CLOCK, CLOSE, PATIENCE);
  }

  @Test
  void closingDeliversEverythingThatWasQueuedInOrder() {
    List<String> expected = IntStream.range(0, 1000).mapToObj(Integer::toString).toList();
    try (Emitter emitter = emitter(1000, record -> seen.add(record.id()))) {
      expected.forEach(id -> emitter.emit(record(id)));
    }

    assertThat(seen).isEqualTo(expected);
    assertThat(counters.snapshot()).isEmpty();
  }

  @Test
  void aSlowSinkCostsRecordsButNoCallerWaitsAndSomebodyIsTold() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    RecordSink slow = record -> {
      busy.countDown();
      awaitQuietly(goOn);
      seen.add(record.id());
    };
    try (Emitter emitter = emitter(10, slow)) {
      emitter.emit(record("first"));
      busy.await();
      for (int i = 0; i < 25; i++) {
        emitter.emit(record("more"));
      }
      goOn.countDown();
    }

    assertThat(seen).hasSize(11);
    assertThat(counters.snapshot()).containsEntry("records.dropped", 15L);
    assertThat(alerts).singleElement().satisfies(alert -> {
      assertThat(alert.kind()).isEqualTo(Alert.Kind.RECORDS_DROPPED);
      assertThat(alert.message()).contains("15 records");
    });
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aSinkThatThrowsHarmsNeitherTheOthersNorLaterRecords() {
    RecordSink broken = record -> {
      throw new IOException("disk full");
    };
    RecordSink wrong = record -> {
      throw new IllegalStateException("bug");
    };
    try (Emitter emitter = emitter(10, broken, wrong, record -> seen.add(record.id()))) {
      emitter.emit(record("a"));
      emitter.emit(record("b"));
    }

    assertThat(seen).containsExactly("a", "b");
    assertThat(counters.snapshot()).containsEntry("sink.failed", 4L);
  }

  @Test
  void afterCloseRecordsAreCountedAsDropped() {
    Emitter emitter = emitter(10, record -> seen.add(record.id()));
    emitter.close();
    emitter.emit(record("late"));
    emitter.alert(new Alert(Alert.Kind.FAULT, "x", "x", CLOCK.instant()));
    emitter.close();

    assertThat(seen).isEmpty();
    assertThat(counters.snapshot())
        .containsEntry("records.dropped", 1L)
        .containsEntry("alerts.dropped", 1L);
  }

  @Test
  void sinksAreFlushedWhenTheQueueRunsEmptyAndClosedAtTheEnd() {
    List<String> events = new ArrayList<>();
    RecordSink sink = new RecordSink() {
      @Override
      public void accept(SpendRecord record) {
        events.add(record.id());
      }

      @Override
      public void flush() {
        events.add("flush");
      }

      @Override
      public void close() {
        events.add("close");
      }
    };
    try (Emitter emitter = emitter(10, sink)) {
      emitter.emit(record("a"));
    }

    assertThat(events).startsWith("a").endsWith("flush", "close");
  }

  @Test
  void dropsAreReportedBeforeALongQueueRunsEmpty() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    RecordSink slow = record -> {
      busy.countDown();
      awaitQuietly(seen.size() == 1024 ? told : goOn);
      seen.add(record.id());
    };
    try (Emitter emitter = emitter(2000, List.of(slow), alert -> told.countDown())) {
      emitter.emit(record("first"));
      busy.await();
      for (int i = 0; i < 2005; i++) {
        emitter.emit(record("more"));
      }
      goOn.countDown();
    }

    assertThat(told.getCount()).isZero();
    assertThat(seen).hasSize(2001);
  }

  @Test
  void closingGivesUpOnASinkThatIsTooSlowAndCountsWhatItLeft() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch sinkClosed = new CountDownLatch(1);
    RecordSink stubborn = new RecordSink() {
      @Override
      public void accept(SpendRecord record) throws IOException {
        seen.add(record.id());
        busy.countDown();
        try {
          goOn.await();
        } catch (InterruptedException e) {
          throw new IOException("interrupted", e);
        }
      }

      @Override
      public void close() {
        sinkClosed.countDown();
      }
    };
    Emitter emitter = new Emitter(
        List.of(stubborn), List.of(), 10, counters, CLOCK, Duration.ofMillis(1), PATIENCE);
    emitter.emit(record("first"));
    busy.await();
    emitter.emit(record("second"));
    emitter.emit(record("third"));
    emitter.close();
    goOn.countDown();

    sinkClosed.await();
    assertThat(seen).containsExactly("first");
    assertThat(counters.snapshot()).containsEntry("records.dropped", 2L);
  }
}
