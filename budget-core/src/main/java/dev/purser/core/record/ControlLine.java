package dev.purser.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.ControlRecord;
import dev.purser.api.ControlRecord.Kind;
import dev.purser.api.VirtualKey;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes and reads what somebody did to the budgets. */
public final class ControlLine {

  private ControlLine() {}

  /**
   * Writes a record; the line is left open.
   *
   * @param key the key as it is now, of a record that tells of one
   */
  public static JsonLine of(JsonLine line, ControlRecord record, @Nullable VirtualKey key) {
    RecordLine.begin(line, event(record.kind()), record.at())
        .text(Field.ACTION, record.kind().name().toLowerCase(Locale.ROOT))
        .text(Field.SUBJECT, record.subject())
        .text(Field.BY, record.by())
        .text(Field.WHY, record.why());
    if (!record.facts().isEmpty()) {
      line.object(Field.FACTS);
      for (Map.Entry<String, String> fact : record.facts().entrySet()) {
        line.text(fact.getKey(), fact.getValue());
      }
      line.endObject();
    }
    if (key != null) {
      KeyLine.write(line, key);
    }
    return line;
  }

  private static String event(Kind kind) {
    return switch (kind) {
      case KEY_MINTED, KEY_ROTATED, KEY_REVOKED -> "key";
      case FROZEN, UNFROZEN -> "freeze";
      case GRANTED, GRANT_ENDED -> "grant";
      case WRITTEN_OFF -> "write_off";
      case ACKNOWLEDGED -> "acknowledge";
    };
  }

  /**
   * Reads a record.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static ControlRecord read(JsonNode line) {
    SortedMap<String, String> facts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> fact : line.path(Field.FACTS.text()).properties()) {
      facts.put(fact.getKey(), fact.getValue().asText());
    }
    return new ControlRecord(
        Fields.read(line, Field.ACTION, word -> Kind.valueOf(word.toUpperCase(Locale.ROOT))),
        Fields.read(line, Field.SUBJECT, text -> text),
        Fields.read(line, Field.BY, text -> text),
        line.path(Field.WHY.text()).asText(),
        Fields.instant(line, Field.TIME),
        facts);
  }
}
