package dev.purser.core.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Alert;
import dev.purser.api.Attribution;
import dev.purser.api.ControlRecord;
import dev.purser.api.Denial;
import dev.purser.api.Exchange;
import dev.purser.api.Measure;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import dev.purser.spi.RecordSink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every sink of records has to stand, on a lane as the guard makes one: order, draining on close,
 * bounded memory, neighbours that throw or hang, being one that throws or hangs itself, and whatever a
 * record may hold. To be extended for each sink.
 */
public abstract class RecordSinkContract {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration LONG = Duration.ofDays(1);
  private static final Duration CLOSE = Duration.ofSeconds(60);

  /** A quotation, ends of lines, half a character, what markup means, and much of it. */
  private static final String HOSTILE = "\"'\\\r\n\t\u0000\u2028\ud800{}%s<&>" + "x".repeat(10_000);

  private final Counters counters = new Counters();
  private final List<Alert> alerts = new CopyOnWriteArrayList<>();

  /** Returns the sink, once a test; it has kept nothing yet. */
  protected abstract RecordSink open() throws Exception;

  /** Returns the ids of all records that whoever reads what the sink keeps gets to see, in order. */
  protected abstract List<String> read() throws Exception;

  /** The sink, with something done before it gets a record. */
  private static final class Before implements RecordSink {

    private interface Step {
      void run(SpendRecord record) throws Exception;
    }

    private final RecordSink sink;
    private final Step step;
    private final Semaphore entered = new Semaphore(0);
    private final Semaphore taken = new Semaphore(0);

    Before(RecordSink sink, Step step) {
      this.sink = sink;
      this.step = step;
    }

    @Override
    public void accept(SpendRecord record) throws IOException {
      entered.release();
      try {
        step.run(record);
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
      sink.accept(record);
      taken.release();
    }

    @Override
    public void flush() throws IOException {
      sink.flush();
    }

    @Override
    public void close() throws IOException {
      sink.close();
    }
  }

  /** Returns the outcome of the records that it is shown; another for a sink that keeps only some. */
  protected Outcome taken() {
    return Outcome.SETTLED;
  }

  /** Whether it keeps a record; not all do that leave some to others. */
  protected boolean keeps(SpendRecord record) {
    return true;
  }

  /** Returns a record with its id where {@link #read} finds it; another for a sink that keeps no ids. */
  protected SpendRecord marked(SpendRecord record) {
    return record;
  }

  private SpendRecord record(String id) {
    return marked(SpendRecord.builder(id, taken(), ModelId.of("openai", "gpt-4o"), NOON)
        .usage(Usage.ofTokens(1, 2))
        .charged(20_000_000, 10_000_000)
        .prices("2026-11-23", true)
        .build());
  }

