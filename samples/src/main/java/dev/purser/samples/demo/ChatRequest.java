package dev.purser.samples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A chat completion as the provider understood it.
 *
 * @param promptTokens what the model reads, the API's framing included
 * @param outputCap the most tokens it may write; {@link Integer#MAX_VALUE} without a cap
 * @param stream whether the answer is streamed
 * @param includeUsage whether a stream ends with its usage
 */
record ChatRequest(int promptTokens, int outputCap, boolean stream, boolean includeUsage)
    implements ProviderApi.Asked {

  /** What the API's framing adds, by OpenAI's own recipe for counting a prompt. */
  private static final int TOKENS_PER_MESSAGE = 3;

  private static final int TOKENS_PER_NAME = 1;
  private static final int TOKENS_OF_REPLY = 3;

  /**
   * Reads a request.
   *
   * @throws ProviderError if this provider does not serve it
   */
  static ChatRequest read(JsonNode body) throws ProviderError {
    String model = body.path("model").asText();
    if (!model.equals(Sdk.OPENAI.model())) {
      throw new ProviderError(404, "The model `" + model + "` does not exist");
    }
    if (body.path("n").asInt(1) != 1) {
      throw new ProviderError(400, "This provider gives one choice at a time");
    }
    return new ChatRequest(
        promptTokens(body.path("messages")),
        outputCap(body),
        body.path("stream").asBoolean(),
        body.path("stream_options").path("include_usage").asBoolean());
  }

  @Override
  public ChatAnswer answer(long number, String text, int tokens, boolean cut) {
    return new ChatAnswer(
        "chatcmpl-" + number, promptTokens, text, tokens, cut ? "length" : "stop", includeUsage);
  }

  private static int promptTokens(JsonNode messages) throws ProviderError {
    if (!messages.isArray() || messages.isEmpty()) {
      throw new ProviderError(400, "'messages' must be an array of at least one message");
    }
    int tokens = TOKENS_OF_REPLY;
    for (JsonNode message : messages) {
      tokens += TOKENS_PER_MESSAGE + (message.has("name") ? TOKENS_PER_NAME : 0);
      for (Map.Entry<String, JsonNode> field : message.properties()) {
        tokens += textTokens(field.getValue());
      }
    }
    return tokens;
  }

  private static int textTokens(JsonNode content) throws ProviderError {
    if (content.isTextual()) {
      return Tokens.count(content.textValue());
    }
    if (!content.isArray()) {
      throw new ProviderError(400, "A message is made of text");
    }
    int tokens = 0;
    for (JsonNode part : content) {
      if (!part.path("text").isTextual()) {
        throw new ProviderError(400, "A message's parts are made of text");
      }
      tokens += Tokens.count(part.path("text").textValue());
    }
    return tokens;
  }

  private static int outputCap(JsonNode body) throws ProviderError {
    JsonNode cap = body.has("max_completion_tokens")
        ? body.path("max_completion_tokens")
        : body.path("max_tokens");
    if (cap.isMissingNode() || cap.isNull()) {
      return Integer.MAX_VALUE;
    }
    if (!cap.canConvertToInt() || !cap.isIntegralNumber() || cap.intValue() < 1) {
      throw new ProviderError(400, "The output cap must be a whole number of at least 1");
    }
    return cap.intValue();
  }
}
