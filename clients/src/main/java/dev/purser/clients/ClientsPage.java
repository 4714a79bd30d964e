package dev.purser.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The table of {@code docs/clients.md}, composed of what runs wrote down. */
public final class ClientsPage {

  private static final String BEGIN = "<!-- written by the run: begin -->\n";
  private static final String END = "<!-- written by the run: end -->\n";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> rows;

  private ClientsPage(List<JsonNode> rows) {
    this.rows = rows;
  }

  /** Reads the rows of several modules, given their folders. */
  public static ClientsPage of(Path... modules) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (Path module : modules) {
      try (Stream<Path> files = Files.list(module.resolve("target").resolve("clients"))) {
        for (Path file : files.toList()) {
          rows.add(JSON.readTree(file.toFile()));
        }
      }
    }
    rows.sort(Comparator.comparing(row -> row.get("api").asText() + name(row)));
    rows.sort(Comparator.comparing(ClientsPage::name));
    return new ClientsPage(rows);
  }

  private static String name(JsonNode row) {
    return row.get("name").asText() + ", " + row.get("mode").asText();
  }

  /** Returns how many clients were seen. */
  public int clients() {
    return rows.size();
  }

  /** Returns the table. */
  public String table() {
    StringBuilder table = new StringBuilder("| client | API | how Purser is put in |");
    StringBuilder rule = new StringBuilder("|---|---|---|");
    for (Scenario scenario : Scenario.values()) {
      table.append(' ').append(scenario.column()).append(" |");
      rule.append("---|");
    }
    table.append('\n').append(rule).append('\n');
    for (JsonNode row : rows) {
      table
          .append("| ")
          .append(name(row))
          .append(" | ")
          .append(row.get("api").asText().toLowerCase(Locale.ROOT))
          .append(" | ")
          .append(row.get("way").asText())
          .append(" |");
      for (Scenario scenario : Scenario.values()) {
        JsonNode shown = row.get("shown").get(scenario.name());
        table.append(shown == null ? " not run |" : shown.asBoolean() ? " yes |" : " no |");
      }
      table.append('\n');
    }
    return table.toString();
  }

  /** Returns the page's text with this table in it. */
  public String in(String page) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException("The page has no place for its table");
    }
    return page.substring(0, begin + BEGIN.length()) + table() + page.substring(end);
  }
}
