package dev.purser.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page says what was measured, and no more. */
class EstimatesPageTest {

  private static final Path PAGE = Path.of("..", "docs", "estimates.md");

  private static String page() throws IOException {
    return Files.readString(PAGE).replace("\r\n", "\n");
  }

  private static String table(TextSample.Group group, List<Measured> all) {
    StringBuilder table = new StringBuilder();
    table
        .append("### ")
        .append(group.title())
        .append("\n\n| text | characters | o200k | bound | cl100k | bound | strict |\n")
        .append("|---|--:|--:|--:|--:|--:|--:|\n");
    all.stream()
        .filter(measured -> measured.sample().group() == group)
        .forEach(measured -> table.append(measured.row()).append('\n'));
    return table.toString();
  }

  @Test
  void theTablesAreThoseOfThisRun() throws IOException {
    List<Measured> all = Measured.all();
    StringBuilder tables = new StringBuilder();
    for (TextSample.Group group : TextSample.Group.values()) {
      tables.append(table(group, all)).append('\n');
    }
    // Where to copy them from when the rules or the samples have changed.
    Files.writeString(Path.of("target", "estimates-tables.md"), tables);

    assertThat(page()).as("docs/estimates.md, whose tables are in target").contains(tables);
  }

  @Test
  void thePageNamesTheLimitsThatTheTestsHold() throws IOException {
    String page = page();

    for (TextSample.Group group : TextSample.Group.values()) {
      assertThat(page)
          .contains("| " + group.title() + " | " + group.minPercent() + " % | " + group.maxPercent()
              + " % |");
    }
  }

  @Test
  void thePageNamesWhatEachFamilyAdds() throws IOException {
    String page = page();

    for (FamilyOverhead.Named named : FamilyOverhead.ALL) {
      FamilyOverhead overhead = named.overhead();
      assertThat(page)
          .contains("| " + named.name() + " | " + overhead.percent() + " % | " + overhead.request()
              + " | " + overhead.tools() + " | " + overhead.tool() + " |");
    }
  }
}
