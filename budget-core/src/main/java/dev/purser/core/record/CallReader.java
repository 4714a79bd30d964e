package dev.purser.core.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Attribution;
import dev.purser.api.ModelId;
import dev.purser.spi.Amounts;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what lines say of calls, token by token and only the fields that count: a start reads millions.
 * For one thread at a time.
 */
public final class CallReader {

  private static final JsonFactory JSON = new JsonFactory();
  private static final Map<String, Field> TEXTS = named(
      Field.ID,
      Field.TIME,
      Field.STARTED_AT,
      Field.API,
      Field.KEY,
      Field.USER,
      Field.TEAM,
      Field.SESSION,
      Field.TASK_CLASS,
      Field.PROVIDER,
      Field.REQUEST_MODEL,
      Field.ROUTED_PROVIDER,
      Field.ROUTED_MODEL,
      Field.REASON,
      Field.BILL);
  private static final Map<String, Field> NUMBERS =
      named(Field.RESERVED, Field.COST, Field.SPENT, Field.INPUT_TOKENS, Field.OUTPUT_TOKENS);
  private static final Map<String, Field> AMOUNTS =
      named(Field.NANO_USD, Field.INPUT, Field.OUTPUT, Field.REQUESTS);

  private final Map<Field, String> texts = new EnumMap<>(Field.class);
  private final Map<Field, Long> numbers = new EnumMap<>(Field.class);
  private final Map<String, String> tags = new LinkedHashMap<>();
  private final List<String> parents = new ArrayList<>();
  private @Nullable Amounts held;
  private @Nullable Amounts charged;

  /** Creates a reader. */
  public CallReader() {}

  private static Map<String, Field> named(Field... fields) {
    Map<String, Field> named = new HashMap<>();
    for (Field field : fields) {
      named.put(field.text(), field);
    }
    return named;
  }

  /**
   * Reads a line.
   *
   * @param json the line, closed
   * @throws IllegalArgumentException if something is missing or makes no sense
   */
  public CallLine read(String event, byte[] json) {
    try (JsonParser parser = JSON.createParser(json)) {
      return read(event, parser);
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  /**
   * Reads a line that was parsed already.
   *
   * @throws IllegalArgumentException if something is missing or makes no sense
   */
  public CallLine read(String event, JsonNode line) {
    try (JsonParser parser = line.traverse()) {
      return read(event, parser);
    } catch (IOException e) {
      throw new IllegalArgumentException("a number cannot be read", e);
    }
  }

  private CallLine read(String event, JsonParser parser) throws IOException {
    texts.clear();
    numbers.clear();
    tags.clear();
    parents.clear();
    held = null;
    charged = null;
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("not an object");
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      field(name, parser.nextToken(), parser);
    }
    return line(event);
  }

  /** Returns when the line that was read last says that it was written. */
  public Instant time() {
    return instant(Field.TIME);
  }

  private void field(String name, JsonToken token, JsonParser parser) throws IOException {
    Field field = TEXTS.get(name);
    if (field != null && token == JsonToken.VALUE_STRING) {
      texts.put(field, parser.getText());
      return;
    }
    field = NUMBERS.get(name);
    if (field != null) {
      numbers.put(field, number(field, token, parser));
    } else if (token == JsonToken.START_OBJECT && name.equals(Field.HELD.text())) {
      held = amounts(parser);
    } else if (token == JsonToken.START_OBJECT && name.equals(Field.CHARGED.text())) {
      charged = amounts(parser);
    } else if (token == JsonToken.START_OBJECT && name.equals(Field.TAGS.text())) {
      for (String tag = parser.nextFieldName(); tag != null; tag = parser.nextFieldName()) {
        tags.put(tag, text(parser.nextToken(), parser));
      }
    } else if (token == JsonToken.START_ARRAY && name.equals(Field.PARENTS.text())) {
      for (JsonToken each = parser.nextToken();
          each != JsonToken.END_ARRAY;
          each = parser.nextToken()) {
        parents.add(text(each, parser));
      }
    } else {
      parser.skipChildren();
    }
  }

  private static String text(JsonToken token, JsonParser parser) throws IOException {
    if (token != JsonToken.VALUE_STRING) {
      throw new IllegalArgumentException("a tag or a parent cannot be read");
    }
    return parser.getText();
  }

  private static long number(Field field, JsonToken token, JsonParser parser) throws IOException {
    if (token != JsonToken.VALUE_NUMBER_INT) {
      throw new IllegalArgumentException(field.text() + " cannot be read");
    }
    return parser.getLongValue();
  }

  private static Amounts amounts(JsonParser parser) throws IOException {
    long[] found = new long[AMOUNTS.size()];
    boolean money = false;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      Field field = AMOUNTS.get(name);
      if (field == null) {
        parser.skipChildren();
      } else {
        long number = number(field, token, parser);
        money |= field == Field.NANO_USD;
        switch (field) {
          case NANO_USD -> found[0] = number;
          case INPUT -> found[1] = number;
          case OUTPUT -> found[2] = number;
          default -> found[3] = number;
        }
      }
    }
    if (!money) {
      throw missing(Field.NANO_USD);
    }
    return new Amounts(found[0], found[1], found[2], found[3]);
  }

