package dev.purser.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.wire.Dialect;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.dialect.Dialects;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A chat request is looked into, and edited, beside the least that Jackson could do: to tell its tokens
 * apart, of which nothing is kept, and to make a tree of it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RequestBenchmark {

  private static final int KILO = 1024;
  private static final int TOGETHER = 8 * KILO * KILO;
  private static final int MOST = 64;
  private static final String HOST = "api.openai.com";
  private static final String PATH = "/v1/chat/completions";
  private static final WireCall.Edit EDIT = new WireCall.Edit(null, OptionalLong.of(512), true);

  /** How long a request is. */
  @Param({"1", "32", "1024"})
  public int kilobytes;

  private final Dialect dialect = Objects.requireNonNull(Dialects.find("POST", HOST, PATH));
  private final JsonFactory jackson = new JsonFactory();
  private final ObjectMapper mapper = new ObjectMapper();
  private List<byte[]> requests = List.of();
  private int next;

  /** Writes the requests. */
  @Setup
  public void write() {
    int bytes = kilobytes * KILO;
    requests = new Documents(42).requests(Math.min(MOST, TOGETHER / bytes), bytes, true);
  }

  private byte[] next() {
    next = next + 1 == requests.size() ? 0 : next + 1;
    return requests.get(next);
  }

  private WireCall read(byte[] body) {
    return Objects.requireNonNull(
        dialect.read(new WireRequest("POST", HOST, PATH, null, name -> null, body)));
  }

  /** What a call is, and what its model is to read. */
  @Benchmark
  public WireCall purser() {
    return read(next());
  }

  /** The same, and a smaller cap on the output. */
  @Benchmark
  public byte[] purserEdit() {
    return read(next()).edited(EDIT);
  }

  /** A bare pass of Jackson's over the tokens. */
  @Benchmark
  public int jacksonTokens() throws IOException {
    int tokens = 0;
    try (JsonParser parser = jackson.createParser(next())) {
      while (parser.nextToken() != null) {
        tokens++;
      }
    }
    return tokens;
  }

  /** A tree of Jackson's. */
  @Benchmark
  public JsonNode jacksonTree() throws IOException {
    return mapper.readTree(next());
  }
}
