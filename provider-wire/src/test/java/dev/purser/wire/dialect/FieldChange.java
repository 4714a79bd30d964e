package dev.purser.wire.dialect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Locale;

/** Gives a field of an answer another value, wherever it stands there. Arrays are looked through. */
final class FieldChange {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String MORE = " and a good deal more of it than there was before";

  private final String name;
  private final String[] path;
  private int found;

  FieldChange(String name) {
    this.name = name;
    this.path = name.split("\\.", -1);
  }

  /** Returns in how many places the field was. */
  int found() {
    return found;
  }

  /** Returns the exchange with the field changed. */
  Exchange in(Exchange exchange) {
    return exchange.changed(this::document, this::header);
  }

  private String document(String json) {
    try {
      JsonNode document = MAPPER.readTree(json);
      change(document, 0);
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  private String header(String line) {
    if (!line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
      return line;
    }
    found++;
    return line + "1";
  }

  private void change(JsonNode node, int depth) {
    if (node.isArray()) {
      node.forEach(each -> change(each, depth));
    } else if (node instanceof ObjectNode object && object.has(path[depth])) {
      JsonNode value = object.get(path[depth]);
      if (depth < path.length - 1) {
        change(value, depth + 1);
      } else if (!value.isObject()) { // which is another field of the same name
        found++;
        object.set(path[depth], another(value));
      }
    }
  }

  private static JsonNode another(JsonNode value) {
    if (value.isIntegralNumber()) {
      return LongNode.valueOf(value.longValue() + 1);
    }
    if (value.isNumber()) {
      return DecimalNode.valueOf(value.decimalValue().add(BigDecimal.ONE));
    }
    if (value.isTextual()) {
      return TextNode.valueOf(value.textValue() + MORE);
    }
    if (value.isBoolean()) {
      return BooleanNode.valueOf(!value.booleanValue());
    }
    if (value instanceof ArrayNode array) {
      return array.deepCopy().add("another");
    }
    throw new AssertionError("nothing to change: " + value);
  }
}
