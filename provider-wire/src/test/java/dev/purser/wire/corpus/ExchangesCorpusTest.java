package dev.purser.wire.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.purser.wire.Dialect;
import dev.purser.wire.Meter;
import dev.purser.wire.Meter.Reading;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.dialect.Dialects;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Recorded exchanges with all providers: what was asked and what was used is read as it was, and the
 * caller gets every byte, however the network cuts the answer up. {@code -Dcorpus.filter=} takes a
 * regular expression that is found in the ids of those to run.
 */
class ExchangesCorpusTest {

  private static final long[] SEEDS = {1, 20_261_123, 4_503_599_627_370_449L};
  private static final AgreementReport REPORT = new AgreementReport();

  @TestFactory
  Stream<DynamicTest> everyExchangeIsMeteredAsExpected() {
    if (!Corpus.isPresent()) {
      return Stream.of(
          DynamicTest.dynamicTest("no corpus", () -> assumeTrue(false, Corpus.absence())));
    }
    return Corpus.exchanges().stream()
        .map(each -> DynamicTest.dynamicTest(each.id(), () -> check(each)));
  }

  @AfterAll
  static void report() throws IOException {
    if (Corpus.isPresent()) {
      REPORT.publish();
    }
  }

  private static void check(Exchange exchange) {
    Disagreements disagreements = new Disagreements();
    try {
      compare(exchange, disagreements);
    } catch (RuntimeException | StackOverflowError e) {
      disagreements.check("exception", null, e);
      throw e;
    } finally {
      REPORT.add(exchange, disagreements);
    }
    assertThat(disagreements.found()).as(exchange.id()).isEmpty();
  }

  private static void compare(Exchange exchange, Disagreements into) {
    WireCall call = read(exchange, into);
    if (call == null) {
      return;
    }
    if (exchange.requestIsReal()) {
      RequestFacts.compare(exchange, call, into);
    }
    Reading reading = readingOf(exchange, call, into);
    new AnswerFacts(exchange, call, into).compare(reading);
    finishReasons(exchange, call, into);
  }

  /** Of a batch the corpus has what became of its requests, which is none of a model's reasons. */
  private static void finishReasons(Exchange exchange, WireCall call, Disagreements into) {
    Set<String> expected = new TreeSet<>();
    exchange.expected().path("finish_reasons").forEach(each -> expected.add(each.asText()));
    if (expected.isEmpty() || exchange.extra().has("batch_results")) {
      return;
    }
    Meter meter = meter(exchange, call);
    Feeding.Fed unused = Feeding.randomly(meter, exchange.body(), SEEDS[0]);
    String said = meter.remarks().finishReason();
    Set<String> found = said == null ? Set.of() : new TreeSet<>(Set.of(said.split(",", -1)));
    into.check("finish reasons", expected, found);
  }

  /** What is free need not be read; nor what is no valid request, which the provider refused. */
  private static @Nullable WireCall read(Exchange exchange, Disagreements into) {
    WireRequest request = exchange.request();
    Dialect dialect = Dialects.find(request.method(), request.host(), request.path());
    WireCall call = dialect == null ? null : dialect.read(request);
    boolean counts = exchange.group().toLowerCase(Locale.ROOT).contains("count");
    boolean free = exchange.billable().equals("no") && (!exchange.failed() || counts);
    if (dialect == null) {
      into.check("dialect", free, "one", "none for " + request);
    } else if (call == null) {
      into.check("call", free || exchange.failed(), "one", "none by " + dialect.name());
    }
    return call;
  }

  private static Reading readingOf(Exchange exchange, WireCall call, Disagreements into) {
    byte[] body = exchange.body();
    Map<String, Feeding.Fed> ways = new LinkedHashMap<>();
    ways.put("whole", Feeding.whole(meter(exchange, call), body));
    ways.put("byte by byte", Feeding.byteByByte(meter(exchange, call), body));
    for (long seed : SEEDS) {
      ways.put("split " + seed, Feeding.randomly(meter(exchange, call), body, seed));
    }
    Reading reading = ways.get("whole").reading();
    ways.forEach((way, fed) -> {
      into.check("bytes, " + way, Arrays.equals(body, fed.seen()), "the body", "something else");
      into.check("reading, " + way, reading, fed.reading());
    });
    return reading;
  }

  private static Meter meter(Exchange exchange, WireCall call) {
    return call.meter(exchange.head(), false);
  }
}
