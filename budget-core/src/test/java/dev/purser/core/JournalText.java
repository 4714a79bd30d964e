package dev.purser.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
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
    Path slate = folder.resolve(".slate");
    if (Files.exists(slate)) {
      byte[] bytes = Files.readAllBytes(slate);
      for (int half = 0; half < bytes.length; half += bytes.length / 2) {
        text.slate(Arrays.copyOfRange(bytes, half, half + bytes.length / 2));
      }
    }
    return text;
  }

  /** Lines that go on where the last file ends; what stands there besides is older, or cut. */
  private void slate(byte[] half) throws IOException {
    int from = 0;
    for (int at = 0; at < half.length; at++) {
      if (half[at] == '\n') {
        byte[] line = Arrays.copyOfRange(half, from, at);
        if (!isWhole(line)) {
          return;
        }
        JsonNode read = JSON.readTree(line);
        if (read.path("seq").asLong() == lines + 1) {
          line(read);
          cut = false; // it is the one that is cut there
        }
        from = at + 1;
      }
    }
  }

  private static boolean isWhole(byte[] line) {
    String text = new String(line, UTF_8);
    int sum = text.lastIndexOf(",\"crc\":\"");
    if (sum < 0) {
      return false;
    }
    CRC32C crc = new CRC32C();
    crc.update(text.substring(0, sum).getBytes(UTF_8));
    return text.substring(sum).equals(",\"crc\":\"%08x\"}".formatted(crc.getValue()));
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
    // One that holds no line yet was begun just then, and is begun again.
    cut = from > 0 && from < bytes.length;
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
