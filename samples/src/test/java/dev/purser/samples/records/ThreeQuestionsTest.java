package dev.purser.samples.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.purser.samples.records.SpentDays.Cost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/records.md} answer over a real folder what the test computes itself. */
class ThreeQuestionsTest {

  private static final LocalDate MONDAY = LocalDate.parse("2026-11-16");

  @TempDir
  private static Path above;

  private static List<Cost> costs;
  private static RecordsPage page;

  @BeforeAll
  static void writeAFolder() throws IOException {
    page = RecordsPage.read();
    costs = new SpentDays(above.resolve("spend")).write();
  }

  @Test
  void thePageHasThreeQuestionsInBothLanguages() {
    assertThat(page.blocks("sql")).hasSize(4);
    assertThat(page.blocks("sh")).hasSize(3);
  }

  @Test
  void theFolderHasPlainAndCompressedFiles() throws IOException {
    try (Stream<Path> files = Files.list(above.resolve("spend"))) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertThat(names)
          .filteredOn(name -> name.matches("spend-.*\\.jsonl\\.gz"))
          .isNotEmpty();
      assertThat(names).filteredOn(name -> name.matches("spend-.*\\.jsonl")).isNotEmpty();
    }
  }

  @Test
  void whatWasSpentLastWeekByTeamAndModel() throws Exception {
    List<List<String>> rows = sql(1);

    assertThat(rows).isEqualTo(lastWeek()).hasSizeGreaterThan(4);
    assertThat(jq(0)).isEqualTo(rows);
  }

  private static List<List<String>> lastWeek() {
    return ordered(costs.stream()
        .filter(cost -> !cost.day().isBefore(MONDAY) && cost.day().isBefore(MONDAY.plusDays(7)))
        .collect(
            groupingBy(cost -> List.of(cost.team(), cost.model()), summingLong(Cost::nanoUsd))));
  }

  @Test
  void theTenDearestSessionsWithTheirSubAgents() throws Exception {
    List<List<String>> rows = sql(2);

    assertThat(rows)
        .hasSize(10)
        .isEqualTo(ordered(costs.stream()
                .collect(
                    groupingBy(cost -> List.of(cost.topSession()), summingLong(Cost::nanoUsd))))
            .subList(0, 10));
    assertThat(jq(1)).isEqualTo(rows);
  }

  @Test
  void theKeyThatSpiked() throws Exception {
    Map<String, TreeMap<LocalDate, Long>> days = costs.stream()
        .collect(groupingBy(
            cost -> String.valueOf(cost.who().key()),
            groupingBy(Cost::day, TreeMap::new, summingLong(Cost::nanoUsd))));

    for (List<List<String>> rows : List.of(sql(3), jq(2))) {
      assertThat(rows).extracting(row -> row.get(0)).containsExactly("bob", "alice");
      for (List<String> row : rows) {
        TreeMap<LocalDate, Long> spent = days.get(row.get(0));
        double mean = spent.headMap(SpentDays.TODAY, false).descendingMap().values().stream()
            .limit(7)
            .mapToLong(each -> each)
            .average()
            .orElseThrow();
        assertThat(row.get(1)).isEqualTo(spent.get(SpentDays.TODAY).toString());
        assertThat(Double.parseDouble(row.get(2))).isCloseTo(mean, within(1.0));
        assertThat(Double.parseDouble(row.get(3)))
            .isCloseTo(spent.get(SpentDays.TODAY) / mean, within(1e-6));
      }
    }
  }

  /** The most first; of those that cost the same, by name. */
  private static List<List<String>> ordered(Map<List<String>, Long> sums) {
    return sums.entrySet().stream()
        .sorted(Map.Entry.<List<String>, Long>comparingByValue(Comparator.reverseOrder())
            .thenComparing(sum -> String.join(" ", sum.getKey())))
        .map(
            sum -> Stream.concat(sum.getKey().stream(), Stream.of(sum.getValue().toString()))
                .toList())
        .toList();
  }

  private static List<List<String>> sql(int block) throws SQLException {
    List<String> blocks = page.blocks("sql");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("set autoinstall_known_extensions = false");
      statement.execute("set autoload_known_extensions = false");
      statement.execute("set file_search_path = '" + above + "'");
      statement.execute(blocks.get(0));
      try (ResultSet result = statement.executeQuery(blocks.get(block))) {
        List<List<String>> rows = new ArrayList<>();
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.add(result.getString(i));
          }
          rows.add(row);
        }
        return rows;
      }
    }
  }

  private static List<List<String>> jq(int block) throws IOException, InterruptedException {
    assumeTrue(
        Stream.of("/usr/bin/jq", "/usr/local/bin/jq", "/opt/homebrew/bin/jq")
            .anyMatch(file -> Files.isExecutable(Path.of(file))),
        "jq is not installed");
    Path script =
        Files.writeString(above.resolve("question-" + block), page.blocks("sh").get(block));
    Path out = above.resolve("answer-" + block);
    Process shell = new ProcessBuilder("bash", "-euo", "pipefail", script.toString())
        .directory(above.toFile())
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .start();
    assertThat(shell.waitFor(1, TimeUnit.MINUTES)).isTrue();
    String text = Files.readString(out, UTF_8);
    assertThat(shell.exitValue()).as(text).isZero();
    return text.lines().map(line -> List.of(line.split("\t", -1))).toList();
  }
}
