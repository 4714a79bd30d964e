package dev.purser.core.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.ModelId;
import dev.purser.api.SpendRecord;
import dev.purser.spi.RecordSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Whoever flushes finds in the sinks what was told before. */
class FlushTest {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final SpendRecord RECORD = SpendRecord.builder(
          "1", SpendRecord.Outcome.SETTLED, ModelId.of("openai", "gpt-4o"), Instant.EPOCH)
      .build();

  private static Emitter emitter(int capacity, RecordSink... sinks) {
    return new Emitter(
        List.of(sinks), List.of(), capacity, new Counters(), InstantSource.fixed(Instant.EPOCH));
  }

  /** Keeps what it takes, and shows it only once it is flushed. */
  private static final class Buffering implements RecordSink {
    private final List<SpendRecord> taken = new CopyOnWriteArrayList<>();
    private volatile int visible;

    @Override
    public void accept(SpendRecord record) {
      taken.add(record);
    }

    @Override
    public void flush() {
      visible = taken.size();
    }
  }

  @Test
  void everySinkHasAndShowsWhatWasToldBefore() {
    Buffering one = new Buffering();
    Buffering other = new Buffering();
    try (Emitter emitter = emitter(16, one, other)) {
      for (int round = 1; round <= 50; round++) {
        emitter.emit(RECORD);
        assertThat(emitter.flush(LONG)).isTrue();
        assertThat(one.visible).isEqualTo(round);
        assertThat(other.visible).isEqualTo(round);
      }
    }
  }

  @Test
  void aSinkThatHangsIsWaitedForSoLongAndNoLonger() {
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch taken = new CountDownLatch(1);
    RecordSink sink = record -> {
      taken.countDown();
      awaitQuietly(hanging);
    };
    try (Emitter emitter = emitter(1, sink)) {
      emitter.emit(RECORD);
      awaitQuietly(taken);
      assertThat(emitter.flush(Duration.ofMillis(1))).isFalse();
      // The lane is full now: with what the last one left behind.
      assertThat(emitter.flush(Duration.ofMillis(1))).isFalse();
      hanging.countDown();
      assertThat(emitter.flush(LONG)).isTrue();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anInterruptEndsTheWaitAndStays() {
    CountDownLatch hanging = new CountDownLatch(1);
    try (Emitter emitter = emitter(4, record -> awaitQuietly(hanging))) {
      emitter.emit(RECORD);
      Thread.currentThread().interrupt();
      assertThat(emitter.flush(LONG)).isFalse();
      assertThat(Thread.interrupted()).isTrue();
      hanging.countDown();
    }
  }

  @Test
  void whatIsClosedHasNothingLeft() {
    Buffering sink = new Buffering();
    Emitter emitter = emitter(4, sink);
    emitter.emit(RECORD);
    emitter.close();

    assertThat(emitter.flush(LONG)).isTrue();
    assertThat(sink.visible).isOne();
  }
}
