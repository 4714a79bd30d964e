package dev.purser.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Attribution;
import dev.purser.api.ModelId;
import dev.purser.spi.Amounts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a line says of a call as far as budgets count it.
 *
 * @param event what happened to it
 * @param at when it was admitted, which decides the windows
 * @param model the model that was called
 * @param reserved what was held, in nano-dollars
 * @param amounts what is held or charged, in all measures
 * @param spent what the line adds to what was spent, in nano-dollars
 * @param reason why, or null
 * @param bill the bill that it read, or null
 */
public record CallLine(
    String event,
    String id,
    Instant at,
    String api,
    Attribution who,
    ModelId model,
    long reserved,
    Amounts amounts,
    long spent,
    @Nullable String reason,
    @Nullable String bill) {

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if something is missing or makes no sense
   */
  public static CallLine read(String event, JsonNode line) {
    boolean reserved = event.equals("reserved");
    return new CallLine(
        event,
        Fields.read(line, Field.ID, CallLine::filled),
        Fields.instant(line, Field.STARTED_AT),
        line.path(Field.API.text()).asText(),
        Fields.attribution(line),
        line.has(Field.ROUTED_MODEL.text())
            ? Fields.model(line, Field.ROUTED_PROVIDER, Field.ROUTED_MODEL)
            : Fields.model(line, Field.PROVIDER, Field.REQUEST_MODEL),
        Fields.count(line, Field.RESERVED),
        reserved ? amounts(line.path(Field.HELD.text())) : charged(line),
        Fields.number(line, Field.SPENT),
        line.path(Field.REASON.text()).textValue(),
        line.path(Field.BILL.text()).textValue());
  }

  private static Amounts charged(JsonNode line) {
    JsonNode charged = line.path(Field.CHARGED.text());
    return charged.isObject()
        ? amounts(charged)
        : new Amounts(
            count(line, Field.COST),
            Fields.count(line, Field.INPUT_TOKENS),
            Fields.count(line, Field.OUTPUT_TOKENS),
            1);
  }

  private static Amounts amounts(JsonNode object) {
    long unused = count(object, Field.NANO_USD);
    return Fields.amounts(object);
  }

  /** Without it the line would charge nothing for what cost something. */
  private static long count(JsonNode line, Field field) {
    if (!line.has(field.text())) {
      throw new IllegalArgumentException(field.text() + " is missing");
    }
    return Fields.count(line, field);
  }

  private static String filled(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("empty");
    }
    return text;
  }
}
