package dev.purser.samples.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.core.record.Field;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/records.md} names every event and field, in the places where a run writes them. */
class RecordsPageTest {

  /** Needs a folder that cannot be written for a while. */
  private static final Set<String> NOT_IN_THIS_RUN = Set.of("resumed");

  /** Their fields have names that callers choose, or that are kinds of usage. */
  private static final Set<String> OF_FREE_NAMES = Set.of("tags", "facts", "usage");

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  private static Path above;

  private static RecordsPage page;
  private static final List<JsonNode> JOURNAL = new ArrayList<>();
  private static final List<JsonNode> CHECKPOINT = new ArrayList<>();
  private static List<JsonNode> file;

  @BeforeAll
  static void letEverythingHappen() throws IOException {
    page = RecordsPage.read();
    Path folder = above.resolve("spend");
    new EverythingThatHappens(folder, above.resolve("records.jsonl")).write();
    file = lines(above.resolve("records.jsonl"));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.sorted().toList()) {
        String name = each.getFileName().toString();
        if (name.startsWith("spend-")) {
          JOURNAL.addAll(lines(each));
        } else if (name.startsWith("checkpoint-")) {
          CHECKPOINT.addAll(lines(each));
        } else {
          assertThat(page.text()).as("what the folder holds").contains("`" + name + "`");
        }
      }
    }
  }

  private static List<JsonNode> lines(Path path) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    try (InputStream raw = Files.newInputStream(path);
        InputStream in = path.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
      for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines;
  }

  private static Set<String> events(List<JsonNode> lines) {
    return lines.stream().map(line -> line.path("event").asText()).collect(Collectors.toSet());
  }

  private static Set<String> documented(String... places) {
    return page.events().entrySet().stream()
        .filter(event -> Set.of(places).contains(event.getValue()))
        .map(Map.Entry::getKey)
        .filter(event -> !NOT_IN_THIS_RUN.contains(event))
        .collect(Collectors.toSet());
  }

  @Test
  void everyEventStandsWhereThePageSays() {
    assertThat(events(JOURNAL)).containsExactlyInAnyOrderElementsOf(documented("journal", "both"));
    assertThat(events(file)).containsExactlyInAnyOrderElementsOf(documented("file", "both"));
    assertThat(events(CHECKPOINT))
        .containsAll(documented("checkpoint"))
        .isSubsetOf(documented("journal", "both", "checkpoint"));
  }

  @Test
  void everyFieldHasARowAndNoneIsMadeUp() {
    assertThat(page.fields().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Field.values()).map(Field::text).toList());
  }

  @Test
  void everyFieldIsWrittenAndStandsWhereThePageSays() {
    Set<String> seen = new LinkedHashSet<>();
    for (List<JsonNode> lines : List.of(JOURNAL, CHECKPOINT, file)) {
      for (JsonNode line : lines) {
        String event = line.path("event").asText();
        for (Map.Entry<String, JsonNode> field : line.properties()) {
          assertThat(page.fields()).as(line.toString()).containsKey(field.getKey());
          assertThat(page.fields().get(field.getKey()).inEvent(event))
              .as("%s in %s", field.getKey(), event)
              .isTrue();
          within(field.getKey(), field.getValue(), seen);
        }
      }
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(page.fields().keySet());
  }

  private static void within(String name, JsonNode value, Set<String> seen) {
    seen.add(name);
    if (OF_FREE_NAMES.contains(name)) {
      return;
    }
    for (JsonNode object : value.isArray() ? value : List.of(value)) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        assertThat(page.fields()).as(name).containsKey(field.getKey());
        assertThat(page.fields().get(field.getKey()).objects())
            .as(field.getKey())
            .contains(name);
        within(field.getKey(), field.getValue(), seen);
      }
    }
  }

  @Test
  void linesOfAFileHaveNoNumberAndNoChecksum() {
    assertThat(JOURNAL).allMatch(line -> line.has("seq") && line.has("crc"));
    assertThat(file).noneMatch(line -> line.has("seq") || line.has("crc"));
  }

  @Test
  void whatTheLinesAddIsWhatWasSpent() {
    long journal =
        JOURNAL.stream().mapToLong(line -> line.path("spent_nano_usd").asLong()).sum();
    long told = file.stream()
        .filter(line -> !line.path("id").asText().equals("full"))
        .mapToLong(line -> line.path("spent_nano_usd").asLong())
        .sum();

    assertThat(journal).isPositive().isEqualTo(told);
  }
}
