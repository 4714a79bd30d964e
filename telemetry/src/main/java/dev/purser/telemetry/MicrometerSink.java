package dev.purser.telemetry;

import dev.purser.api.SpendRecord;
import dev.purser.spi.RecordSink;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts records on meters of Micrometer. Needs {@code io.micrometer:micrometer-core} and nothing of
 * OpenTelemetry. Every meter has the same tags at all times, as Prometheus wants it; what a call does
 * not say is {@code (none)}. Amounts of money are dollars in a {@code double}: a statistic, which the
 * records and the ledger are exact beside.
 *
 * <p>Safe for use by several guards. Closing it leaves the registry open.
 */
public final class MicrometerSink implements RecordSink {

  private static final String NONE = "(none)";
  private static final double NANOS = 1e9;

  /** What was taken back: a Micrometer counter can only grow. */
  private static final String RETURNED = ".returned";

  private final MeterRegistry registry;
  private final List<Label> common;
  private final Measurements measurements;

  /** Counts on a registry, by the standard labels. */
  public MicrometerSink(MeterRegistry registry) {
    this(registry, TelemetryLabels.standard());
  }

  /** Counts on a registry, by these labels. */
  public MicrometerSink(MeterRegistry registry, TelemetryLabels labels) {
    this.registry = registry;
    this.common = labels.common();
    this.measurements = new Measurements(labels);
  }

  @Override
  public void accept(SpendRecord record) {
    for (Measurement each : measurements.of(record)) {
      String name = each.meter().micrometer();
      if (name != null) {
        measure(name, each, tags(each));
      }
    }
  }

  private void measure(String name, Measurement each, Tags tags) {
    Meter meter = each.meter();
    long value = each.value();
    switch (meter.kind()) {
      case COUNT -> counter(name, meter, tags).increment((double) value);
      case MONEY -> counter(name, meter, tags).increment(value / NANOS);
      case SIGNED_MONEY -> {
        String which = value < 0 ? name + RETURNED : name;
        counter(which, meter, tags).increment(Math.abs(value / NANOS));
      }
      case SIZES ->
        DistributionSummary.builder(name)
            .description(meter.description())
            .baseUnit(meter.baseUnit())
            .tags(tags)
            .register(registry)
            .record((double) value);
      case TIMES ->
        Timer.builder(name)
            .description(meter.description())
            .tags(tags)
            .register(registry)
            .record(value, TimeUnit.NANOSECONDS);
      case SIGNED_NANO_USD -> throw new IllegalStateException("no meter: " + meter);
    }
  }

  private Counter counter(String name, Meter meter, Tags tags) {
    return Counter.builder(name)
        .description(meter.description())
        .baseUnit(meter.baseUnit())
        .tags(tags)
        .register(registry);
  }

  private Tags tags(Measurement each) {
    List<Tag> tags = new ArrayList<>();
    add(tags, common, each.labels());
    add(tags, each.meter().own(), each.labels());
    return Tags.of(tags);
  }

  private static void add(List<Tag> tags, List<Label> labels, Map<Label, String> values) {
    for (Label label : labels) {
      tags.add(Tag.of(label.tag(), values.getOrDefault(label, NONE)));
    }
  }
}
