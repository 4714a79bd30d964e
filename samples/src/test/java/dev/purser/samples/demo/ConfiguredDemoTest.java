package dev.purser.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo under the budgets of a file. */
class ConfiguredDemoTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir
  private Path folder;

  @Test
  void theSampleFileServesWhatItsBudgetsCarry() throws Exception {
    int exit = demo("--config", "purser.yaml", "--calls", "20", "--json");

    assertThat(exit).isZero();
    assertThat(text(err)).isEmpty();
    assertThat(text(out))
        .contains(
            "its budgets are those of purser.yaml",
            "AI coding, $250000.00 per quarter: overshoot $0.00",
            "tripwire, $75.00 per day: overshoot $0.00",
            "session, $20.00 per 1h: overshoot $0.00 (only observes)",
            "No call was refused.");
    JsonNode line = lastLine();
    assertThat(line.path("served").asInt()).isEqualTo(20);
    assertThat(line.path("budgets")).hasSize(3);
  }

  @Test
  void theNarrowestBudgetStopsTheLoopWhateverTheOthersAllow() throws Exception {
    Path file = file("""
        owner: dana@acme.dev
        budgets:
          - {name: wide, limit: $50, window: total}
          - {name: narrow, limit: $1, window: total, per: key}
          - {name: dry run, limit: $0.50, window: total, enforcement: observe}
          - {name: others, limit: $0.10, window: total, only: {team: platform}}
          - {name: slots, limit: 3, measure: concurrent-calls}
        """);

    int exit = demo("--config", file.toString(), "--wait", "--threads", "32", "--json");

    assertThat(exit).isZero();
    assertThat(text(out))
        .contains(
            "paused              0 times",
            "narrow, $1.00 per total: overshoot $0.00\n",
            "dry run, $0.50 per total: overshoot $0.4000875 (only observes)\n",
            "others, $0.10 per total: not judged (does not cover these calls)\n",
            "slots, 3 concurrent calls: not judged (does not count money)\n",
            "budget \"narrow\" (key=");
    JsonNode line = lastLine();
    assertThat(line.path("served").asInt()).isEqualTo(5);
    assertThat(line.path("refused").asInt()).isEqualTo(95);
    assertThat(new BigDecimal(line.path("overshoot_usd").asText())).isZero();
  }

  @Test
  void aBudgetOfAnotherMeasureStopsTheLoopToo() throws Exception {
    Path file = file("""
        owner: dana@acme.dev
        budgets:
          - {name: calls, limit: 3, measure: requests, window: total}
        """);

    assertThat(demo("--config", file.toString(), "--json")).isZero();
    assertThat(lastLine().path("served").asInt()).isEqualTo(3);
    assertThat(text(out)).contains("budget \"calls\" is exhausted: 3 requests spent");
  }

  @Test
  void aWrongFileIsToldWithAllThatIsWrongAndItsLines() throws Exception {
    Path file = file("""
        owner: dana@acme.dev
        budgets:
          - {name: a, limit: $250,000, window: quarter}
          - {name: b, limit: $75, window: dya}
        """);

    int exit = demo("--config", file.toString());

    assertThat(exit).isEqualTo(2);
    assertThat(text(out)).isEmpty();
    assertThat(text(err).lines())
        .hasSize(2)
        .satisfiesExactly(
            first -> assertThat(first).startsWith(file + ":3: ").contains("without commas"),
            second -> assertThat(second).startsWith(file + ":4: ").contains("did you mean"));
  }

  @Test
  void aFileThatIsNotThereIsSaidToBeMissing() throws Exception {
    assertThat(demo("--config", folder.resolve("none.yaml").toString())).isEqualTo(2);
    assertThat(text(err)).contains("none.yaml", "does not exist");
  }

  private Path file(String yaml) throws Exception {
    return Files.writeString(folder.resolve("purser.yaml"), yaml);
  }

  private int demo(String... args) throws Exception {
    return Demo.run(
        List.of(args),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private JsonNode lastLine() throws Exception {
    List<String> lines = text(out).lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
