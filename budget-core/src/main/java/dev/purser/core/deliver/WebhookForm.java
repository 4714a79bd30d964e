package dev.purser.core.deliver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.api.Alert;
import java.util.Locale;

/** All of an alert; its schema is in {@code docs/alerts.md}. */
public final class WebhookForm implements AlertForm {

  private static final int VERSION = 1;

  /** Returns an alert as JSON, as web hooks and the status have it. */
  public static ObjectNode json(Alert alert) {
    ObjectNode json = JsonNodeFactory.instance
        .objectNode()
        .put("version", VERSION)
        .put("kind", word(alert.kind()))
        .put("severity", word(alert.severity()))
        .put("subject", alert.subject())
        .put("owner", alert.owner())
        .put("message", alert.message())
        .put("key", alert.key());
    ObjectNode facts = json.putObject("facts");
    alert.facts().forEach(facts::put);
    texts(json.putArray("sessions"), alert.sessions());
    texts(json.putArray("models"), alert.models());
    texts(json.putArray("next"), alert.next());
    json.put("at", alert.at().toString());
    return json.put("until", alert.until() == null ? null : alert.until().toString());
  }

  private static void texts(ArrayNode array, Iterable<String> texts) {
    texts.forEach(array::add);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public JsonNode told(Alert alert) {
    return json(alert).put("event", "alert");
  }

  @Override
  public JsonNode over(Alert alert) {
    return json(alert).put("event", "resolved");
  }
}
