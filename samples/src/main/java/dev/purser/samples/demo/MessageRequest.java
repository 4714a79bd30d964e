package dev.purser.samples.demo;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A message as the provider understood it.
 *
 * @param promptTokens what the model reads, the API's framing included
 * @param outputCap the most tokens it may write; every request has to say
 * @param stream whether the answer is streamed
 */
record MessageRequest(int promptTokens, int outputCap, boolean stream)
    implements ProviderApi.Asked {

  /** What the API's framing adds. Anthropic publishes no recipe, so this is the mock's own. */
  private static final int TOKENS_PER_MESSAGE = 4;

  private static final int TOKENS_OF_REPLY = 4;

  /**
   * Reads a request.
   *
   * @throws ProviderError if this provider does not serve it
   */
  static MessageRequest read(JsonNode body) throws ProviderError {
    String model = body.path("model").asText();
    if (!model.equals(Sdk.ANTHROPIC.model())) {
      throw new ProviderError(404, "model: " + model);
    }
    JsonNode cap = body.path("max_tokens");
    if (!cap.isIntegralNumber() || !cap.canConvertToInt() || cap.intValue() < 1) {
      throw new ProviderError(400, "max_tokens: a whole number of at least 1 is required");
    }
    return new MessageRequest(
        promptTokens(body.path("messages")), cap.intValue(), body.path("stream").asBoolean());
  }

  private static int promptTokens(JsonNode messages) throws ProviderError {
    if (!messages.isArray() || messages.isEmpty()) {
      throw new ProviderError(400, "messages: at least one message is required");
    }
    int tokens = TOKENS_OF_REPLY;
    for (JsonNode message : messages) {
      tokens += TOKENS_PER_MESSAGE + textTokens(message.path("content"));
    }
    return tokens;
  }

  private static int textTokens(JsonNode content) throws ProviderError {
    if (content.isTextual()) {
      return Tokens.count(content.textValue());
    }
    if (!content.isArray()) {
      throw new ProviderError(400, "messages.0.content: text is required");
    }
    int tokens = 0;
    for (JsonNode block : content) {
      if (!block.path("text").isTextual()) {
        throw new ProviderError(400, "messages.0.content: this provider reads text only");
      }
      tokens += Tokens.count(block.path("text").textValue());
    }
    return tokens;
  }

  @Override
  public MessageAnswer answer(long number, String text, int tokens, boolean cut) {
    return new MessageAnswer(
        "msg_" + number, promptTokens, text, tokens, cut ? "max_tokens" : "end_turn");
  }
}
