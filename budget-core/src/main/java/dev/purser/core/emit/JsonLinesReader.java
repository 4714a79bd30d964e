package dev.purser.core.emit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.purser.api.Attribution;
import dev.purser.api.ModelId;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.api.Usd;
import dev.purser.spi.Amounts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Reads what calls were charged, as a {@link JsonLinesSink} wrote it. */
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
    void line(long number, String why);
  }

  private static final ObjectReader JSON = JsonMapper.builder()
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build()
      .reader();

  private final Map<String, Charge> byId = new HashMap<>();
  private long records;

  private JsonLinesReader() {}

  /**
   * Reads a file to its end. A later record of a call replaces the one before.
   *
   * @throws IOException if the file cannot be read
   */
  public static Contents read(Path file, Unreadable unreadable) throws IOException {
    JsonLinesReader reader = new JsonLinesReader();
    // Bytes that are no text, as of a line that was cut, are that line's problem.
    try (BufferedReader lines = new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      long number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        try {
          reader.take(JSON.readTree(line));
        } catch (JsonProcessingException e) {
          unreadable.line(number, "not JSON");
        } catch (IllegalArgumentException | ArithmeticException e) {
          unreadable.line(number, "no record: " + e.getMessage());
        }
        number++;
      }
    }
    return new Contents(
        reader.records,
        reader.byId.values().stream().sorted(Comparator.comparing(Charge::at)).toList());
  }

  private void take(JsonNode record) {
    if (record.isMissingNode()) {
      return; // an empty line
    }
    if (!record.has("control")) { // what somebody did costs nothing
      takeCall(record);
    }
    records++;
  }

  private void takeCall(JsonNode record) {
    String id = read(record, "id", JsonLinesReader::filled);
    switch (read(record, "outcome", word -> Outcome.valueOf(word.toUpperCase(Locale.ROOT)))) {
      case SETTLED, CORRECTED, ABANDONED, ESTIMATED -> byId.put(id, charge(record));
      case RELEASED, WRITTEN_OFF -> byId.remove(id);
      case REFUSED, DENIED, OBSERVED, UNMETERED -> {}
    }
  }

  private static Charge charge(JsonNode record) {
    Usage usage = usage(record.path("usage"));
    long cost = read(record, "cost_usd", Usd::of).nanos();
    return new Charge(
        read(record, "started_at", Instant::parse),
        attribution(record.path("attribution")),
        ModelId.of(
            read(record, "provider", JsonLinesReader::filled),
            record.path("model").asText()),
        new Amounts(cost, usage.inputTokens(), usage.outputTokens(), 1));
  }

  private static Usage usage(JsonNode counts) {
    Usage.Builder usage = Usage.builder();
    for (UsageKind kind : UsageKind.values()) {
      JsonNode count = counts.path(kind.name().toLowerCase(Locale.ROOT));
      if (!count.isMissingNode() && !count.canConvertToExactIntegral()) {
        throw new IllegalArgumentException("usage cannot be read");
      }
      usage.add(kind, count.longValue());
    }
    return usage.build();
  }

  private static Attribution attribution(JsonNode parts) {
    Attribution who = Attribution.NONE;
    who = with(who, parts.path("key"), Attribution::withKey);
    who = with(who, parts.path("user"), Attribution::user);
    who = with(who, parts.path("team"), Attribution::team);
    who = with(who, parts.path("session"), Attribution::session);
    who = with(who, parts.path("task_class"), Attribution::taskClass);
    for (Map.Entry<String, JsonNode> tag : parts.path("tags").properties()) {
      who = who.tag(tag.getKey(), tag.getValue().asText());
    }
    List<String> ancestors = new ArrayList<>();
    if (parts.path("parent_session").isTextual()) {
      ancestors.add(parts.path("parent_session").textValue());
    }
    parts.path("sessions_above_parent").forEach(above -> ancestors.add(above.asText()));
    return who.ancestors(ancestors);
  }

  private static Attribution with(
      Attribution who, JsonNode part, BiFunction<Attribution, String, Attribution> setter) {
    return part.isTextual() ? setter.apply(who, part.textValue()) : who;
  }

  private static String filled(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("empty");
    }
    return text;
  }

  /** Does not repeat what cannot be read: the file may be another, with secrets in it. */
  private static <T> T read(JsonNode record, String name, Function<String, T> words) {
    JsonNode value = record.path(name);
    try {
      return words.apply(value.isTextual() ? value.textValue() : "");
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException(name + " is missing or cannot be read", e);
    }
  }
}
