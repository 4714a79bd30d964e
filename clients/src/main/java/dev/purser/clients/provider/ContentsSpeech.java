package dev.purser.clients.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gemini's contents: the model and the wish for a stream stand in the path; each event counts so far. */
final class ContentsSpeech implements Speech {

  private static final Pattern PATH =
      Pattern.compile(".*/models/([^:/]+):(generateContent|streamGenerateContent)");

  @Override
  public Asked read(String path, JsonNode body) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("No content is generated at " + path);
    }
    int cap = body.path("generationConfig").path("maxOutputTokens").asInt(Integer.MAX_VALUE);
    return new Asked(matcher.group(1), cap, matcher.group(2).startsWith("stream"));
  }

  private static String part(String model, String text, String finish, String usage) {
    return "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" + text
        + "\"}],\"role\":\"model\"}" + finish + ",\"index\":0}]" + usage
        + ",\"modelVersion\":\"" + model + "\",\"responseId\":\"r1\"}";
  }

  private static String usage(int output) {
    return ",\"usageMetadata\":{\"promptTokenCount\":" + Tokens.PROMPT
        + ",\"cachedContentTokenCount\":" + Tokens.CACHED + ",\"candidatesTokenCount\":"
        + output + ",\"totalTokenCount\":"
        + (Tokens.PROMPT + output) + "}";
  }

  private static final String STOP = ",\"finishReason\":\"STOP\"";

  @Override
  public String whole(String model, String text, int outputTokens) {
    return part(model, text, STOP, usage(outputTokens));
  }

  private static String frame(String json) {
    return "data: " + json + "\r\n\r\n";
  }

  @Override
  public Frames frames(String model, List<String> texts, int outputTokens) {
    StringBuilder rest = new StringBuilder();
    int last = texts.size() - 1;
    for (int i = 1; i < last; i++) {
      rest.append(frame(part(model, texts.get(i), "", usage(Math.min(i + 1, outputTokens)))));
    }
    rest.append(frame(part(model, texts.get(last), STOP, usage(outputTokens))));
    return new Frames(frame(part(model, texts.get(0), "", usage(1))), rest.toString());
  }
}
