package dev.purser.benchmarks;

import dev.purser.wire.Dialect;
import dev.purser.wire.Meter;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.dialect.Dialects;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Answers are metered on their way, beside copying their bytes alone, which the metered way does, too: an
 * operation is a chunk of a stream of a hundred, or an answer in one piece.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class AnswerBenchmark {

  private static final int CHUNKS = 100;
  private static final int STREAMS = 16;
  private static final int ODD = 137;
  private static final int ANSWER = 2_048;
  private static final String HOST = "api.openai.com";
  private static final String PATH = "/v1/chat/completions";

  private final WireCall stream = call(true);
  private final WireCall whole = call(false);
  private final List<List<byte[]>> events = new ArrayList<>();
  private final List<List<byte[]>> odd = new ArrayList<>();
  private final List<byte[]> answers = new Documents(7).answers(64, ANSWER);
  private final byte[] copy = new byte[64 * 1024];
  private int copied;
  private int next;

  /** Writes the answers. */
  public AnswerBenchmark() {
    Documents documents = new Documents(42);
    for (int i = 0; i < STREAMS; i++) {
      List<byte[]> stream = documents.events(CHUNKS);
      events.add(stream);
      odd.add(split(stream));
    }
  }

  private static WireCall call(boolean stream) {
    Dialect dialect = Objects.requireNonNull(Dialects.find("POST", HOST, PATH));
    byte[] body = new Documents(1).requests(1, 1024, stream).get(0);
    return Objects.requireNonNull(
        dialect.read(new WireRequest("POST", HOST, PATH, null, name -> null, body)));
  }

  private static List<byte[]> split(List<byte[]> stream) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    stream.forEach(all::writeBytes);
    byte[] bytes = all.toByteArray();
    List<byte[]> pieces = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += ODD) {
      pieces.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + ODD)));
    }
    return pieces;
  }

  private <T> T next(List<T> of) {
    next = next + 1 >= of.size() ? 0 : next + 1;
    return of.get(next);
  }

  private void copy(byte[] bytes, int from, int length) {
    System.arraycopy(bytes, from, copy, copied, length);
    copied += length;
  }

  private byte[] copied(List<byte[]> pieces) {
    copied = 0;
    for (byte[] piece : pieces) {
      copy(piece, 0, piece.length);
    }
    return copy;
  }

  private Meter.Reading metered(WireCall call, String type, List<byte[]> pieces) {
    copied = 0;
    Meter meter = call.meter(new WireCall.AnswerHead(200, type, null), false);
    for (byte[] piece : pieces) {
      meter.accept(piece, 0, piece.length, this::copy);
    }
    meter.end(this::copy);
    Meter.Reading reading = meter.reading();
    if (reading.settlement() == null) {
      throw new IllegalStateException("not metered");
    }
    return reading;
  }

  /** Copies chunks that are events. */
  @Benchmark
  @OperationsPerInvocation(CHUNKS)
  public byte[] copyWholeChunks() {
    return copied(next(events));
  }

  /** Meters them. */
  @Benchmark
  @OperationsPerInvocation(CHUNKS)
  public Meter.Reading purserWholeChunks() {
    return metered(stream, "text/event-stream", next(events));
  }

  /** Copies chunks that end anywhere. */
  @Benchmark
  @OperationsPerInvocation(CHUNKS)
  public byte[] copyOddChunks() {
    return copied(next(odd));
  }

  /** Meters them. */
  @Benchmark
  @OperationsPerInvocation(CHUNKS)
  public Meter.Reading purserOddChunks() {
    return metered(stream, "text/event-stream", next(odd));
  }

  /** Copies an answer in one piece. */
  @Benchmark
  public byte[] copyJson() {
    return copied(List.of(next(answers)));
  }

  /** Meters it. */
  @Benchmark
  public Meter.Reading purserJson() {
    return metered(whole, "application/json", List.of(next(answers)));
  }
}
