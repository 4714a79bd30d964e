package dev.purser.wire.dialect;

import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.request.CapPlace;
import dev.purser.wire.request.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request for a chat completion. Where a name stands twice the last counts, as with
 * every JSON parser in use, but of what bounds the cost the largest; edits change all.
 *
 * @param json the body
 */
record ChatBody(JsonBody json) {

  static final String MODEL = "model";
  static final String OLD_CAP = "max_tokens";
  static final String NEW_CAP = "max_completion_tokens";
  static final String STREAM_OPTIONS = "stream_options";
  static final String INCLUDE_USAGE = "include_usage";

  static final CapPlace CAP = CapPlace.of(OLD_CAP, NEW_CAP);

  /** Returns the body, or null if it is no JSON object with an array of messages. */
  static @Nullable ChatBody read(byte[] bytes) {
    JsonBody json = JsonBody.read(bytes);
    if (json == null) {
      return null;
    }
    JsonSlice messages = json.last("messages");
    return messages != null && messages.isArray() ? new ChatBody(json) : null;
  }

  boolean asksForUsage() {
    return json.isTrue(STREAM_OPTIONS, INCLUDE_USAGE);
  }

  int choices() {
    return json.largestCount("n");
  }
}
