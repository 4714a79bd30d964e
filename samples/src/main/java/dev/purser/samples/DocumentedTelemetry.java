package dev.purser.samples;

import dev.purser.api.Budget;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.spi.RecordSink;
import dev.purser.telemetry.MicrometerSink;
import dev.purser.telemetry.OpenTelemetrySink;
import dev.purser.telemetry.TelemetryLabels;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;

/** The lines that {@code docs/telemetry.md} shows, compiled so that they stay true. */
final class DocumentedTelemetry {

  private DocumentedTelemetry() {}

  static Purser onMicrometer(MeterRegistry registry) {
    Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.daily("tripwire", Usd.of("75")))
        .sink(new MicrometerSink(registry))
        .build();
    return purser;
  }

  static Purser onOpenTelemetry(OpenTelemetry openTelemetry) {
    Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.daily("tripwire", Usd.of("75")))
        .sink(new OpenTelemetrySink(openTelemetry))
        .build();
    return purser;
  }

  static RecordSink byKeyAndUser(MeterRegistry registry) {
    TelemetryLabels labels = TelemetryLabels.standard().byKey().byUser().atMost(500);
    RecordSink sink = new MicrometerSink(registry, labels);
    return sink;
  }
}
