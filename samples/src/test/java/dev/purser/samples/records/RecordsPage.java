package dev.purser.samples.records;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code docs/records.md} says.
 *
 * @param events the events, and in which files they stand
 * @param fields where each field stands
 */
record RecordsPage(String text, Map<String, String> events, Map<String, Where> fields) {

  private static final Path PAGE = Path.of("../docs/records.md");
  private static final Pattern WORD = Pattern.compile("`([^`]+)`");
  private static final Set<String> OUTCOMES = Set.of(
      "settled",
      "corrected",
      "estimated",
      "released",
      "abandoned",
      "written_off",
      "refused",
      "denied",
      "observed",
      "unmetered");
  private static final Set<String> CONTROLS =
      Set.of("grant", "freeze", "key", "write_off", "acknowledge");

  /**
   * Where a field stands.
   *
   * @param everywhere whether in every line
   * @param events the lines that it stands in
   * @param objects the objects that it stands in
   */
  record Where(boolean everywhere, Set<String> events, Set<String> objects) {

    private static Where of(String cell) {
      int nested = cell.indexOf("in `");
      String top = nested < 0 ? cell : cell.substring(0, nested);
      Set<String> events = words(top);
      if (top.contains("records") || top.contains("calls")) {
        events.addAll(OUTCOMES);
      }
      if (top.contains("calls")) {
        events.add("reserved");
      }
      if (top.contains("controls")) {
        events.addAll(CONTROLS);
      }
      return new Where(
          top.contains("every line"), events, words(nested < 0 ? "" : cell.substring(nested)));
    }

    boolean inEvent(String event) {
      return everywhere || events.contains(event);
    }
  }

  static RecordsPage read() throws IOException {
    String text = Files.readString(PAGE);
    Map<String, String> events = new LinkedHashMap<>();
    for (List<String> row : rows(text, "| event | what happened | in |")) {
      events.put(only(row.get(0)), row.get(2));
    }
    Map<String, Where> fields = new LinkedHashMap<>();
    for (List<String> row : rows(text, "| field | type | what it says | where |")) {
      if (fields.put(only(row.get(0)), Where.of(row.get(3))) != null) {
        throw new AssertionError(row.get(0) + " stands there twice");
      }
    }
    return new RecordsPage(text, events, fields);
  }

  private static List<List<String>> rows(String text, String head) {
    return text.substring(text.indexOf(head))
        .lines()
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> Stream.of(line.substring(2, line.length() - 2).split(" \\| ", -1))
            .map(String::strip)
            .toList())
        .toList();
  }

  private static String only(String cell) {
    return words(cell).iterator().next();
  }

  private static Set<String> words(String text) {
    Set<String> words = new LinkedHashSet<>();
    for (Matcher word = WORD.matcher(text); word.find(); ) {
      words.add(word.group(1));
    }
    return words;
  }

  /** Returns the blocks of a language, in their order. */
  List<String> blocks(String language) {
    List<String> blocks = new ArrayList<>();
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(text);
    while (block.find()) {
      blocks.add(block.group(1));
    }
    return blocks;
  }
}
