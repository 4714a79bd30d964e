package dev.purser.samples.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer in the wire form of Anthropic's messages. A stream states the input in its first event and
 * the output, counted from the start, in its last but one.
 *
 * @param id the answer's id
 * @param promptTokens what was read
 * @param text what was written
 * @param tokens how many tokens the text has
 * @param stop why the text ends: {@code end_turn}, or {@code max_tokens} where the output cap cut it
 * @see <a href="https://docs.anthropic.com/en/docs/build-with-claude/streaming">the events of a stream</a>
 */
record MessageAnswer(String id, int promptTokens, String text, int tokens, String stop)
    implements ProviderApi.Said {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATED_MODEL = "claude-sonnet-4-5-20250929";
  private static final int PIECES = 16;

  @Override
  public String toJson() {
    ObjectNode message = message(stop, tokens);
    message.withArray("content").addObject().put("type", "text").put("text", text);
    return message.toString();
  }

  @Override
  public List<String> toFrames() {
    List<String> frames = new ArrayList<>();
    ObjectNode start = event("message_start");
    start.set("message", message(null, 1));
    frames.add(frame(start));
    ObjectNode opened = event("content_block_start").put("index", 0);
    opened.putObject("content_block").put("type", "text").put("text", "");
    frames.add(frame(opened));
    frames.add(frame(event("ping")));
    int step = Math.max(1, (text.length() + PIECES - 1) / PIECES);
    for (int at = 0; at < text.length(); at += step) {
      ObjectNode delta = event("content_block_delta").put("index", 0);
      delta
          .putObject("delta")
          .put("type", "text_delta")
          .put("text", text.substring(at, Math.min(text.length(), at + step)));
      frames.add(frame(delta));
    }
    frames.add(frame(event("content_block_stop").put("index", 0)));
    ObjectNode ended = event("message_delta");
    ended.putObject("delta").put("stop_reason", stop).putNull("stop_sequence");
    ended.putObject("usage").put("output_tokens", tokens);
    frames.add(frame(ended));
    frames.add(frame(event("message_stop")));
    return frames;
  }

  private static ObjectNode event(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  private static String frame(ObjectNode event) {
    return "event: " + event.path("type").asText() + "\ndata: " + event + "\n\n";
  }

  private ObjectNode message(@Nullable String stopReason, int outputTokens) {
    ObjectNode message = JSON.createObjectNode()
        .put("id", id)
        .put("type", "message")
        .put("role", "assistant")
        .put("model", DATED_MODEL);
    message.putArray("content");
    message.put("stop_reason", stopReason).putNull("stop_sequence");
    ObjectNode usage = message.putObject("usage");
    usage
        .put("input_tokens", promptTokens)
        .put("cache_creation_input_tokens", 0)
        .put("cache_read_input_tokens", 0);
    usage
        .putObject("cache_creation")
        .put("ephemeral_5m_input_tokens", 0)
        .put("ephemeral_1h_input_tokens", 0);
    usage.put("output_tokens", outputTokens).put("service_tier", "standard");
    return message;
  }
}
