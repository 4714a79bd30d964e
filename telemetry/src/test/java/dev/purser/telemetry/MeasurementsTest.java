package dev.purser.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Exchange;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeasurementsTest {

  private final Measurements measurements = new Measurements(TelemetryLabels.standard());

  /** Returns the sums of what records tell, by meter. */
  private Map<Meter, Long> sums(SpendRecord... records) {
    Map<Meter, Long> sums = new TreeMap<>();
    for (SpendRecord record : records) {
      for (Measurement each : measurements.of(record)) {
        sums.merge(each.meter(), each.value(), Long::sum);
      }
    }
    return sums;
  }

  private long times(Meter meter, SpendRecord... records) {
    return Stream.of(records)
        .flatMap(record -> measurements.of(record).stream())
        .filter(each -> each.meter() == meter)
        .count();
  }

  @Test
  void aSettledCallTellsCostTokensAndTimes() {
    assertThat(sums(Records.settled()))
        .containsExactlyInAnyOrderEntriesOf(Map.of(
            Meter.CALLS, 1L,
            Meter.COST, 100_000_000L,
            Meter.COST_EXACT, 100_000_000L,
            Meter.RESERVED, Records.RESERVED,
            Meter.TOKENS, 1_200L,
            Meter.USAGE, 1_200L,
            Meter.DURATION, 2_500_000_000L,
            Meter.FIRST_CHUNK, 300_000_000L));
  }

  @Test
  void anAbandonedCallThatIsCorrectedCountsItsTokensOnceAndCostsWhatItCost() {
    Map<Meter, Long> sums = sums(Records.abandoned("not_settled"), Records.corrected());

    assertThat(sums)
        .containsEntry(Meter.COST_EXACT, 100_000_000L)
        .containsEntry(Meter.TOKENS, 1_200L)
        .containsEntry(Meter.USAGE, 1_200L)
        .containsEntry(Meter.RESERVED, Records.RESERVED)
        .containsEntry(Meter.DURATION, 2_500_000_000L)
        .containsEntry(Meter.FIRST_CHUNK, 300_000_000L)
        .containsEntry(Meter.ABANDONED, 1L)
        .containsEntry(Meter.CALLS, 2L);
  }

  @Test
  void aChargeThatIsTakenBackCostsNothing() {
    SpendRecord released =
        Records.released().toBuilder().spent(-Records.RESERVED).build();

    assertThat(sums(Records.abandoned("not_settled"), released))
        .containsEntry(Meter.COST_EXACT, 0L)
        .containsEntry(Meter.RESERVED, Records.RESERVED)
        .doesNotContainKeys(Meter.TOKENS, Meter.USAGE);
    assertThat(times(Meter.DURATION, released)).isZero();
    assertThat(sums(Records.abandoned("not_settled"), Records.writtenOff()))
        .containsEntry(Meter.COST_EXACT, 0L)
        .containsEntry(Meter.RESERVED, Records.RESERVED)
        .doesNotContainKeys(Meter.TOKENS, Meter.USAGE);
  }

  @Test
  void anEstimateAfterTheWholeWasChargedIsNoSecondEnding() {
    SpendRecord late =
        Records.estimated().toBuilder().spent(30_000_000 - Records.RESERVED).build();

    assertThat(sums(Records.abandoned("not_settled"), late))
        .containsEntry(Meter.COST_EXACT, 30_000_000L)
        .containsEntry(Meter.RESERVED, Records.RESERVED)
        .containsEntry(Meter.DURATION, 2_500_000_000L)
        .containsEntry(Meter.TOKENS, 1_050L);
  }

  @Test
  void nobodySawTheEndOfACallWhoseLeaseWasOver() {
    assertThat(times(Meter.DURATION, Records.abandoned("lease_ended"))).isZero();
    assertThat(times(Meter.DURATION, Records.abandoned("call_failed"))).isOne();
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"REFUSED", "DENIED", "OBSERVED", "UNMETERED"})
  void whatWasNeverCountedHasNeitherCostNorTokensNorTimes(Outcome outcome) {
    SpendRecord record = Records.ofEveryOutcome().stream()
        .filter(each -> each.outcome() == outcome)
        .findFirst()
        .orElseThrow();

    assertThat(sums(record))
        .hasSize(2)
        .containsEntry(Meter.CALLS, 1L)
        .containsEntry(Meter.valueOf(why(outcome)), 1L);
  }

  private static String why(Outcome outcome) {
    return switch (outcome) {
      case REFUSED -> "REFUSALS";
      case DENIED -> "DENIALS";
      default -> outcome.name();
    };
  }

  @Test
  void onlyAStreamHasAFirstChunk() {
    Exchange whole = new Exchange(
        1, false, Duration.ofSeconds(1), Duration.ofSeconds(1), 200, null, null, null, null);

    assertThat(times(
            Meter.FIRST_CHUNK, Records.settled().toBuilder().exchange(whole).build()))
        .isZero();
  }

  @Test
  void cachedTokensAreInputReasoningIsOutputAndEachUnitIsInOneKind() {
    Usage usage = Usage.builder()
        .add(UsageKind.INPUT, 100)
        .add(UsageKind.CACHE_READ, 900)
        .add(UsageKind.OUTPUT, 20)
        .add(UsageKind.REASONING, 180)
        .add(UsageKind.WEB_SEARCH, 2)
        .build();
    List<Measurement> told =
        measurements.of(Records.settled().toBuilder().usage(usage).build());

    assertThat(told)
        .filteredOn(each -> each.meter() == Meter.TOKENS)
        .extracting(each -> each.labels().get(Label.TOKEN_TYPE) + " " + each.value())
        .containsExactly("input 1000", "output 200");
    assertThat(told)
        .filteredOn(each -> each.meter() == Meter.USAGE)
        .extracting(each -> each.labels().get(Label.KIND) + " " + each.value())
        .containsExactlyInAnyOrder(
            "input 100", "cache_read 900", "output 20", "reasoning 180", "web_search 2");
  }

  @Test
  void aBillThatIsReadAgainCountsWhatItHasGrownBy() {
    SpendRecord first = Records.settled().toBuilder()
        .bill("batch-1")
        .usage(Usage.ofTokens(1_000, 100))
        .build();
    SpendRecord grown = first.toBuilder().usage(Usage.ofTokens(3_000, 100)).build();

    assertThat(sums(first, grown, grown, first)).containsEntry(Meter.USAGE, 3_100L);
    assertThat(times(Meter.TOKENS, grown)).isZero();
    assertThat(sums(first.toBuilder().bill("batch-2").build())).containsEntry(Meter.USAGE, 1_100L);
  }

  @Test
  void anErrorIsWhatTheAdapterSaysOrElseTheStatus() {
    assertThat(error(Records.abandoned("call_failed")))
        .isEqualTo("java.net.SocketTimeoutException");
    assertThat(error(Records.released())).isEqualTo("503");
    assertThat(error(Records.settled())).isNull();
  }

  private String error(SpendRecord record) {
    return measurements.of(record).stream()
        .filter(each -> each.meter() == Meter.DURATION)
        .map(each -> String.valueOf(each.labels().get(Label.ERROR_TYPE)))
        .filter(error -> !error.equals("null"))
        .findFirst()
        .orElse(null);
  }

  @Test
  void aPathIsNoApi() {
    assertThat(measurements.of(Records.unmetered()))
        .allSatisfy(
            each -> assertThat(each.labels()).doesNotContainKeys(Label.API, Label.OPERATION))
        .anySatisfy(each -> assertThat(each.labels())
            .containsEntry(Label.ENDPOINT, "POST api.openai.com/v1/batches")
            .containsEntry(Label.REASON, "no dialect"));
  }

  @Test
  void theModelThatWasCalledIsToldNotTheOneThatWasAskedFor() {
    SpendRecord routed =
        Records.settled().toBuilder().routed(Records.ANSWERED, "router").build();

    assertThat(measurements.of(routed))
        .allSatisfy(
            each -> assertThat(each.labels()).containsEntry(Label.MODEL, "gpt-4o-2024-08-06"));
  }
}
