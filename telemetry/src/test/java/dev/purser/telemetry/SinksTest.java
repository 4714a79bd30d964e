package dev.purser.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.purser.api.Attribution;
import dev.purser.api.ModelId;
import dev.purser.api.SpendRecord;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import java.util.Collections;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is measured arrives in the units that each library wants. */
class SinksTest {

  private final Meters meters = new Meters();

  @AfterEach
  void close() {
    meters.close();
  }

  @Test
  void moneyIsToldInDollarsAndExactly() {
    meters.take(Records.settled().toBuilder().charged(1, 1).build(), Records.settled());

    assertThat(meters.sum("purser.cost.nano_usd")).isEqualTo(100_000_001);
    assertThat(meters.sum("purser.cost")).isCloseTo(0.100000001, within(1e-12));
    assertThat(meters.counted("purser.cost")).isCloseTo(0.100000001, within(1e-12));
    assertThat(meters.sum("purser.reserved")).isCloseTo(0.500000001, within(1e-12));
    assertThat(meters.counted("purser.reserved")).isCloseTo(0.500000001, within(1e-12));
  }

  @Test
  void aCorrectionGoesDownOrIsCountedAsReturned() {
    meters.take(Records.abandoned("not_settled"), Records.corrected());

    assertThat(meters.sum("purser.cost.nano_usd", "purser.outcome", "abandoned"))
        .isEqualTo(500_000_000);
    assertThat(meters.sum("purser.cost.nano_usd", "purser.outcome", "corrected"))
        .isEqualTo(-400_000_000);
    assertThat(meters.sum("purser.cost")).isCloseTo(0.1, within(1e-12));
    assertThat(meters.counted("purser.cost")).isCloseTo(0.5, within(1e-12));
    assertThat(meters.counted("purser.cost.returned")).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void timesAreInSeconds() {
    meters.take(Records.settled());

    assertThat(meters.sum("gen_ai.client.operation.duration")).isEqualTo(2.5);
    assertThat(meters.sum("gen_ai.client.operation.time_to_first_chunk")).isEqualTo(0.3);
    Timer duration = meters.registry.get("purser.call.duration").timer();
    assertThat(duration.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(2_500);
    assertThat(duration.count()).isOne();
    assertThat(
            meters.registry.get("purser.call.first.chunk").timer().totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(300);
  }

  @Test
  void tokensAreByType() {
    meters.take(Records.settled(), Records.settled());

    assertThat(meters.sum("gen_ai.client.token.usage", "gen_ai.token.type", "input"))
        .isEqualTo(2_000);
    assertThat(meters.count("gen_ai.client.token.usage", "gen_ai.token.type", "output"))
        .isEqualTo(2);
    DistributionSummary output =
        meters.registry.get("purser.tokens").tag("type", "output").summary();
    assertThat(output.totalAmount()).isEqualTo(400);
    assertThat(output.count()).isEqualTo(2);
  }

  @Test
  void bucketsAreTheOnesThatTheConventionAdvises() {
    meters.take(Records.settled());

    assertThat(((HistogramPointData)
                meters.points("gen_ai.client.operation.duration").get(0))
            .getBoundaries())
        .containsExactly(
            0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
    assertThat(((HistogramPointData) meters.points("gen_ai.client.token.usage").get(0))
            .getBoundaries())
        .containsExactly(
            1d,
            4d,
            16d,
            64d,
            256d,
            1_024d,
            4_096d,
            16_384d,
            65_536d,
            262_144d,
            1_048_576d,
            4_194_304d,
            16_777_216d,
            67_108_864d);
  }

  @Test
  void reasonsAreToldApart() {
    meters.take(Records.ofEveryOutcome());

    meters.assertCounted(1, "purser.refusals", "purser.budget", "tripwire");
    meters.assertCounted(1, "purser.refusals", "purser.reason", "exhausted");
    meters.assertCounted(1, "purser.observed", "purser.budget", "tripwire");
    meters.assertCounted(1, "purser.denials", "purser.reason", "revoked_key");
    meters.assertCounted(1, "purser.abandoned", "purser.reason", "call_failed");
    meters.assertCounted(1, "purser.estimated", "purser.reason", "closed_early");
    meters.assertCounted(1, "purser.unmetered", "purser.reason", "no dialect");
    for (SpendRecord.Outcome outcome : SpendRecord.Outcome.values()) {
      meters.assertCounted(
          1, "purser.calls", "purser.outcome", outcome.name().toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void whatACallDoesNotSayIsLeftOutOrNone() {
    meters.take(Records.settled().toBuilder().attribution(Attribution.NONE).build());

    assertThat(meters.points("purser.calls").get(0).getAttributes().asMap().keySet())
        .noneMatch(key -> key.getKey().equals("purser.team"));
    assertThat(meters.counted("purser.calls", "team", "(none)", "task.class", "(none)"))
        .isOne();
  }

  @Test
  void aProviderHasTheNameThatTheConventionHasForIt() {
    ModelId claude = ModelId.of("aws", "claude");
    meters.take(Records.settled().toBuilder().routed(claude, "router").build());

    assertThat(meters.sum("purser.calls", "gen_ai.provider.name", "aws.bedrock"))
        .isOne();
    assertThat(meters.counted("purser.calls", "provider", "aws")).isOne();
  }

  @Test
  void theScopeSaysWhichConventionHolds() {
    meters.take(Records.settled());

    assertThat(meters.metrics()).allSatisfy(metric -> {
      assertThat(metric.getInstrumentationScopeInfo().getName()).isEqualTo("dev.purser.telemetry");
      assertThat(metric.getInstrumentationScopeInfo().getSchemaUrl()).endsWith("/1.41.0");
    });
  }

  @Test
  void twoSinksOnOneRegistryAddUp() {
    MicrometerSink other = new MicrometerSink(meters.registry);
    meters.take(Records.settled());
    other.accept(Records.settled());

    assertThat(meters.counted("purser.cost")).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void guardsThatShareASinkLoseNothing() throws Exception {
    Callable<Meters> guard = () -> {
      for (int i = 0; i < 1_000; i++) {
        meters.take(Records.settled().toBuilder()
            .attribution(Attribution.NONE.team("team-" + i % 50))
            .build());
      }
      return meters;
    };
    ExecutorService guards = Executors.newFixedThreadPool(4);
    try {
      for (Future<Meters> done : guards.invokeAll(Collections.nCopies(4, guard))) {
        done.get();
      }
    } finally {
      guards.shutdown();
    }

    assertThat(meters.sum("purser.cost.nano_usd")).isEqualTo(4_000 * 100_000_000d);
    meters.assertCounted(80, "purser.calls", "purser.team", "team-49");
  }
}
