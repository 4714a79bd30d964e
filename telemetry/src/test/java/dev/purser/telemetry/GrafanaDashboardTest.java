package dev.purser.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The dashboard of {@code samples/grafana} asks for what a run shows to Prometheus, and for nothing else. */
class GrafanaDashboardTest {

  private static final Path DASHBOARD = Path.of("..", "samples", "grafana", "purser.json");
  private static final Pattern METRIC = Pattern.compile("purser_[A-Za-z_]+");
  private static final Pattern LABELS = Pattern.compile("by \\(([^)]*)\\)");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private String scraped() {
    MicrometerSink sink =
        new MicrometerSink(registry, TelemetryLabels.standard().byKey());
    Records.ofEveryOutcome().forEach(sink::accept);
    return registry.scrape();
  }

  private static List<String> queries() throws IOException {
    List<String> queries = new ArrayList<>();
    JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
    for (JsonNode panel : dashboard.get("panels")) {
      panel.get("targets").forEach(target -> queries.add(target.get("expr").asText()));
    }
    return queries;
  }

  @Test
  void asksForMetricsAndLabelsThatThereAre() throws IOException {
    String scraped = scraped();
    Set<String> metrics = new TreeSet<>();
    for (String query : queries()) {
      Matcher metric = METRIC.matcher(query);
      while (metric.find()) {
        metrics.add(metric.group());
      }
      Matcher by = LABELS.matcher(query);
      while (by.find()) {
        for (String label : by.group(1).split(",", -1)) {
          if (!label.strip().equals("le")) {
            assertThat(scraped).as(query).contains(label.strip() + "=\"");
          }
        }
      }
    }
    assertThat(metrics)
        .hasSizeGreaterThan(5)
        .allSatisfy(metric -> assertThat(
                scraped.lines().anyMatch(line -> line.matches(metric + "[{ ].*")))
            .as("%s in %s", metric, scraped)
            .isTrue());
  }
}
