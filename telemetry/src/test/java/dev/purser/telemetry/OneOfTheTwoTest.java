package dev.purser.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.purser.api.SpendRecord;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.context.Context;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** An application that has only one of the two libraries uses that one's sink. */
class OneOfTheTwoTest {

  /** Runs in an application without OpenTelemetry. */
  public static final class OnMicrometer implements Callable<Object> {
    @Override
    public Object call() {
      var registry = new io.micrometer.core.instrument.simple.SimpleMeterRegistry();
      MicrometerSink sink = new MicrometerSink(registry);
      Records.ofEveryOutcome().forEach(sink::accept);
      return (long)
          registry.get("purser.calls").tag("outcome", "settled").counter().count();
    }
  }

  /** Runs in an application without Micrometer. */
  public static final class OnOpenTelemetry implements Callable<Object> {
    @Override
    public Object call() {
      OpenTelemetrySink sink = new OpenTelemetrySink(OpenTelemetry.noop());
      Records.ofEveryOutcome().forEach(sink::accept);
      return (long) Records.ofEveryOutcome().size();
    }
  }

  @Test
  void micrometerAlone() throws Exception {
    try (URLClassLoader alone = application(
        MeterRegistry.class, KeyValue.class, ObservationRegistry.class, Histogram.class)) {
      assertThat(run(alone, OnMicrometer.class)).isEqualTo(1L);
      assertThatExceptionOfType(ClassNotFoundException.class)
          .isThrownBy(() -> alone.loadClass(OpenTelemetry.class.getName()));
    }
  }

  @Test
  void openTelemetryAlone() throws Exception {
    try (URLClassLoader alone =
        application(OpenTelemetry.class, Context.class, ComponentLoader.class)) {
      assertThat(run(alone, OnOpenTelemetry.class)).isEqualTo(10L);
      assertThatExceptionOfType(ClassNotFoundException.class)
          .isThrownBy(() -> alone.loadClass(MeterRegistry.class.getName()));
    }
  }

  /** A class path of this module, the API and the jars of these classes, with nothing behind it. */
  private static URLClassLoader application(Class<?>... libraries) {
    URL[] path = Stream.concat(
            Stream.of(MicrometerSink.class, OneOfTheTwoTest.class, SpendRecord.class),
            Stream.of(libraries))
        .map(each -> each.getProtectionDomain().getCodeSource().getLocation())
        .toArray(URL[]::new);
    return new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
  }

  private static Object run(ClassLoader in, Class<? extends Callable<Object>> what)
      throws Exception {
    Class<?> there = in.loadClass(what.getName());
    assertThat(there).isNotSameAs(what);
    return ((Callable<?>) there.getDeclaredConstructor().newInstance()).call();
  }
}
