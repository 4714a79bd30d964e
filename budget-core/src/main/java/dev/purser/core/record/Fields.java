package dev.purser.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Attribution;
import dev.purser.spi.Amounts;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Reads the fields of a line. What is wrong is told without its text: the file may hold secrets of others. */
public final class Fields {

  private Fields() {}

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if it is missing or makes no sense
   */
  public static <T> T read(JsonNode line, Field field, Function<String, T> words) {
    JsonNode value = line.path(field.text());
    try {
      return words.apply(value.isTextual() ? value.textValue() : missing());
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException(field.text() + " is missing or cannot be read", e);
    }
  }

  private static String missing() {
    throw new IllegalArgumentException("missing");
  }

  /** Reads an instant. */
  public static Instant instant(JsonNode line, Field field) {
    return read(line, field, InstantText::parse);
  }

  static Instant instant(Field field, String text) {
    try {
      return InstantText.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(field.text() + " cannot be read", e);
    }
  }

  /** Reads a number of zero or more; zero if it is missing. */
  public static long count(JsonNode line, Field field) {
    long number = number(line, field);
    if (number < 0) {
      throw new IllegalArgumentException(field.text() + " is negative");
    }
    return number;
  }

  /** Reads a number; zero if it is missing. */
  private static long number(JsonNode line, Field field) {
    JsonNode value = line.path(field.text());
    if (value.isMissingNode()) {
      return 0;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException(field.text() + " cannot be read");
    }
    return value.longValue();
  }

  /** Reads a list of texts; empty if it is missing. */
  public static List<String> texts(JsonNode line, Field field) {
    List<String> texts = new ArrayList<>();
    line.path(field.text()).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** Reads amounts. */
  public static Amounts amounts(JsonNode object) {
    return new Amounts(
        count(object, Field.NANO_USD),
        count(object, Field.INPUT),
        count(object, Field.OUTPUT),
        count(object, Field.REQUESTS));
  }

  /** Reads whom something is for. */
  public static Attribution attribution(JsonNode parts) {
    Attribution who = Attribution.NONE;
    who = with(who, parts.path(Field.KEY.text()), Attribution::withKey);
    who = with(who, parts.path(Field.USER.text()), Attribution::user);
    who = with(who, parts.path(Field.TEAM.text()), Attribution::team);
    who = with(who, parts.path(Field.SESSION.text()), Attribution::session);
    who = with(who, parts.path(Field.TASK_CLASS.text()), Attribution::taskClass);
    for (Map.Entry<String, JsonNode> tag : parts.path(Field.TAGS.text()).properties()) {
      who = who.tag(tag.getKey(), tag.getValue().asText());
    }
    List<String> parents = texts(parts, Field.PARENTS);
    return parents.isEmpty() ? who : who.ancestors(parents);
  }

  private static Attribution with(
      Attribution who, JsonNode part, BiFunction<Attribution, String, Attribution> setter) {
    return part.isTextual() ? setter.apply(who, part.textValue()) : who;
  }
}