  private CallLine line(String event) {
    boolean routed = texts.containsKey(Field.ROUTED_MODEL);
    return new CallLine(
        event,
        text(Field.ID),
        instant(Field.STARTED_AT),
        texts.getOrDefault(Field.API, ""),
        attribution(),
        routed
            ? ModelId.of(text(Field.ROUTED_PROVIDER), text(Field.ROUTED_MODEL))
            : ModelId.of(text(Field.PROVIDER), texts.getOrDefault(Field.REQUEST_MODEL, "")),
        count(Field.RESERVED),
        amounts(event),
        numbers.getOrDefault(Field.SPENT, 0L),
        texts.get(Field.REASON),
        texts.get(Field.BILL));
  }

  private Amounts amounts(String event) {
    Amounts stated = event.equals("reserved") ? held : charged;
    if (stated != null) {
      return stated;
    }
    // Without it the line would charge nothing for what cost something.
    Field needed = event.equals("reserved") ? Field.HELD : Field.COST;
    if (!numbers.containsKey(needed)) {
      throw missing(needed);
    }
    return new Amounts(count(Field.COST), count(Field.INPUT_TOKENS), count(Field.OUTPUT_TOKENS), 1);
  }

  private static IllegalArgumentException missing(Field field) {
    return new IllegalArgumentException(field.text() + " is missing");
  }

  private Attribution attribution() {
    Attribution who = Attribution.NONE;
    String key = texts.get(Field.KEY);
    who = key == null ? who : who.withKey(key);
    String user = texts.get(Field.USER);
    who = user == null ? who : who.user(user);
    String team = texts.get(Field.TEAM);
    who = team == null ? who : who.team(team);
    String session = texts.get(Field.SESSION);
    who = session == null ? who : who.session(session);
    String taskClass = texts.get(Field.TASK_CLASS);
    who = taskClass == null ? who : who.taskClass(taskClass);
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      who = who.tag(tag.getKey(), tag.getValue());
    }
    return parents.isEmpty() ? who : who.ancestors(parents);
  }

  private String text(Field field) {
    String text = texts.get(field);
    if (text == null || (field == Field.ID && text.isEmpty())) {
      throw new IllegalArgumentException(field.text() + " is missing or cannot be read");
    }
    return text;
  }

  private Instant instant(Field field) {
    return Fields.instant(field, text(field));
  }

  private long count(Field field) {
    long number = numbers.getOrDefault(field, 0L);
    if (number < 0) {
      throw new IllegalArgumentException(field.text() + " is negative");
    }
    return number;
  }
}
