package dev.purser.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.SpendRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Both sinks beside each other, and what came of the records that they took. */
final class Meters implements AutoCloseable {

  private final InMemoryMetricReader reader = InMemoryMetricReader.create();
  private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
      .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
      .build();

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final MicrometerSink micrometer;
  final OpenTelemetrySink openTelemetry;

  Meters() {
    this(TelemetryLabels.standard());
  }

  Meters(TelemetryLabels labels) {
    micrometer = new MicrometerSink(registry, labels);
    openTelemetry = new OpenTelemetrySink(sdk, labels);
  }

  Meters take(SpendRecord... records) {
    return take(List.of(records));
  }

  Meters take(Collection<SpendRecord> records) {
    for (SpendRecord record : records) {
      micrometer.accept(record);
      openTelemetry.accept(record);
    }
    return this;
  }

  Collection<MetricData> metrics() {
    return reader.collectAllMetrics();
  }

  /** Returns the points of a metric that have these attributes: names and values in turn. */
  List<PointData> points(String metric, String... attributes) {
    return metrics().stream()
        .filter(data -> data.getName().equals(metric))
        .flatMap(data -> data.getData().getPoints().stream())
        .filter(point -> {
          for (int i = 0; i < attributes.length; i += 2) {
            if (!attributes[i + 1].equals(
                point.getAttributes().get(AttributeKey.stringKey(attributes[i])))) {
              return false;
            }
          }
          return true;
        })
        .map(point -> (PointData) point)
        .toList();
  }

  /** Returns the sum over points: of counts, of dollars, or of what a histogram recorded. */
  double sum(String metric, String... attributes) {
    return points(metric, attributes).stream().mapToDouble(Meters::value).sum();
  }

  private static double value(PointData point) {
    if (point instanceof LongPointData whole) {
      return whole.getValue();
    }
    return point instanceof HistogramPointData histogram
        ? histogram.getSum()
        : ((DoublePointData) point).getValue();
  }

  /** Returns how often a histogram recorded something. */
  long count(String metric, String... attributes) {
    return points(metric, attributes).stream()
        .mapToLong(point -> ((HistogramPointData) point).getCount())
        .sum();
  }

  /** Returns the sum of Micrometer's counters of a name that have these tags. */
  double counted(String name, String... tags) {
    return registry.find(name).tags(tags).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  /** Asserts that a count stands at a value in both. */
  void assertCounted(long expected, String name, String label, String value) {
    Label which = Stream.of(Label.values())
        .filter(each -> each.attribute().equals(label))
        .findFirst()
        .orElseThrow();
    assertThat(sum(name, label, value)).as(name).isEqualTo((double) expected);
    assertThat(counted(name, which.tag(), value)).as(name).isEqualTo((double) expected);
  }

  @Override
  public void close() {
    sdk.close();
    registry.close();
  }
}
