package dev.purser.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A page of the documentation. */
public record Markdown(Path page) {

  /** Tests run in the module's folder. */
  private static final Path ROOT = Path.of("..");

  public static Markdown of(String page) {
    return new Markdown(ROOT.resolve(page));
  }

  /**
   * A block between fences.
   *
   * @param info what stands behind the opening fence
   * @param line the line of the page that the block starts on
   */
  public record Block(String info, int line, List<String> lines) {

    String text() {
      return String.join("\n", lines) + "\n";
    }

    @Override
    public String toString() {
      return info + ", line " + line;
    }
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("```")) {
        int end = i + 1;
        while (!lines.get(end).equals("```")) {
          end++;
        }
        blocks.add(
            new Block(lines.get(i).substring(3), i + 2, List.copyOf(lines.subList(i + 1, end))));
        i = end;
      }
    }
    return blocks;
  }

  public List<Block> blocks(String info) {
    return blocks().stream().filter(block -> block.info().equals(info)).toList();
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
