package dev.purser.samples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import org.jspecify.annotations.Nullable;

/** OpenAI's chat completions. */
final class ChatApi implements ProviderApi {

  private static final String BEARER = "Bearer ";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String path() {
    return "/v1/chat/completions";
  }

  @Override
  public ListPrice price() {
    return ListPrice.GPT_4O;
  }

  @Override
  public @Nullable String credential(Headers headers) {
    String stated = headers.getFirst("Authorization");
    return stated == null || !stated.startsWith(BEARER) ? null : stated.substring(BEARER.length());
  }

  @Override
  public Asked read(JsonNode body) throws ProviderError {
    return ChatRequest.read(body);
  }

  @Override
  public String error(ProviderError error) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("error")
        .put("message", error.getMessage())
        .put("type", "invalid_request_error")
        .putNull("param")
        .putNull("code");
    return body.toString();
  }
}
