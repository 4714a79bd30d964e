package dev.purser.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.Denial;
import dev.purser.api.Exchange;
import dev.purser.api.Measure;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A sink takes every record: callers, providers and clocks say what they like. */
class AnyRecordTest {

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE) // they are among the values
  void noRecordMakesASinkThrow(@ForAll("odd") List<SpendRecord> records) {
    try (Meters run = new Meters(TelemetryLabels.standard().byKey().byUser().atMost(2))) {
      run.take(records);

      assertThat(run.counted("purser.calls")).isEqualTo(records.size());
      assertThat(run.sum("purser.calls")).isEqualTo(records.size());
    }
  }

  @Provide
  Arbitrary<List<SpendRecord>> odd() {
    return Combinators.combine(base(), amounts(), amounts(), amounts(), usage(), exchange())
        .as((record, reserved, cost, spent, usage, exchange) -> record
            .usage(usage)
            .charged(reserved, cost)
            .spent(spent)
            .exchange(exchange)
            .build())
        .list()
        .ofMaxSize(5);
  }

  private static Arbitrary<SpendRecord.Builder> base() {
    return Combinators.combine(
            Arbitraries.of(Outcome.class), words(), words(), words().injectNull(0.3), who())
        .as((outcome, api, name, word, who) -> SpendRecord.builder(
                name, outcome, ModelId.of(named(api), name), Instant.EPOCH)
            .api(api)
            .attribution(who)
            .answered(word == null ? null : ModelId.of(named(word), word), word, word)
            .reason(word)
            .bill(word)
            .refusal(word == null ? null : refusal(word))
            .denial(word == null ? null : new Denial(Denial.Reason.FROZEN, word, word, word)));
  }

  private static Refusal refusal(String word) {
    return new Refusal(
        Refusal.Reason.HELD, word, word, word, Measure.USD, 1, Long.MIN_VALUE, 0, 1, null);
  }

  private static Arbitrary<Attribution> who() {
    return words()
        .map(AnyRecordTest::named)
        .map(word -> Attribution.key(word)
            .user(word)
            .team(word)
            .session(word)
            .taskClass(word)
            .tag(word, word));
  }

  private static String named(String word) {
    return word.isBlank() ? "x" : word;
  }

  private static Arbitrary<String> words() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "", " ", ".", "...", "/", "(other)", "(none)", "\uD83D", "\n\u0000", "chat", "a b"),
        Arbitraries.strings().ofMaxLength(300));
  }

  private static Arbitrary<Long> amounts() {
    return Arbitraries.oneOf(
        Arbitraries.longs(), Arbitraries.of(0L, 1L, -1L, Long.MIN_VALUE, Long.MAX_VALUE));
  }

  private static Arbitrary<Usage> usage() {
    return Combinators.combine(
            Arbitraries.of(UsageKind.class), Arbitraries.longs().between(0, Long.MAX_VALUE))
        .as((kind, units) ->
            Usage.builder().add(kind, units).add(UsageKind.REQUEST, 7).build());
  }

  private static Arbitrary<Exchange> exchange() {
    Arbitrary<Duration> times = Arbitraries.oneOf(
            Arbitraries.longs().map(Duration::ofNanos),
            Arbitraries.of(
                Duration.ZERO,
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                Duration.ofSeconds(Long.MIN_VALUE)))
        .injectNull(0.2);
    return Combinators.combine(
            times,
            times,
            Arbitraries.integers(),
            words().injectNull(0.5),
            Arbitraries.of(true, false))
        .as((latency, first, status, error, stream) ->
            new Exchange(0, stream, latency, first, status, error, error, null, null));
  }
}
