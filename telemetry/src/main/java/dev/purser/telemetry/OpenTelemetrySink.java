package dev.purser.telemetry;

import dev.purser.api.SpendRecord;
import dev.purser.spi.RecordSink;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleCounter;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.DoubleUpDownCounter;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Counts records as metrics of OpenTelemetry: the client metrics of the conventions for generative AI
 * (version 1.41.0), and metrics of our own, named {@code purser.…}. Needs {@code
 * io.opentelemetry:opentelemetry-api} and nothing of Micrometer. Amounts of money are dollars in a
 * {@code double}, a statistic; {@code purser.cost.nano_usd} is exact.
 *
 * <p>Safe for use by several guards. Closing it leaves the SDK open.
 */
public final class OpenTelemetrySink implements RecordSink {

  private static final String SCOPE = "dev.purser.telemetry";
  private static final double NANOS = 1e9;

  /** Takes a value of a meter, in the unit of a {@link Measurement}. */
  private interface Instrument {
    void take(long value, Attributes attributes);
  }

  private final Map<Meter, Instrument> instruments = new EnumMap<>(Meter.class);
  private final Map<Label, AttributeKey<String>> keys = new EnumMap<>(Label.class);
  private final Measurements measurements;

  /** Counts by the standard labels. */
  public OpenTelemetrySink(OpenTelemetry telemetry) {
    this(telemetry, TelemetryLabels.standard());
  }

  /** Counts by these labels. */
  public OpenTelemetrySink(OpenTelemetry telemetry, TelemetryLabels labels) {
    var made = telemetry.meterBuilder(SCOPE).setSchemaUrl(GenAi.SCHEMA_URL).build();
    for (Meter meter : Meter.values()) {
      instruments.put(meter, instrument(made, meter));
    }
    for (Label label : Label.values()) {
      keys.put(label, AttributeKey.stringKey(label.attribute()));
    }
    measurements = new Measurements(labels);
  }

  @Override
  public void accept(SpendRecord record) {
    for (Measurement each : measurements.of(record)) {
      Objects.requireNonNull(instruments.get(each.meter()))
          .take(each.value(), attributes(each.labels()));
    }
  }

  private Attributes attributes(Map<Label, String> labels) {
    AttributesBuilder attributes = Attributes.builder();
    labels.forEach((label, value) -> attributes.put(
        Objects.requireNonNull(keys.get(label)),
        label == Label.PROVIDER ? GenAi.provider(value) : value));
    return attributes.build();
  }

  private static Instrument instrument(io.opentelemetry.api.metrics.Meter from, Meter meter) {
    return switch (meter.kind()) {
      case COUNT -> {
        LongCounter counter = from.counterBuilder(meter.metric())
            .setUnit(meter.unit())
            .setDescription(meter.description())
            .build();
        yield counter::add;
      }
      case MONEY -> {
        DoubleCounter dollars = from.counterBuilder(meter.metric())
            .ofDoubles()
            .setUnit(meter.unit())
            .setDescription(meter.description())
            .build();
        yield (value, attributes) -> dollars.add(value / NANOS, attributes);
      }
      case SIGNED_MONEY -> {
        DoubleUpDownCounter dollars = from.upDownCounterBuilder(meter.metric())
            .ofDoubles()
            .setUnit(meter.unit())
            .setDescription(meter.description())
            .build();
        yield (value, attributes) -> dollars.add(value / NANOS, attributes);
      }
      case SIGNED_NANO_USD -> {
        LongUpDownCounter counter = from.upDownCounterBuilder(meter.metric())
            .setUnit(meter.unit())
            .setDescription(meter.description())
            .build();
        yield counter::add;
      }
      case SIZES -> {
        LongHistogram sizes = from.histogramBuilder(meter.metric())
            .ofLongs()
            .setUnit(meter.unit())
            .setDescription(meter.description())
            .setExplicitBucketBoundariesAdvice(GenAi.TOKEN_BOUNDARIES)
            .build();
        yield sizes::record;
      }
      case TIMES -> {
        DoubleHistogram times = from.histogramBuilder(meter.metric())
            .setUnit(meter.unit())
            .setDescription(meter.description())
            .setExplicitBucketBoundariesAdvice(GenAi.TIME_BOUNDARIES)
            .build();
        yield (value, attributes) -> times.record(value / NANOS, attributes);
      }
    };
  }
}
