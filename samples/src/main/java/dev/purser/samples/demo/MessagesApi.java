package dev.purser.samples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's messages.
 *
 * @see <a href="https://docs.anthropic.com/en/api/messages">the API reference</a>
 */
final class MessagesApi implements ProviderApi {

  private static final String BEARER = "Bearer ";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String path() {
    return "/v1/messages";
  }

  @Override
  public ListPrice price() {
    return ListPrice.CLAUDE_SONNET_4_5;
  }

  @Override
  public @Nullable String credential(Headers headers) {
    String key = headers.getFirst("x-api-key");
    String token = headers.getFirst("Authorization");
    // The SDK sends its key as a token; Anthropic's own examples send it as a key.
    return key == null && token != null && token.startsWith(BEARER)
        ? token.substring(BEARER.length())
        : key;
  }

  @Override
  public Asked read(JsonNode body) throws ProviderError {
    return MessageRequest.read(body);
  }

  @Override
  public String error(ProviderError error) {
    ObjectNode body = JSON.createObjectNode().put("type", "error");
    body.putObject("error").put("type", type(error.status())).put("message", error.getMessage());
    return body.toString();
  }

  private static String type(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 404 -> "not_found_error";
      default -> "invalid_request_error";
    };
  }
}
