package dev.purser.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Attribution;
import dev.purser.api.Exchange;
import dev.purser.api.ModelId;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.spi.Amounts;
import dev.purser.spi.Demand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CallLineTest {

  private final JsonLine line = new JsonLine();

  @Provide
  Arbitrary<ModelId> models() {
    return Combinators.combine(Any.names(), Any.texts()).as(ModelId::of);
  }

  @Provide
  Arbitrary<Amounts> amounts() {
    Arbitrary<Long> counts = Arbitraries.longs().greaterOrEqual(0);
    return Combinators.combine(counts, counts, counts, counts).as(Amounts::new);
  }

  @Provide
  Arbitrary<Usage> usages() {
    Arbitrary<Long> counts = Arbitraries.longs().between(0, Integer.MAX_VALUE);
    return Arbitraries.maps(Arbitraries.of(UsageKind.class), counts).map(used -> {
      Usage.Builder usage = Usage.builder();
      used.forEach(usage::add);
      return usage.build();
    });
  }

  @Provide
  Arbitrary<Exchange> exchanges() {
    Arbitrary<Duration> durations =
        Arbitraries.longs().greaterOrEqual(0).map(Duration::ofNanos).injectNull(0.3);
    Arbitrary<List<String>> texts = Any.texts().injectNull(0.5).list().ofSize(4);
    Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 599);
    return Combinators.combine(numbers, durations, durations, numbers, texts)
        .as((attempt, latency, first, status, text) -> new Exchange(
            attempt,
            status % 2 == 0,
            latency,
            first,
            status,
            text.get(0),
            text.get(1),
            text.get(2),
            text.get(3)));
  }

  @Provide
  Arbitrary<SpendRecord> records() {
    Arbitrary<List<String>> texts = Any.texts().injectNull(0.5).list().ofSize(5);
    Arbitrary<Long> counts = Arbitraries.longs().greaterOrEqual(0);
    Arbitrary<SpendRecord.Builder> begun = Combinators.combine(
            Any.names(),
            Arbitraries.of(Outcome.class).filter(Outcome::charges),
            models(),
            Any.instants())
        .as(SpendRecord::builder);
    Arbitrary<SpendRecord.Builder> charged = Combinators.combine(
            begun, counts, counts, Arbitraries.longs(), Arbitraries.longs().injectNull(0.5))
        .as((record, held, cost, spent, computed) ->
            record.charged(held, cost).spent(spent).computed(computed));
    return Combinators.combine(
            charged,
            Any.attributions(),
            models(),
            models().injectNull(0.5),
            usages(),
            exchanges(),
            Any.instants(),
            texts)
        .as((record, who, routed, answered, usage, exchange, ended, text) -> {
          record
              .attribution(who)
              .usage(usage)
              .exchange(exchange)
              .endedAt(ended)
              .answered(answered, text.get(0), text.get(1))
              .reason(text.get(2))
              .bill(text.get(3));
          return (text.get(4) == null ? record : record.routed(routed, text.get(4))).build();
        });
  }

  @Property
  void aRecordIsReadBackAsFarAsBudgetsCountIt(
      @ForAll("records") SpendRecord record, @ForAll("amounts") Amounts charged) throws Exception {
    String event = record.outcome().name().toLowerCase(Locale.ROOT);

    JsonNode plain = JsonLineTest.parsed(RecordLine.of(line, record).end());
    JsonNode told = JsonLineTest.parsed(
        RecordLine.amounts(RecordLine.of(line, record), Field.CHARGED, charged).end());

    Usage usage = record.usage();
    Amounts billed =
        new Amounts(record.costNanoUsd(), usage.inputTokens(), usage.outputTokens(), 1);
    assertThat(plain.path("event").textValue()).isEqualTo(event);
    assertThat(Fields.instant(plain, Field.TIME)).isEqualTo(record.endedAt());
    assertThat(CallLine.read(event, plain)).isEqualTo(facts(event, record, billed));
    assertThat(CallLine.read(event, told)).isEqualTo(facts(event, record, charged));
  }

  private static CallLine facts(String event, SpendRecord record, Amounts amounts) {
    return new CallLine(
        event,
        record.id(),
        record.startedAt(),
        record.api(),
        record.attribution(),
        record.model(),
        record.reservedNanoUsd(),
        amounts,
        record.spentNanoUsd(),
        record.reason(),
        record.bill());
  }

  @Property
  void whatACallHoldsIsReadBack(
      @ForAll("attributions") Attribution who,
      @ForAll("models") ModelId model,
      @ForAll("amounts") Amounts held,
      @ForAll("instants") Instant at)
      throws Exception {
    Demand demand = new Demand("c1", at, at, "openai.chat", who, model, held, List.of(), () -> {});

    // Twice: the second line about the same caller is written from what was kept of the first.
    for (int i = 0; i < 2; i++) {
      JsonNode read = JsonLineTest.parsed(RecordLine.reserved(line, demand).end());

      assertThat(CallLine.read("reserved", read))
          .isEqualTo(new CallLine(
              "reserved",
              "c1",
              at,
              "openai.chat",
              who,
              model,
              held.nanoUsd(),
              held,
              0,
              null,
              null));
    }
  }

  @Provide
  Arbitrary<Attribution> attributions() {
    return Any.attributions();
  }

  @Provide
  Arbitrary<Instant> instants() {
    return Any.instants();
  }
}
