package dev.purser.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Alert;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes and reads an alert.
 *
 * @param delivered whether every sink for alerts has taken it, or that it is over
 * @param over whether what it tells of is over, or somebody has acknowledged it
 */
public record AlertLine(Alert alert, boolean delivered, boolean over) {

  /** Writes the line and leaves it open. */
  public JsonLine write(JsonLine line, Instant now) {
    RecordLine.begin(line, "alert", now)
        .text(Field.KIND, alert.kind().name().toLowerCase(Locale.ROOT))
        .text(Field.SEVERITY, alert.severity().name().toLowerCase(Locale.ROOT))
        .text(Field.SUBJECT, alert.subject())
        .text(Field.OWNER, alert.owner().isEmpty() ? null : alert.owner())
        .text(Field.MESSAGE, alert.message())
        .instant(Field.STARTED_AT, alert.at())
        .text(Field.DEDUPE, alert.key());
    if (alert.until() != null) {
      line.instant(Field.UNTIL, alert.until());
    }
    if (!alert.facts().isEmpty()) {
      line.object(Field.FACTS);
      alert.facts().forEach(line::text);
      line.endObject();
    }
    texts(line, Field.SESSIONS, alert.sessions());
    texts(line, Field.MODELS, alert.models());
    texts(line, Field.NEXT, alert.next());
    return line.flag(Field.DELIVERED, delivered).flag(Field.OVER, over);
  }

  private static void texts(JsonLine line, Field field, Iterable<String> texts) {
    if (texts.iterator().hasNext()) {
      line.texts(field, texts);
    }
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static AlertLine read(JsonNode line) {
    SortedMap<String, String> facts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> fact : line.path(Field.FACTS.text()).properties()) {
      facts.put(fact.getKey(), fact.getValue().asText());
    }
    Alert plain = new Alert(
        Fields.read(line, Field.KIND, word -> Alert.Kind.valueOf(word.toUpperCase(Locale.ROOT))),
        Fields.read(line, Field.SUBJECT, text -> text),
        Fields.read(line, Field.MESSAGE, text -> text),
        Fields.instant(line, Field.STARTED_AT));
    Alert.Severity severity = line.has(Field.SEVERITY.text())
        ? Fields.read(
            line, Field.SEVERITY, word -> Alert.Severity.valueOf(word.toUpperCase(Locale.ROOT)))
        : plain.severity();
    String key = Fields.read(line, Field.DEDUPE, text -> text);
    Alert alert = new Alert(
        plain.kind(),
        severity,
        plain.subject(),
        line.path(Field.OWNER.text()).asText(),
        plain.message(),
        key,
        facts,
        Fields.texts(line, Field.SESSIONS),
        Fields.texts(line, Field.MODELS),
        Fields.texts(line, Field.NEXT),
        plain.at(),
        line.has(Field.UNTIL.text()) ? Fields.instant(line, Field.UNTIL) : null);
    return new AlertLine(
        alert,
        line.path(Field.DELIVERED.text()).asBoolean(),
        line.path(Field.OVER.text()).asBoolean());
  }
}
