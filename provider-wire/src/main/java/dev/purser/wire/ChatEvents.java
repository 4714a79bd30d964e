package dev.purser.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** What an event of a streamed chat completion carries beside its usage. */
final class ChatEvents {

  /** All that OpenAI puts into the event that only those get who asked for it. */
  private static final Set<String> OF_USAGE_ALONE = Set.of(
      "id",
      "object",
      "created",
      "model",
      "service_tier",
      "system_fingerprint",
      "choices",
      "usage",
      "obfuscation");

  private ChatEvents() {}

  /** Whether a caller who did not ask for usage would not have got this event. */
  static boolean isUsageAlone(JsonNode event) {
    JsonNode choices = event.path("choices");
    if (!choices.isArray() || !choices.isEmpty() || !event.hasNonNull("usage")) {
      return false;
    }
    for (Iterator<String> names = event.fieldNames(); names.hasNext(); ) {
      if (!OF_USAGE_ALONE.contains(names.next())) {
        return false;
      }
    }
    return true;
  }

  /** Whether something was written that is billed: anything in a delta but its role. */
  static boolean hasContent(JsonNode choices) {
    for (JsonNode choice : choices) {
      if (says(choice.path("text")) || says(choice.path("message"))) {
        return true;
      }
      for (Map.Entry<String, JsonNode> field : choice.path("delta").properties()) {
        if (!field.getKey().equals("role") && says(field.getValue())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean says(JsonNode value) {
    return value.isContainerNode() ? !value.isEmpty() : !value.asText("").isEmpty();
  }
}
