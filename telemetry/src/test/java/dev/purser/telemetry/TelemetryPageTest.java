package dev.purser.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.SpendRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/telemetry.md} says what a run emits: nothing is missing there, and nothing too many. */
class TelemetryPageTest {

  private static final int COMMON = 9;

  private final Page page = Page.of("telemetry.md");
  private final List<List<String>> meters = page.rows("OpenTelemetry", "Micrometer", "kind");
  private final List<List<String>> labels = page.rows("OpenTelemetry", "Micrometer", "what");

  private static Meters everything() {
    return new Meters(TelemetryLabels.standard().byKey().byUser()).take(Records.ofEveryOutcome());
  }

  /** Name, kind, unit and own labels of a metric. */
  private record Told(String name, String kind, String unit, Set<String> own) {}

  @Test
  void theRunHasEveryOutcome() {
    assertThat(Records.ofEveryOutcome().stream().map(SpendRecord::outcome))
        .containsExactlyInAnyOrder(SpendRecord.Outcome.values());
  }

  @Test
  void everyMetricOfOpenTelemetryIsListedWithKindUnitAndLabels() {
    List<Told> listed = meters.stream()
        .map(row -> new Told(
            Page.codes(row.get(0)).get(0),
            row.get(2),
            Page.codes(row.get(3)).get(0),
            new HashSet<>(Page.codes(row.get(5)))))
        .toList();

    try (Meters run = everything()) {
      List<Told> emitted = new ArrayList<>();
      for (MetricData metric : run.metrics()) {
        Set<String> own = attributes(metric);
        own.removeAll(common());
        emitted.add(new Told(metric.getName(), kind(metric), metric.getUnit(), own));
      }
      assertThat(emitted).containsExactlyInAnyOrderElementsOf(listed);
    }
  }

  private static String kind(MetricData metric) {
    return switch (metric.getType()) {
      case HISTOGRAM -> metric.getUnit().equals("s") ? "times" : "sizes";
      case LONG_SUM -> metric.getLongSumData().isMonotonic() ? "count" : "up and down";
      case DOUBLE_SUM -> metric.getDoubleSumData().isMonotonic() ? "count" : "up and down";
      default -> metric.getType().toString();
    };
  }

  private static Set<String> attributes(MetricData metric) {
    return metric.getData().getPoints().stream()
        .flatMap(point -> point.getAttributes().asMap().keySet().stream())
        .map(AttributeKey::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> common() {
    return labels.subList(0, COMMON).stream()
        .map(row -> Page.codes(row.get(0)).get(0))
        .collect(Collectors.toSet());
  }

  @Test
  void everyMeterOfMicrometerIsListedWithKindAndTags() {
    Map<String, Set<String>> listed = new TreeMap<>();
    Map<String, String> kinds = new TreeMap<>();
    Map<String, String> tags = tagsByAttribute();
    for (List<String> row : meters) {
      Set<String> all = new TreeSet<>();
      common().forEach(label -> all.add(tags.get(label)));
      Page.codes(row.get(5)).forEach(label -> all.add(tags.get(label)));
      for (String name : Page.codes(row.get(1))) {
        listed.put(name, all);
        kinds.put(name, row.get(2).equals("up and down") ? "count" : row.get(2));
      }
    }

    Map<String, Set<String>> emitted = new TreeMap<>();
    Map<String, String> emittedKinds = new TreeMap<>();
    try (Meters run = everything()) {
      for (io.micrometer.core.instrument.Meter meter : run.registry.getMeters()) {
        Set<String> own = meter.getId().getTags().stream()
            .map(Tag::getKey)
            .collect(Collectors.toCollection(TreeSet::new));
        String name = meter.getId().getName();
        // The same tags at all times, or Prometheus would not take it.
        assertThat(emitted.getOrDefault(name, own)).as(name).isEqualTo(own);
        emitted.put(name, own);
        emittedKinds.put(
            name, meter instanceof Counter ? "count" : meter instanceof Timer ? "times" : "sizes");
      }
    }

    assertThat(emitted).isEqualTo(listed);
    assertThat(emittedKinds).isEqualTo(kinds);
  }

  private Map<String, String> tagsByAttribute() {
    Map<String, String> tags = new LinkedHashMap<>();
    labels.forEach(
        row -> tags.put(Page.codes(row.get(0)).get(0), Page.codes(row.get(1)).get(0)));
    return tags;
  }

  @Test
  void everyLabelIsListedAndSaysWhetherItIsBounded() {
    Map<String, String> expected = new TreeMap<>();
    for (Label label : Label.values()) {
      expected.put(
          label.attribute() + " " + label.tag(), label.isFixed() ? "all" : "up to the bound");
    }
    Map<String, String> listed = new TreeMap<>();
    labels.forEach(row -> listed.put(
        Page.codes(row.get(0)).get(0) + " " + Page.codes(row.get(1)).get(0), row.get(3)));

    assertThat(listed).isEqualTo(expected);
  }

  @Test
  void keyAndUserAreLeftOutUnlessAskedFor() {
    try (Meters run = new Meters().take(Records.ofEveryOutcome())) {
      Set<String> emitted = new TreeSet<>();
      run.metrics().forEach(metric -> emitted.addAll(attributes(metric)));
      Set<String> tags = new TreeSet<>();
      run.registry
          .getMeters()
          .forEach(meter -> meter.getId().getTags().forEach(tag -> tags.add(tag.getKey())));

      Map<String, String> listed = tagsByAttribute();
      listed.keySet().removeAll(Set.of("purser.key", "purser.user"));
      assertThat(emitted).containsExactlyInAnyOrderElementsOf(listed.keySet());
      assertThat(tags).containsExactlyInAnyOrderElementsOf(listed.values());
    }
  }

  @Test
  void theOperationOfEveryApiIsListed() {
    Set<String> named = new TreeSet<>(Set.of("direct"));
    Page.of("providers.md")
        .rows("API", "asked at")
        .forEach(row -> named.addAll(Page.codes(row.get(0))));

    Set<String> listed = new TreeSet<>();
    for (List<String> row : page.rows("operation", "APIs")) {
      String operation = Page.codes(row.get(0)).get(0);
      for (String api : Page.codes(row.get(1))) {
        assertThat(GenAi.operation(api)).as(api).isEqualTo(operation);
        listed.add(api);
      }
    }
    assertThat(listed).isEqualTo(named);
  }
}
