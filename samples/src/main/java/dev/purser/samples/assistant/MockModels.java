package dev.purser.samples.assistant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Two providers on the loopback interface: one speaks OpenAI's chat completions, one Anthropic's messages.
 * Their models look a parcel up once, or for ever if they are asked to watch it. They bill every answer.
 *
 * <p>Safe for use by several threads.
 */
final class MockModels implements AutoCloseable {

  private static final int OVERLOADED = 529;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<String> served = new ArrayList<>();
  private boolean anthropicDown;
  private long billed;

  private MockModels(HttpServer server) {
    this.server = server;
  }

  /** Starts both on a free port. */
  static MockModels start() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    MockModels models = new MockModels(HttpServer.create(new InetSocketAddress(loopback, 0), 0));
    models.server.createContext("/v1/chat/completions", models::completions);
    models.server.createContext("/v1/messages", models::messages);
    models.server.start();
    return models;
  }

  /** Returns the URL that LangChain4j's models call their base URL. */
  String baseUrl() {
    InetSocketAddress at = server.getAddress();
    return "http://" + at.getAddress().getHostAddress() + ":" + at.getPort() + "/v1";
  }

  /** Anthropic's models are overloaded from now on. */
  synchronized void anthropicGoesDown() {
    anthropicDown = true;
  }

  /** Returns what was billed, in nano-dollars. */
  synchronized long billed() {
    return billed;
  }

  /** Returns the models that answered since this was asked last, the first first. */
  synchronized List<String> served() {
    List<String> since = List.copyOf(served);
    served.clear();
    return since;
  }

  private void completions(HttpExchange exchange) throws IOException {
    JsonNode request = JSON.readTree(exchange.getRequestBody());
    JsonNode messages = request.path("messages");
    boolean looked = messages.path(messages.size() - 1).path("role").asText().equals("tool");
    send(exchange, 200, bill(request, Answers.openAi(request, looksUp(messages, looked))));
  }

  private void messages(HttpExchange exchange) throws IOException {
    JsonNode request = JSON.readTree(exchange.getRequestBody());
    if (isAnthropicDown()) {
      send(exchange, OVERLOADED, Answers.OVERLOADED);
      return;
    }
    JsonNode messages = request.path("messages");
    boolean looked = messages
        .path(messages.size() - 1)
        .path("content")
        .path(0)
        .path("type")
        .asText()
        .equals("tool_result");
    send(exchange, 200, bill(request, Answers.anthropic(request, looksUp(messages, looked))));
  }

  private synchronized boolean isAnthropicDown() {
    return anthropicDown;
  }

  /** Whether a model wants to look a parcel up before it answers. */
  private static boolean looksUp(JsonNode messages, boolean looked) {
    String said = messages.toString();
    return said.contains("Watch") || (!looked && !said.contains("complaint"));
  }

  /** Billed before it is sent: a provider bills what it wrote, whether or not somebody reads it. */
  private synchronized String bill(JsonNode request, String answer) {
    String model = request.path("model").asText();
    billed += MockModel.nanoUsd(model);
    served.add(model);
    return answer;
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    try (exchange) {
      byte[] body = json.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Stops at once. */
  @Override
  public void close() {
    server.stop(0);
  }
}
