package dev.purser.telemetry;

import dev.purser.api.ControlRecord;
import dev.purser.api.SpendRecord;
import dev.purser.core.emit.RecordSinkContract;
import dev.purser.spi.RecordSink;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/**
 * Both sinks stand what every sink has to. Meters keep no ids, so the user of each call has the call's
 * id as a name, and calls are counted by user.
 */
class SinkContractTest {

  private static final TelemetryLabels BY_USER =
      TelemetryLabels.standard().byKey().byUser().atMost(10_000);

  private static SpendRecord byUser(SpendRecord record) {
    return record.toBuilder()
        .attribution(record.attribution().user(record.id()))
        .build();
  }

  @Nested
  class Micrometer extends RecordSinkContract {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Counter> calls = new CopyOnWriteArrayList<>();

    @Override
    protected RecordSink open() {
      registry.config().onMeterAdded(meter -> {
        if (meter instanceof Counter counter && meter.getId().getName().equals("purser.calls")) {
          calls.add(counter);
        }
      });
      return new MicrometerSink(registry, BY_USER);
    }

    @AfterEach
    void close() {
      registry.close();
    }

    @Override
    protected SpendRecord marked(SpendRecord record) {
      return byUser(record);
    }

    @Override
    protected List<String> read() {
      List<String> users = new ArrayList<>();
      for (Counter each : calls) {
        users.addAll(Collections.nCopies((int) each.count(), each.getId().getTag("user")));
      }
      return users;
    }
  }

  @Nested
  class OpenTelemetry extends RecordSinkContract {

    private static final AttributeKey<String> USER = AttributeKey.stringKey("purser.user");

    private final InMemoryMetricReader reader = InMemoryMetricReader.createDelta();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
        .setMeterProvider(
            SdkMeterProvider.builder().registerMetricReader(reader).build())
        .build();
    private final List<String> users = new CopyOnWriteArrayList<>();

    /** What was counted is looked at after each record: points are in no order. */
    @Override
    protected RecordSink open() {
      RecordSink sink = new OpenTelemetrySink(sdk, BY_USER);
      return new RecordSink() {
        @Override
        public void accept(SpendRecord record) throws IOException {
          sink.accept(record);
          look();
        }

        @Override
        public void control(ControlRecord record) throws IOException {
          sink.control(record);
        }

        @Override
        public void flush() throws IOException {
          sink.flush();
        }

        @Override
        public void close() throws IOException {
          sink.close();
        }
      };
    }

    private void look() {
      reader.collectAllMetrics().stream()
          .filter(metric -> metric.getName().equals("purser.calls"))
          .flatMap(metric -> metric.getLongSumData().getPoints().stream())
          .forEach(point -> users.addAll(Collections.nCopies(
              (int) point.getValue(), String.valueOf(point.getAttributes().get(USER)))));
    }

    @AfterEach
    void close() {
      sdk.close();
    }

    @Override
    protected SpendRecord marked(SpendRecord record) {
      return byUser(record);
    }

    @Override
    protected List<String> read() {
      return users;
    }
  }
}
