package dev.purser.samples.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer in the wire form of OpenAI's chat completions.
 *
 * @param id the answer's id
 * @param promptTokens what was read
 * @param text what was written
 * @param tokens how many tokens the text has
 * @param finish why the text ends: {@code stop}, or {@code length} where the output cap cut it
 * @param withUsage whether a stream of it ends with its usage
 */
record ChatAnswer(
    String id, int promptTokens, String text, int tokens, String finish, boolean withUsage)
    implements ProviderApi.Said {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATED_MODEL = "gpt-4o-2024-08-06";
  private static final long CREATED = 1_763_900_000;
  private static final int PIECES = 16;

  @Override
  public String toJson() {
    ObjectNode body = envelope("chat.completion");
    ObjectNode choice = choice(body);
    choice.putObject("message").put("role", "assistant").put("content", text).putNull("refusal");
    choice.put("finish_reason", finish);
    body.set("usage", usage());
    return body.toString();
  }

  @Override
  public List<String> toFrames() {
    return toEvents().stream().map(event -> "data: " + event + "\n\n").toList();
  }

  private List<String> toEvents() {
    List<String> events = new ArrayList<>();
    events.add(event("", null));
    int step = Math.max(1, (text.length() + PIECES - 1) / PIECES);
    for (int start = 0; start < text.length(); start += step) {
      String piece = text.substring(start, Math.min(text.length(), start + step));
      events.add(event(piece, null));
    }
    events.add(event(null, finish));
    if (withUsage) {
      ObjectNode last = envelope("chat.completion.chunk");
      last.putArray("choices");
      last.set("usage", usage());
      events.add(last.toString());
    }
    events.add("[DONE]");
    return events;
  }

  private String event(@Nullable String piece, @Nullable String finishReason) {
    ObjectNode body = envelope("chat.completion.chunk");
    ObjectNode choice = choice(body);
    ObjectNode delta = choice.putObject("delta");
    if (piece != null) {
      delta.put("role", "assistant").put("content", piece);
    }
    choice.put("finish_reason", finishReason);
    if (withUsage) {
      body.putNull("usage");
    }
    return body.toString();
  }

  private ObjectNode envelope(String object) {
    return JSON.createObjectNode()
        .put("id", id)
        .put("object", object)
        .put("created", CREATED)
        .put("model", DATED_MODEL)
        .put("service_tier", "default");
  }

  private static ObjectNode choice(ObjectNode body) {
    return body.putArray("choices").addObject().put("index", 0).putNull("logprobs");
  }

  private ObjectNode usage() {
    ObjectNode usage = JSON.createObjectNode()
        .put("prompt_tokens", promptTokens)
        .put("completion_tokens", tokens)
        .put("total_tokens", promptTokens + tokens);
    usage.putObject("prompt_tokens_details").put("cached_tokens", 0).put("audio_tokens", 0);
    usage.putObject("completion_tokens_details").put("reasoning_tokens", 0).put("audio_tokens", 0);
    return usage;
  }
}
