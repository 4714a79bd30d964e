package dev.purser.core.emit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.purser.api.Attribution;
import dev.purser.api.ModelId;
import dev.purser.core.record.CallLine;
import dev.purser.core.record.CallReader;
import dev.purser.core.record.Field;
import dev.purser.core.record.Fields;
import dev.purser.spi.Amounts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Reads what calls were charged, as a {@link JsonLinesSink} wrote it, or a journal: all segments of a
 * folder, compressed or not. A call that a journal says is open counts what it holds.
 */
public final class JsonLinesReader {

  /** What a call was charged in the end, and when it was admitted. */
  public record Charge(Instant at, Attribution who, ModelId model, Amounts amounts) {}

  /**
   * What a file holds.
   *
   * @param records how many of its lines are records
   * @param charges what was charged in the end, in the order in which the calls were admitted
   */
  public record Contents(long records, List<Charge> charges) {
    /** Copies the list. */
    public Contents {
      charges = List.copyOf(charges);
    }
  }

  /** Is told of a line, from 1, that is no record. */
  @FunctionalInterface
  public interface Unreadable {
    /** Takes note of a line, and why it is none. */
    void line(Path file, long number, String why);
  }

  /** The segments of a journal; the number alone says their order. */
  private static final Pattern SEGMENT =
      Pattern.compile("spend-\\d{4}-\\d{2}-\\d{2}-(\\d+)(?:-[0-9a-f]{8})?\\.jsonl(?:\\.gz)?");

  private static final Set<String> EVENTS = Set.of(
      "reserved",
      "settled",
      "corrected",
      "estimated",
      "released",
      "abandoned",
      "written_off",
      "refused",
      "denied",
      "observed",
      "unmetered",
      "grant",
      "freeze",
      "key",
      "write_off",
      "acknowledge",
      "history",
      "alert",
      "config",
      "segment",
      "resumed");

  private static final ObjectReader JSON = JsonMapper.builder()
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build()
      .reader();

  private final CallReader calls = new CallReader();
  private final Map<String, Charge> byId = new HashMap<>();
  private long records;

  private JsonLinesReader() {}

  /**
   * Reads a file, or the segments of a folder, to the end. A later record of a call replaces the one
   * before.
   *
   * @throws IOException if one cannot be read
   */
  public static Contents read(Path path, Unreadable unreadable) throws IOException {
    JsonLinesReader reader = new JsonLinesReader();
    if (Files.isDirectory(path)) {
      Map<Long, Path> segments = segments(path);
      if (segments.isEmpty()) {
        throw new NoSuchFileException("there is no file of a journal in it");
      }
      for (Map.Entry<Long, Path> segment : segments.entrySet()) {
        reader.segment(path, segment.getKey(), segment.getValue(), unreadable);
      }
    } else {
      reader.file(path, unreadable);
    }
    return new Contents(
        reader.records,
        reader.byId.values().stream().sorted(Comparator.comparing(Charge::at)).toList());
  }

  /** Of one that is just being compressed, the one that is not. */
  private static Map<Long, Path> segments(Path folder) throws IOException {
    Map<Long, Path> byNumber = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> {
        Matcher name = SEGMENT.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          byNumber.merge(Long.parseLong(name.group(1)), file, (a, b) -> compressed(a) ? b : a);
        }
      });
    }
    return byNumber;
  }

  /** The guard may have compressed it since it was listed. */
  private void segment(Path folder, Long number, Path file, Unreadable unreadable)
      throws IOException {
    try {
      file(file, unreadable);
    } catch (NoSuchFileException e) {
      Path now = segments(folder).get(number);
      if (now == null || now.equals(file)) {
        throw e;
      }
      file(now, unreadable);
    }
  }

  private static boolean compressed(Path file) {
    return file.toString().endsWith(".gz");
  }

  private void file(Path file, Unreadable unreadable) throws IOException {
    // Bytes that are no text, as of a line that was cut, are that line's problem.
    try (InputStream raw = Files.newInputStream(file);
        BufferedReader lines = new BufferedReader(new InputStreamReader(
            compressed(file) ? new GZIPInputStream(raw) : raw, StandardCharsets.UTF_8))) {
      long number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        try {
          take(JSON.readTree(line));
        } catch (JsonProcessingException e) {
          unreadable.line(file, number, "not JSON");
        } catch (IllegalArgumentException | ArithmeticException e) {
          unreadable.line(file, number, "no record: " + e.getMessage());
        }
        number++;
      }
    }
  }

  private static String known(String event) {
    if (!EVENTS.contains(event)) {
      throw new IllegalArgumentException("unknown");
    }
    return event;
  }

  private void take(JsonNode record) {
    if (record.isMissingNode()) {
      return; // an empty line
    }
    String event = Fields.read(record, Field.EVENT, JsonLinesReader::known);
    switch (event) {
      case "reserved", "settled", "corrected", "estimated", "abandoned" -> {
        CallLine call = calls.read(event, record);
        byId.put(call.id(), new Charge(call.at(), call.who(), call.model(), call.amounts()));
      }
      case "released", "written_off" -> byId.remove(calls.read(event, record).id());
      default -> {} // costs nothing
    }
    records++;
  }
}
