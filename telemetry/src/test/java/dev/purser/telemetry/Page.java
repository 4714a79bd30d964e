package dev.purser.telemetry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, read for its tables; tests run in the module's folder. */
record Page(List<String> lines) {

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  static Page of(String name) {
    try {
      return new Page(Files.readAllLines(Path.of("..", "docs", name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the rows of all tables whose head begins with these cells. */
  List<List<String>> rows(String... head) {
    List<List<String>> rows = new ArrayList<>();
    boolean within = false;
    for (String line : lines) {
      if (!line.startsWith("|")) {
        within = false;
      } else if (within) {
        rows.add(cells(line));
      } else {
        List<String> cells = cells(line);
        within = cells.size() >= head.length && cells.subList(0, head.length).equals(List.of(head));
      }
    }
    rows.removeIf(row -> row.get(0).startsWith("--"));
    return rows;
  }

  private static List<String> cells(String line) {
    return Stream.of(line.substring(1).split("\\|", -1)).map(String::strip).toList();
  }

  static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map((MatchResult code) -> code.group(1)).toList();
  }
}
