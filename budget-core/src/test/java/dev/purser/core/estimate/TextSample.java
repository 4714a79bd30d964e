package dev.purser.core.estimate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A text to measure estimates with; written or generated for these tests.
 *
 * @param group what kind of text it is
 * @param name what the page calls it
 */
record TextSample(Group group, String name, String text) {

  /** Kinds of text, and what share of the tokens a bound may be, in percent. */
  enum Group {
    LATIN("Languages in Latin letters", 100, 160),
    OTHER_SCRIPTS("Other scripts", 100, 165),
    CODE("Code and markup", 100, 160),
    DATA("Data", 98, 180),
    /** Which of the tens of thousands of characters are rare, no rule of ours can tell. */
    UNUSUAL("Unusual", 50, 100);

    private final String title;
    private final int minPercent;
    private final int maxPercent;

    Group(String title, int minPercent, int maxPercent) {
      this.title = title;
      this.minPercent = minPercent;
      this.maxPercent = maxPercent;
    }

    String title() {
      return title;
    }

    int minPercent() {
      return minPercent;
    }

    int maxPercent() {
      return maxPercent;
    }
  }

  private static final List<String> CODE = List.of(
      "Java",
      "Python",
      "TypeScript",
      "Go",
      "Rust",
      "C",
      "SQL",
      "Shell",
      "HTML",
      "CSS",
      "XML",
      "YAML",
      "LaTeX",
      "Markdown",
      "Diff",
      "Minified JavaScript");

  /** Returns every sample, in the order of the page. */
  static List<TextSample> all() {
    List<TextSample> all = new ArrayList<>();
    languages().forEach(all::add);
    CODE.forEach(
        name -> all.add(new TextSample(Group.CODE, name, resource("code/" + name + ".txt"))));
    all.add(new TextSample(Group.DATA, "Stack trace", resource("code/Stack trace.txt")));
    for (DataSample data : DataSample.values()) {
      Group group = data == DataSample.RARE_HAN ? Group.UNUSUAL : Group.DATA;
      all.add(new TextSample(group, data.title(), data.text()));
    }
    return all;
  }

  private static Stream<TextSample> languages() {
    return resource("languages.txt")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", 2))
        .map(line -> new TextSample(group(line[1]), line[0], line[1]));
  }

  private static Group group(String text) {
    long latin = text.chars().filter(c -> c < 0x80).count();
    return latin * 2 > text.length() ? Group.LATIN : Group.OTHER_SCRIPTS;
  }

  private static String resource(String name) {
    try (InputStream in = TextSample.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
