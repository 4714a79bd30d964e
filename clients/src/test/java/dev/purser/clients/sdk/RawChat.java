package dev.purser.clients.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.clients.Prompt;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Chat completions by hand, for HTTP clients that know nothing of models. */
final class RawChat {

  private static final String DATA = "data:";
  private static final String DONE = "[DONE]";
  private static final ObjectMapper JSON = new ObjectMapper();

  private RawChat() {}

  static String body(Prompt prompt, boolean stream) {
    return "{\"model\":\"" + prompt.model() + "\",\"max_completion_tokens\":" + prompt.maxTokens()
        + ",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\""
        + prompt.text() + "\"}]}";
  }

  /** The text of an answer; one that is none is thrown with all that it says. */
  static String text(int status, String body) throws IOException {
    if (status != 200) {
      throw new IOException(status + ": " + body);
    }
    return json(body).at("/choices/0/message/content").asText();
  }

  /** The text of a line of a stream; empty if it has none. */
  static String ofLine(String line) {
    return line.startsWith(DATA) ? ofData(line.substring(DATA.length()).strip()) : "";
  }

  /** The text of an event's data; empty if it has none. */
  static String ofData(String data) {
    return data.equals(DONE) ? "" : json(data).at("/choices/0/delta/content").asText("");
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
