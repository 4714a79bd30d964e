package dev.purser.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Alert;
import java.time.Instant;
import java.util.Locale;

/**
 * Writes and reads an alert.
 *
 * @param key what it is told once for
 * @param delivered whether every sink for alerts has taken it
 */
public record AlertLine(Alert alert, String key, boolean delivered) {

  /** Writes the line and leaves it open. */
  public JsonLine write(JsonLine line, Instant now) {
    return RecordLine.begin(line, "alert", now)
        .text(Field.KIND, alert.kind().name().toLowerCase(Locale.ROOT))
        .text(Field.SUBJECT, alert.subject())
        .text(Field.MESSAGE, alert.message())
        .instant(Field.STARTED_AT, alert.at())
        .text(Field.DEDUPE, key)
        .flag(Field.DELIVERED, delivered);
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static AlertLine read(JsonNode line) {
    Alert alert = new Alert(
        Fields.read(line, Field.KIND, word -> Alert.Kind.valueOf(word.toUpperCase(Locale.ROOT))),
        Fields.read(line, Field.SUBJECT, text -> text),
        Fields.read(line, Field.MESSAGE, text -> text),
        Fields.instant(line, Field.STARTED_AT));
    return new AlertLine(
        alert,
        Fields.read(line, Field.DEDUPE, text -> text),
        line.path(Field.DELIVERED.text()).asBoolean());
  }
}
