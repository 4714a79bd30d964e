package dev.purser.clients.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Anthropic's messages. */
final class MessagesSpeech implements Speech {

  @Override
  public Asked read(String path, JsonNode body) {
    return new Asked(
        body.path("model").asText(),
        body.path("max_tokens").asInt(),
        body.path("stream").asBoolean());
  }

  private static String message(String model, String content, String stop, int output) {
    return "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"" + model
        + "\",\"content\":[" + content + "],\"stop_reason\":" + stop
        + ",\"stop_sequence\":null,\"usage\":{\"input_tokens\":" + (Tokens.PROMPT - Tokens.CACHED)
        + ",\"cache_read_input_tokens\":" + Tokens.CACHED
        + ",\"cache_creation_input_tokens\":0,\"output_tokens\":" + output + "}}";
  }

  @Override
  public String whole(String model, String text, int outputTokens) {
    String content = "{\"type\":\"text\",\"text\":\"" + text + "\"}";
    return message(model, content, "\"end_turn\"", outputTokens);
  }

  private static String event(String type, String fields) {
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + fields + "}\n\n";
  }

  private static String text(String text) {
    return event(
        "content_block_delta",
        ",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text + "\"}");
  }

  @Override
  public Frames frames(String model, List<String> texts, int outputTokens) {
    StringBuilder rest = new StringBuilder();
    texts.stream().skip(1).forEach(each -> rest.append(text(each)));
    rest.append(event("content_block_stop", ",\"index\":0"))
        .append(event(
            "message_delta",
            ",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                + "\"usage\":{\"output_tokens\":" + outputTokens + "}"))
        .append(event("message_stop", ""));
    return new Frames(
        event("message_start", ",\"message\":" + message(model, "", "null", 1))
            + event(
                "content_block_start",
                ",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}")
            + text(texts.get(0)),
        rest.toString());
  }
}
