package dev.purser.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.purser.api.Attribution;
import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BoundsTest {

  private static Map<Label, String> labels(Object... labelsAndValues) {
    Map<Label, String> labels = new EnumMap<>(Label.class);
    for (int i = 0; i < labelsAndValues.length; i += 2) {
      labels.put((Label) labelsAndValues[i], (String) labelsAndValues[i + 1]);
    }
    return labels;
  }

  @Test
  void valuesThatComeFirstAreToldApart() {
    Bounds bounds = new Bounds(2);

    for (String team : new String[] {"a", "b", "a", "c", "b", "d"}) {
      String expected = team.equals("a") || team.equals("b") ? team : "(other)";
      assertThat(bounds.within(Meter.CALLS, labels(Label.TEAM, team)))
          .containsOnly(Map.entry(Label.TEAM, expected));
    }
  }

  @Test
  void eachLabelHasABoundOfItsOwnAndSoHaveReasonsOfEachMeter() {
    Bounds bounds = new Bounds(1);

    assertThat(bounds.within(Meter.UNMETERED, labels(Label.TEAM, "a", Label.REASON, "odd")))
        .containsValues("a", "odd");
    assertThat(bounds.within(Meter.ABANDONED, labels(Label.TEAM, "a", Label.REASON, "cut")))
        .containsValues("a", "cut");
    assertThat(bounds.within(Meter.ABANDONED, labels(Label.TEAM, "b", Label.REASON, "odd")))
        .containsValues("(other)", "(other)");
  }

  @Test
  void combinationsAreBoundedToo() {
    Bounds bounds = new Bounds(100);
    Set<Map<Label, String>> series = new HashSet<>();
    for (int team = 0; team < 100; team++) {
      for (int model = 0; model < 100; model++) {
        series.add(bounds.within(
            Meter.CALLS,
            labels(Label.TEAM, "t" + team, Label.MODEL, "m" + model, Label.OUTCOME, "settled")));
      }
    }

    assertThat(series)
        .hasSize(1_001)
        .contains(labels(Label.TEAM, "(other)", Label.MODEL, "(other)", Label.OUTCOME, "settled"));
    assertThat(bounds.within(
            Meter.CALLS, labels(Label.TEAM, "t0", Label.MODEL, "m0", Label.OUTCOME, "settled")))
        .containsEntry(Label.TEAM, "t0");
  }

  @Test
  void longValuesAreCutBetweenCharacters() {
    Bounds bounds = new Bounds(10);
    String long1 = "x".repeat(199) + "\uD83D\uDE00";

    assertThat(bounds.within(Meter.CALLS, labels(Label.TEAM, long1)))
        .containsEntry(Label.TEAM, "x".repeat(199));
    assertThat(bounds.within(Meter.CALLS, labels(Label.TEAM, "y".repeat(1_000_000))))
        .containsEntry(Label.TEAM, "y".repeat(200));
  }

  @Test
  void aThousandAndOneModelsAreAThousandAndTheRestInBoth() {
    try (Meters run = new Meters()) {
      for (int i = 0; i < 1_500; i++) {
        run.take(Records.settled().toBuilder()
            .routed(ModelId.of("openai", "model-" + i), "loop")
            .usage(Usage.NONE) // two series for each model would exceed the SDK's own limit
            .build());
      }

      assertThat(run.points("purser.cost")).hasSize(1_001);
      assertThat(run.registry.find("purser.cost").counters()).hasSize(1_001);
      run.assertCounted(500, "purser.calls", "gen_ai.request.model", "(other)");
    }
  }

  @Test
  void anotherBoundMayBeSet() {
    try (Meters run = new Meters(TelemetryLabels.standard().byKey().atMost(3))) {
      for (int i = 0; i < 10; i++) {
        run.take(
            Records.settled().toBuilder().attribution(Attribution.key("k" + i)).build());
      }

      run.assertCounted(7, "purser.calls", "purser.key", "(other)");
      run.assertCounted(1, "purser.calls", "purser.key", "k2");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TelemetryLabels.standard().atMost(0));
  }
}