  private static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "call-" + i).toList();
  }

  private Emitter emitter(int capacity, Duration close, RecordSink... sinks) {
    return new Emitter(
        List.of(sinks),
        List.of(alerts::add),
        capacity,
        counters,
        InstantSource.fixed(NOON),
        close,
        LONG);
  }

  private static void acquire(Semaphore semaphore, int permits) throws InterruptedException {
    assertThat(semaphore.tryAcquire(permits, 60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void everyRecordArrivesInOrderAndClosingDrains() throws Exception {
    List<String> ids = ids(3_000);
    try (Emitter emitter = emitter(3_000, CLOSE, open())) {
      ids.forEach(id -> emitter.emit(record(id)));
    }

    assertThat(read()).isEqualTo(ids);
    assertThat(counters.snapshot()).isEmpty();
  }

  @Test
  void whatWasTakenCanBeReadAfterAFlush() throws Exception {
    try (RecordSink sink = open()) {
      sink.accept(record("a"));
      sink.accept(record("b"));
      sink.flush();
      assertThat(read()).containsExactly("a", "b");
      sink.accept(record("c"));
    }

    assertThat(read()).containsExactly("a", "b", "c");
  }

  @Test
  void whatWaitsIsBoundedAndDropsAreCountedAndToldOnce() throws Exception {
    Semaphore gate = new Semaphore(0);
    Before slow = new Before(open(), record -> acquire(gate, 1));
    List<String> ids = ids(1_000);
    try (Emitter emitter = emitter(10, CLOSE, slow)) {
      emitter.emit(record(ids.get(0)));
      acquire(slow.entered, 1);
      ids.subList(1, ids.size()).forEach(id -> emitter.emit(record(id)));
      gate.release(ids.size());
    }

    assertThat(read()).isEqualTo(ids.subList(0, 11));
    assertThat(counters.snapshot()).containsOnlyKeys("records.dropped").containsValue(989L);
    assertThat(alerts).singleElement().satisfies(alert -> {
      assertThat(alert.kind()).isEqualTo(Alert.Kind.RECORDS_DROPPED);
      assertThat(alert.message()).contains("989 records", Before.class.getName());
    });
  }

  @Test
  void aSinkThatThrowsBesideItTakesNothingFromIt() throws Exception {
    RecordSink broken = record -> {
      throw new IOException("disk full");
    };
    RecordSink wrong = record -> {
      throw new AssertionError("bug");
    };
    List<String> ids = ids(100);
    try (Emitter emitter = emitter(100, CLOSE, broken, open(), wrong)) {
      ids.forEach(id -> emitter.emit(record(id)));
    }

    assertThat(read()).isEqualTo(ids);
    assertThat(counters.snapshot()).containsOnlyKeys("sink.failed").containsValue(200L);
  }

  @Test
  void aSinkThatHangsBesideItTakesNothingFromIt() throws Exception {
    Before hanging = new Before(record -> {}, record -> acquire(new Semaphore(0), 1));
    Before counted = new Before(open(), record -> {});
    List<String> ids = ids(100);
    Emitter emitter = emitter(100, Duration.ofMillis(500), hanging, counted);
    ids.forEach(id -> emitter.emit(record(id)));
    acquire(hanging.entered, 1);
    acquire(counted.taken, ids.size());

    emitter.close();

    assertThat(read()).isEqualTo(ids);
    assertThat(counters.snapshot()).containsEntry("records.dropped", 99L);
  }

  @Test
  void ifItThrowsOnlyThatRecordIsLost() throws Exception {
    List<String> neighbour = new CopyOnWriteArrayList<>();
    Before broken = new Before(open(), record -> {
      if (record.id().endsWith("3")) {
        throw new IllegalStateException("one bad record");
      }
    });
    List<String> ids = ids(100);
    try (Emitter emitter = emitter(100, CLOSE, broken, record -> neighbour.add(record.id()))) {
      ids.forEach(id -> emitter.emit(record(id)));
    }

    assertThat(read()).isEqualTo(ids.stream().filter(id -> !id.endsWith("3")).toList());
    assertThat(neighbour).isEqualTo(ids);
    assertThat(counters.snapshot()).containsOnlyKeys("sink.failed").containsValue(10L);
  }

  @Test
  void ifItHangsTheOthersGoOnAndClosingKeepsWhatItTook() throws Exception {
    List<String> neighbour = new CopyOnWriteArrayList<>();
    Semaphore arrived = new Semaphore(0);
    Before hanging = new Before(open(), record -> {
      if (record.id().equals("call-2")) {
        acquire(new Semaphore(0), 1);
      }
    });
    Semaphore closed = new Semaphore(0);
    RecordSink watched = new RecordSink() {
      @Override
      public void accept(SpendRecord record) throws IOException {
        hanging.accept(record);
      }

      @Override
      public void flush() throws IOException {
        hanging.flush();
      }

      @Override
      public void close() throws IOException {
        hanging.close();
        closed.release();
      }
    };
    List<String> ids = ids(10);
    Emitter emitter = emitter(10, Duration.ofMillis(500), watched, record -> {
      neighbour.add(record.id());
      arrived.release();
    });
    ids.forEach(id -> emitter.emit(record(id)));
    acquire(hanging.entered, 3);
    acquire(arrived, ids.size());

    emitter.close();
    acquire(closed, 1);

    assertThat(neighbour).isEqualTo(ids);
    assertThat(read()).isEqualTo(ids.subList(0, 2));
    assertThat(counters.snapshot())
        .containsEntry("records.dropped", 7L)
        .containsEntry("sink.failed", 1L);
  }

  @Test
  void itTakesWhateverARecordMayHold() throws Exception {
    List<SpendRecord> records = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      records.add(marked(SpendRecord.builder("bare-" + outcome, outcome, ModelId.of("x", ""), NOON)
          .build()));
      records.add(marked(full("full-" + outcome, outcome, "text")));
      records.add(marked(full("hostile-" + outcome, outcome, HOSTILE)));
    }
    try (RecordSink sink = open()) {
      for (SpendRecord record : records) {
        sink.accept(record);
        sink.control(
            ControlRecord.of(ControlRecord.Kind.GRANTED, HOSTILE, HOSTILE, HOSTILE, Instant.MAX)
                .with(HOSTILE, HOSTILE));
      }
    }

    assertThat(read())
        .isEqualTo(records.stream().filter(this::keeps).map(SpendRecord::id).toList());
  }

  private static SpendRecord full(String id, Outcome outcome, String text) {
    return SpendRecord.builder(id, outcome, ModelId.of("openai", text), NOON)
        .endedAt(Instant.MAX)
        .api(text)
        .attribution(Attribution.key(text)
            .user(text)
            .team(text)
            .session(text)
            .parent(text + "2")
            .taskClass(text)
            .tag("repo", text))
        .routed(ModelId.of("openai", text + "2"), text)
        .answered(ModelId.of("openai", text), text, text)
        .usage(Usage.ofTokens(Long.MAX_VALUE / 4, Long.MAX_VALUE / 4))
        .charged(Long.MAX_VALUE, Long.MAX_VALUE)
        .spent(-Long.MAX_VALUE)
        .computed(Long.MAX_VALUE)
        .prices(text, false)
        .reason(text)
        .refusal(new Refusal(
            Refusal.Reason.HELD, text, text, text, Measure.USD, 10, 10, 0, 5, Instant.MAX))
        .denial(new Denial(Denial.Reason.FROZEN, text, text, text))
        .bill(text)
        .exchange(new Exchange(
            Integer.MAX_VALUE,
            true,
            Duration.ofSeconds(Long.MAX_VALUE / 1_000),
            Duration.ZERO,
            599,
            text,
            text,
            text,
            text))
        .build();
  }

  @Test
  void oneThreadCallsItAndEachCallersRecordsStayInOrder() throws Exception {
    List<Thread> threads = new CopyOnWriteArrayList<>();
    Before watched = new Before(open(), record -> threads.add(Thread.currentThread()));
    List<String> ids = ids(400);
    try (Emitter emitter = emitter(400, CLOSE, watched)) {
      List<Thread> callers = IntStream.range(0, 4)
          .mapToObj(i -> new Thread(
              () -> ids.subList(100 * i, 100 * i + 100).forEach(id -> emitter.emit(record(id)))))
          .toList();
      callers.forEach(Thread::start);
      for (Thread caller : callers) {
        caller.join();
      }
    }

    assertThat(threads).hasSize(400).containsOnly(threads.get(0));
    assertThat(read()).hasSize(400);
    for (int i = 0; i < 4; i++) {
      assertThat(read()).containsSubsequence(ids.subList(100 * i, 100 * i + 100));
    }
  }
}
