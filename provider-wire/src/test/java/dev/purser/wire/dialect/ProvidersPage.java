package dev.purser.wire.dialect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code docs/providers.md}, taken apart: its tables, and the answers that it shows.
 *
 * @param lines its lines
 */
record ProvidersPage(List<String> lines) {

  private static final Path PAGE = Path.of("..", "docs", "providers.md");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final String FENCE = "```";

  /** Tests run in the module's folder. */
  static ProvidersPage read() throws IOException {
    return new ProvidersPage(Files.readAllLines(PAGE));
  }

  /** Returns the cells of all rows of the tables whose first column is headed so. */
  List<List<String>> rows(String firstColumn) {
    List<List<String>> rows = new ArrayList<>();
    boolean inside = false;
    for (String line : lines) {
      if (line.startsWith("| " + firstColumn + " |")) {
        inside = true;
      } else if (!line.startsWith("|")) {
        inside = false;
      } else if (inside && !line.startsWith("|-")) {
        rows.add(cells(line));
      }
    }
    return rows;
  }

  private static List<String> cells(String line) {
    String inner = line.substring(1, line.lastIndexOf('|'));
    List<String> cells = new ArrayList<>();
    for (String cell : inner.split("\\|", -1)) {
      cells.add(cell.strip());
    }
    return cells;
  }

  /** Returns what stands in backticks. */
  static List<String> codes(String text) {
    List<String> codes = new ArrayList<>();
    Matcher matcher = CODE.matcher(text);
    while (matcher.find()) {
      codes.add(matcher.group(1));
    }
    return codes;
  }

  List<DocumentedApi> apis() {
    return rows("API").stream().map(DocumentedApi::of).toList();
  }

  /** Returns the answers that are shown, each with the request before it, if one is shown. */
  List<DocumentedAnswer> answers() {
    List<DocumentedAnswer> answers = new ArrayList<>();
    String request = "";
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).startsWith(FENCE)) {
        continue;
      }
      String[] info = lines.get(i).substring(FENCE.length()).split(" ", -1);
      int end = i + 1;
      while (!lines.get(end).equals(FENCE)) {
        end++;
      }
      List<String> block = List.copyOf(lines.subList(i + 1, end));
      if (info.length == 2 && info[1].equals("request")) {
        request = String.join("\n", block);
      } else if (info.length == 4) {
        Exchange exchange = new Exchange(info[2], info[3], request, info[0], block);
        answers.add(new DocumentedAnswer(i + 1, info[1], exchange, said(end + 1)));
        request = "";
      }
      i = end;
    }
    return answers;
  }

  /** Returns the first code of the next paragraph. */
  private String said(int from) {
    int line = from;
    while (lines.get(line).isBlank()) {
      line++;
    }
    List<String> codes = codes(lines.get(line));
    return codes.isEmpty() ? "" : codes.get(0);
  }
}
