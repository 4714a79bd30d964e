package dev.purser.clients.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Chat completions. */
final class ChatSpeech implements Speech {

  @Override
  public Asked read(String path, JsonNode body) {
    JsonNode cap = body.has("max_completion_tokens")
        ? body.get("max_completion_tokens")
        : body.path("max_tokens");
    return new Asked(
        body.path("model").asText(),
        cap.asInt(Integer.MAX_VALUE),
        body.path("stream").asBoolean());
  }

  private static String usage(int output) {
    return "{\"prompt_tokens\":" + Tokens.PROMPT + ",\"completion_tokens\":" + output
        + ",\"total_tokens\":" + (Tokens.PROMPT + output)
        + ",\"prompt_tokens_details\":{\"cached_tokens\":" + Tokens.CACHED + "}}";
  }

  @Override
  public String whole(String model, String text, int outputTokens) {
    return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\""
        + model
        + "\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"" + text
        + "\"},\"finish_reason\":\"stop\"}],\"usage\":" + usage(outputTokens) + "}";
  }

  private static String chunk(String model, String choices, String usage) {
    return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
        + "\"model\":\"" + model + "\",\"choices\":[" + choices + "],\"usage\":" + usage + "}\n\n";
  }

  private static String choice(String delta, String finish) {
    return "{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}";
  }

  private static String text(String model, String text) {
    return chunk(model, choice("{\"content\":\"" + text + "\"}", "null"), "null");
  }

  @Override
  public Frames frames(String model, List<String> texts, int outputTokens) {
    StringBuilder rest = new StringBuilder();
    texts.stream().skip(1).forEach(each -> rest.append(text(model, each)));
    rest.append(chunk(model, choice("{}", "\"stop\""), "null"))
        .append(chunk(model, "", usage(outputTokens)))
        .append("data: [DONE]\n\n");
    return new Frames(
        chunk(model, choice("{\"role\":\"assistant\",\"content\":\"\"}", "null"), "null")
            + text(model, texts.get(0)),
        rest.toString());
  }
}
