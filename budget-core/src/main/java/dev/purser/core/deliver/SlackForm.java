package dev.purser.core.deliver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.purser.api.Alert;
import java.util.List;

/**
 * A message of a few lines. Three characters mean something in Slack's text and are escaped.
 *
 * @see <a href="https://docs.slack.dev/messaging/formatting-message-text">Slack: formatting text</a>
 */
final class SlackForm implements AlertForm {

  @Override
  public JsonNode told(Alert alert) {
    StringBuilder text = new StringBuilder()
        .append(alert.severity() == Alert.Severity.PAGE ? ":rotating_light: *" : ":bell: *")
        .append(escaped(alert.message()))
        .append("*\nfor ")
        .append(escaped(alert.owner()));
    alert
        .facts()
        .forEach((name, value) ->
            text.append('\n').append(escaped(name)).append(": ").append(escaped(value)));
    list(text, "sessions", alert.sessions());
    list(text, "models", alert.models());
    list(text, "what to do", alert.next());
    return JsonNodeFactory.instance.objectNode().put("text", text.toString());
  }

  @Override
  public JsonNode over(Alert alert) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("text", ":white_check_mark: over: " + escaped(alert.message()));
  }

  private static void list(StringBuilder text, String name, List<String> values) {
    if (!values.isEmpty()) {
      text.append('\n').append(name).append(": ").append(escaped(String.join("; ", values)));
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
