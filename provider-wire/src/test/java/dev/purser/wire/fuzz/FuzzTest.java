package dev.purser.wire.fuzz;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.purser.wire.Dialect;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.AnswerHead;
import dev.purser.wire.WireRequest;
import dev.purser.wire.corpus.Corpus;
import dev.purser.wire.corpus.Exchange;
import dev.purser.wire.dialect.Dialects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Damaged answers of every kind. The recorded ones are taken where the corpus is; the small ones
 * always. The long forms draw other seeds each time, and print the one that fails.
 */
class FuzzTest {

  private static final int LONGEST = 30_000;

  /** Those that are metered at all; another test says that all are that must be. */
  private static final List<SmallAnswer> SMALL =
      SmallAnswers.ALL.stream().filter(each -> each.call() != null).toList();

  private static final List<Exchange> RECORDED = Corpus.exchanges().stream()
      .filter(each -> each.body().length < LONGEST && call(each) != null)
      .toList();

  private static final List<String> HEADERS = List.of(
      "x-amzn-bedrock-input-token-count", "x-amzn-bedrock-output-token-count",
      "x-amzn-bedrock-cache-read-input-token-count", "x-litellm-response-cost");

  private static final List<String> VALUES = List.of(
      "7", "-1", "9223372036854775808", "1e308", "1e999999999", "0.00042", "", "x", "NaN", "12 ");

  @Property(tries = 400, seed = "20261125")
  void aSmallAnswerThatIsDamaged(
      @ForAll("small") SmallAnswer answer, @ForAll("damages") Damage damage) {
    damaged(answer, damage);
  }

  @Property(tries = 300, seed = "20261125")
  void aRecordedAnswerThatIsDamaged(
      @ForAll("recorded") Exchange exchange, @ForAll("damages") Damage damage) {
    damaged(exchange, damage);
  }

  @Tag("long")
  @Property(tries = 60_000)
  void aSmallAnswerThatIsDamagedAtLength(
      @ForAll("small") SmallAnswer answer, @ForAll("damages") Damage damage) {
    damaged(answer, damage);
  }

  @Tag("long")
  @Property(tries = 40_000)
  void aRecordedAnswerThatIsDamagedAtLength(
      @ForAll("recorded") Exchange exchange, @ForAll("damages") Damage damage) {
    damaged(exchange, damage);
  }

  @Provide
  Arbitrary<SmallAnswer> small() {
    return Arbitraries.of(SMALL);
  }

  @Provide
  Arbitrary<Exchange> recorded() {
    assumeTrue(!RECORDED.isEmpty(), Corpus.absence());
    return Arbitraries.of(RECORDED);
  }

  @Provide
  Arbitrary<Damage> damages() {
    Arbitrary<Mutation> mutation = Combinators.combine(
            Arbitraries.of(Mutation.Kind.class), Arbitraries.integers())
        .as(Mutation::new);
    Arbitrary<Map<String, String>> headers =
        Arbitraries.maps(Arbitraries.of(HEADERS), Arbitraries.of(VALUES)).ofMaxSize(2);
    return Combinators.combine(
            mutation.list().ofMinSize(1).ofMaxSize(4),
            Arbitraries.of(false, false, true),
            headers,
            Arbitraries.longs())
        .as(Damage::new);
  }

  private static void damaged(SmallAnswer answer, Damage damage) {
    damage.check(answer.call(), answer.head(null), answer.body());
  }

  private static void damaged(Exchange exchange, Damage damage) {
    damage.check(call(exchange), exchange.head(), exchange.body());
  }

  private static @Nullable WireCall call(Exchange exchange) {
    WireRequest request = exchange.request();
    Dialect dialect = Dialects.find(request.method(), request.host(), request.path());
    return dialect == null ? null : dialect.read(request);
  }

  /**
   * What is done to an answer.
   *
   * @param zipped whether it then comes compressed
   * @param headers what its head says besides
   */
  record Damage(List<Mutation> mutations, boolean zipped, Map<String, String> headers, long seed) {

    void check(WireCall call, AnswerHead head, byte[] whole) {
      byte[] body = whole;
      for (Mutation each : mutations) {
        body = each.apply(body);
      }
      AnswerHead said = new AnswerHead(
          head.status(), head.contentType(), zipped ? "gzip" : head.contentEncoding(), name -> {
            String value = headers.get(name.toLowerCase(Locale.ROOT));
            return value == null ? head.headers().apply(name) : value;
          });
      Sanity.check(call, said, zipped ? gzip(body) : body, body.length, seed);
    }

    private static byte[] gzip(byte[] bytes) {
      ByteArrayOutputStream zipped = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
        gzip.write(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return zipped.toByteArray();
    }
  }
}
