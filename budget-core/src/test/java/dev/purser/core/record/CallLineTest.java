package dev.purser.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallLineTest {

  private final JsonLine line = new JsonLine();
  private final CallReader reader = new CallReader();

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

    byte[] plain = RecordLine.of(line, record).end();
    byte[] told =
        RecordLine.amounts(RecordLine.of(line, record), Field.CHARGED, charged).end();

    Usage usage = record.usage();
    Amounts billed =
        new Amounts(record.costNanoUsd(), usage.inputTokens(), usage.outputTokens(), 1);
    JsonNode read = JsonLineTest.parsed(plain);
    assertThat(read.path("event").textValue()).isEqualTo(event);
    assertThat(reader.read(event, read)).isEqualTo(facts(event, record, billed));
    assertThat(reader.read(event, plain)).isEqualTo(facts(event, record, billed));
    assertThat(reader.time()).isEqualTo(record.endedAt());
    assertThat(reader.read(event, JsonLineTest.parsed(told)))
        .isEqualTo(facts(event, record, charged));
    assertThat(reader.read(event, told)).isEqualTo(facts(event, record, charged));
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
      byte[] written = RecordLine.reserved(line, demand).end();
      CallLine facts = new CallLine(
          "reserved", "c1", at, "openai.chat", who, model, held.nanoUsd(), held, 0, null, null);

      assertThat(reader.read("reserved", JsonLineTest.parsed(written))).isEqualTo(facts);
      assertThat(reader.read("reserved", written)).isEqualTo(facts);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'id':'a'=>'id':''",
        "'id':'a'=>'id':7",
        "'time':=>'t':",
        "'started_at':'2026=>'started_at':'20x6",
        "12}=>'12'}",
        "12}=>1.5}",
        "12}=>-1}",
        "12}=>null}",
        "12}=>9223372036854775808}",
        "'openai'=>null",
        "'openai'=>' '",
        "{'v'=>['v'",
        "}}=>}",
        "'repo':'x'=>'repo':''",
        "{'nano_usd':12}=>{'nano_usd':{}}",
        "'alice'=>' '",
        "'spent_nano_usd':5=>'spent_nano_usd':'5'"
      })
  void whatIsMissingOrMakesNoSenseIsNotRead(String change) {
    String whole = """
        {'v':1,'time':'2026-11-23T12:00:00Z','id':'a','started_at':'2026-11-23T12:00:00Z','key':'alice',
        'tags':{'repo':'x'},'gen_ai.provider.name':'openai','other':[{'id':1}],'spent_nano_usd':5,
        'charged':{'nano_usd':12}}""";
    String[] parts = change.split("=>", 2);
    String changed = whole.replace(parts[0], parts[1]);

    assertThat(reader.read("settled", json(whole)).amounts().nanoUsd()).isEqualTo(12);
    assertThat(changed).isNotEqualTo(whole);
    assertThatIllegalArgumentException().isThrownBy(() -> timed(json(changed)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"12=>1.5", "12=>null", "12=>9223372036854775808", "'id':'a'=>'id':7", "{…}=>[1]"})
  void norIsItWhereTheLineWasParsedBefore(String change) throws Exception {
    String whole = "{'id':'a','started_at':'2026-11-23T12:00:00Z','gen_ai.provider.name':'openai',"
        + "'cost_nano_usd':12}";
    String[] parts = change.split("=>", 2);
    String changed = parts[0].equals("{…}") ? parts[1] : whole.replace(parts[0], parts[1]);
    JsonNode line = JsonLineTest.parsed(json(changed));

    assertThat(
            reader.read("settled", JsonLineTest.parsed(json(whole))).amounts().nanoUsd())
        .isEqualTo(12);
    assertThatIllegalArgumentException().isThrownBy(() -> reader.read("settled", line));
  }

  @Test
  void nothingIsLeftOfTheLineBefore() {
    String rich = "{'id':'a','started_at':'2026-11-23T12:00:00Z','gen_ai.provider.name':'openai',"
        + "'key':'k','session':'s','parents':['p'],'tags':{'a':'b'},'cost_nano_usd':7,'bill':'b',"
        + "'spent_nano_usd':7,'charged':{'nano_usd':7,'requests':1}}";
    String poor = "{'id':'b','started_at':'2026-11-23T12:00:00Z','gen_ai.provider.name':'openai',"
        + "'cost_nano_usd':0}";
    assertThat(reader.read("settled", json(rich)).bill()).isEqualTo("b");

    assertThat(reader.read("settled", json(poor)))
        .isEqualTo(new CallReader().read("settled", json(poor)))
        .extracting(CallLine::who, CallLine::amounts, CallLine::bill, CallLine::spent)
        .containsExactly(Attribution.NONE, new Amounts(0, 0, 0, 1), null, 0L);
  }

  private Instant timed(byte[] json) {
    assertThat(reader.read("settled", json).event()).isEqualTo("settled");
    return reader.time();
  }

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
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
