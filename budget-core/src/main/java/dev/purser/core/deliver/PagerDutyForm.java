package dev.purser.core.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.api.Alert;
import dev.purser.api.Secret;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Events of PagerDuty's API of the second version: an alert triggers an incident under its key, and what is
 * over resolves it.
 */
final class PagerDutyForm implements AlertForm {

  /** As many characters of a summary, and of a key, as PagerDuty takes. */
  private static final int LONGEST_SUMMARY = 1024;

  private static final int LONGEST_KEY = 255;

  private final Secret routingKey;

  PagerDutyForm(Secret routingKey) {
    this.routingKey = routingKey;
  }

  @Override
  public @Nullable JsonNode told(Alert alert) {
    if (alert.severity() != Alert.Severity.PAGE) {
      return null;
    }
    ObjectNode event = event(alert, "trigger");
    String summary = alert.message();
    ObjectNode payload = event
        .putObject("payload")
        .put("summary", summary.substring(0, Math.min(LONGEST_SUMMARY, summary.length())))
        .put("source", alert.subject())
        .put("severity", "critical")
        .put("timestamp", alert.at().toString())
        .put("component", "purser")
        .put("group", alert.owner())
        .put("class", alert.kind().name().toLowerCase(Locale.ROOT));
    payload.set("custom_details", WebhookForm.json(alert));
    return event;
  }

  @Override
  public @Nullable JsonNode over(Alert alert) {
    return alert.severity() == Alert.Severity.PAGE ? event(alert, "resolve") : null;
  }

  private ObjectNode event(Alert alert, String action) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("routing_key", routingKey.reveal())
        .put("event_action", action)
        .put("dedup_key", key(alert.key()));
  }

  /** Keys of any length stay apart, and the same after a restart. */
  private static String key(String key) {
    return key.length() <= LONGEST_KEY
        ? key
        : UUID.nameUUIDFromBytes(key.getBytes(UTF_8)).toString();
  }
}
