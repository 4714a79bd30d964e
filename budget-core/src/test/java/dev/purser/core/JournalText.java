package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Reads the files of a journal as a stranger would, by {@code docs/records.md} alone and without the code
 * that wrote them: the sum of {@code spent_nano_usd} is what was spent.
 */
final class JournalText {

  private static final Pattern FILE = Pattern.compile("spend-[0-9-]{10}-(\\d+).*");
  private static final ObjectReader JSON = JsonMapper.builder().build().reader();
  private static final Set<String> ENDINGS =
      Set.of("settled", "estimated", "released", "abandoned", "written_off");

  /** What the lines of one call say. */
  static final class Call {
    long spent;
    long reserved;
    boolean open;
  }

  private final Map<String, Call> calls = new HashMap<>();
  private long spent;
  private long lines;
  private int files;
  private boolean cut;

  private JournalText() {}

  /** Reads a folder in which nobody writes. */
  static JournalText read(Path folder) throws IOException {
    JournalText text = new JournalText();
    Map<Long, Path> segments = segments(folder);
    for (Path file : segments.values()) {
      assertThat(text.cut).as("a cut line that is not the last, before " + file).isFalse();
      text.file(file);
    }
    return text;
  }

  /** Returns the files in order; one that was just compressed may stand there twice. */
  private static Map<Long, Path> segments(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.flatMap(file -> number(file).map(number -> Map.entry(number, file)))
          .collect(Collectors.toMap(
              Map.Entry::getKey, Map.Entry::getValue, (a, b) -> zipped(a) ? b : a, TreeMap::new));
    }
  }

  private static Stream<Long> number(Path file) {
    Matcher form = FILE.matcher(file.getFileName().toString());
    return form.matches() ? Stream.of(Long.valueOf(form.group(1))) : Stream.empty();
  }

  private static boolean zipped(Path file) {
    return file.toString().endsWith(".gz");
  }

  private void file(Path file) throws IOException {
    files++;
    byte[] bytes;
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = zipped(file) ? new GZIPInputStream(raw) : raw) {
      bytes = in.readAllBytes();
    }
    int from = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        line(JSON.readTree(bytes, from, at - from));
        from = at + 1;
      }
    }
    cut = from < bytes.length;
  }

  private void line(JsonNode line) {
    lines++;
    assertThat(line.path("seq").asLong()).as("lines are numbered without a gap").isEqualTo(lines);
    String event = line.path("event").asText();
    boolean begins = event.equals("reserved");
    if (begins || ENDINGS.contains(event)) {
      Call call = calls.computeIfAbsent(line.path("id").asText(), unseen -> new Call());
      call.open = begins;
      call.reserved = line.path("reserved_nano_usd").asLong();
      call.spent += line.path("spent_nano_usd").asLong();
      spent += line.path("spent_nano_usd").asLong();
    }
  }

  /** Returns what was spent, in nano-dollars. */
  long spent() {
    return spent;
  }

  /** Returns the calls that were reserved, by id. */
  Map<String, Call> calls() {
    return calls;
  }

  /** Returns the calls that nobody ended. */
  List<Call> open() {
    return calls.values().stream().filter(call -> call.open).toList();
  }

  int files() {
    return files;
  }

  /** Whether the last line of the last file has no end. */
  boolean cut() {
    return cut;
  }

  @Override
  public String toString() {
    return files + " files, " + lines + " lines, " + calls.size() + " calls";
  }
}
