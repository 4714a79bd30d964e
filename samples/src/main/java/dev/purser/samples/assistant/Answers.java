package dev.purser.samples.assistant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the mock providers answer with. */
final class Answers {

  static final String OVERLOADED =
      "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOOL = "whereIs";
  private static final String PARCEL = "P-7";
  private static final String TEXT = "P-7 left Lyon this morning.";

  private Answers() {}

  static String openAi(JsonNode request, boolean looksUp) {
    ObjectNode body = JSON.createObjectNode()
        .put("id", "chatcmpl-1")
        .put("object", "chat.completion")
        .put("created", 1)
        .put("model", request.path("model").asText());
    ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
    ObjectNode message = choice.putObject("message").put("role", "assistant");
    if (looksUp) {
      message
          .putArray("tool_calls")
          .addObject()
          .put("id", "call_1")
          .put("type", "function")
          .putObject("function")
          .put("name", TOOL)
          .put("arguments", arguments().toString());
    } else {
      message.put("content", TEXT);
    }
    choice.put("finish_reason", looksUp ? "tool_calls" : "stop");
    body.putObject("usage")
        .put("prompt_tokens", MockModel.READS)
        .put("completion_tokens", MockModel.WRITES)
        .put("total_tokens", MockModel.READS + MockModel.WRITES);
    return body.toString();
  }

  static String anthropic(JsonNode request, boolean looksUp) {
    ObjectNode body = JSON.createObjectNode()
        .put("id", "msg_1")
        .put("type", "message")
        .put("role", "assistant")
        .put("model", request.path("model").asText());
    ObjectNode block = body.putArray("content").addObject();
    if (looksUp) {
      block.put("type", "tool_use").put("id", "toolu_1").put("name", TOOL);
      block.set("input", arguments());
    } else {
      block.put("type", "text").put("text", TEXT);
    }
    body.put("stop_reason", looksUp ? "tool_use" : "end_turn");
    body.putObject("usage")
        .put("input_tokens", MockModel.READS)
        .put("output_tokens", MockModel.WRITES);
    return body.toString();
  }

  private static ObjectNode arguments() {
    return JSON.createObjectNode().put("number", PARCEL);
  }
}
