package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
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
}
