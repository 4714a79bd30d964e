package dev.purser.wire.corpus;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The recorded exchanges, where they are: {@code corpus.dir} names the folder, and {@code
 * corpus.filter} those to look at, as a regular expression that is found in their ids.
 */
public final class Corpus {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path EXCHANGES =
      Path.of(System.getProperty("corpus.dir", "../../shared/corpus"), "exchanges");
  private static final Pattern FILTER = Pattern.compile(System.getProperty("corpus.filter", ""));

  private Corpus() {}

  /** Whether it is there. */
  public static boolean isPresent() {
    return Files.isDirectory(EXCHANGES);
  }

  /** Says where it was looked for. */
  public static String absence() {
    return "no corpus at corpus.dir: " + EXCHANGES;
  }

  /** Reads the exchanges that pass the filter, in the order of their ids; none if it is not there. */
  public static List<Exchange> exchanges() {
    if (!isPresent()) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(EXCHANGES)) {
      return files
          .filter(file -> FILTER.matcher(id(file)).find())
          .sorted()
          .map(Corpus::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String id(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
  }

  private static Exchange read(Path file) {
    try {
      return new Exchange(id(file), MAPPER.readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
