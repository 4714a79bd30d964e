package dev.purser.samples.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A provider on the loopback interface that speaks OpenAI's chat completions, plain and streamed.
 * It counts the prompt that reached it, writes as much as it may, and bills what it wrote: a caller
 * that overspends is told so by {@link #bill()}, whatever Purser believes.
 *
 * <p>Safe for use by several threads; one thread serves one request.
 */
final class MockProvider implements AutoCloseable {

  /** How much this model would say if nobody stopped it, in tokens. */
  static final int TALKS = 16_000;

  private static final String PATH = "/v1/chat/completions";
  private static final int BACKLOG = 1_024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicLong ids = new AtomicLong();
  private final Bill bill = new Bill();
  private final Set<String> credentials = ConcurrentHashMap.newKeySet();

  private MockProvider(HttpServer server) {
    this.server = server;
  }

  /** Starts a provider on a free port. */
  static MockProvider start() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), BACKLOG);
    MockProvider provider = new MockProvider(server);
    server.setExecutor(provider.threads);
    server.createContext("/", provider::serve);
    server.start();
    return provider;
  }

  /** Returns the URL that an SDK calls its base URL. */
  String baseUrl() {
    InetSocketAddress at = server.getAddress();
    return "http://" + at.getAddress().getHostAddress() + ":" + at.getPort() + "/v1";
  }

  /** Returns what was billed so far. */
  Bill bill() {
    return bill;
  }

  /** Returns the credentials that were sent to it so far. */
  Set<String> credentials() {
    return Set.copyOf(credentials);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      ChatRequest request;
      try {
        request = read(exchange);
      } catch (ProviderError e) {
        send(exchange, e.status(), error(e));
        return;
      }
      ChatAnswer answer = answer(request);
      // Billed before it is sent: a provider bills what it wrote, whether or not somebody reads it.
      bill.add(answer.promptTokens(), answer.tokens());
      if (request.stream()) {
        stream(exchange, answer, request.includeUsage());
      } else {
        send(exchange, 200, answer.toJson());
      }
    }
  }

  private ChatRequest read(HttpExchange exchange) throws IOException, ProviderError {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    if (!asked.equals("POST " + PATH)) {
      throw new ProviderError(404, "Unknown request URL: " + asked);
    }
    String credential = exchange.getRequestHeaders().getFirst("Authorization");
    if (credential == null || !credential.startsWith("Bearer ")) {
      throw new ProviderError(401, "You didn't provide an API key");
    }
    credentials.add(credential.substring("Bearer ".length()));
    try {
      return ChatRequest.read(JSON.readTree(body));
    } catch (JsonProcessingException e) {
      throw new ProviderError(400, "We could not parse the JSON body of your request");
    }
  }

  private ChatAnswer answer(ChatRequest request) {
    int allowed = Math.min(TALKS, request.outputCap());
    String text = Tokens.text(allowed);
    return new ChatAnswer(
        "chatcmpl-" + ids.incrementAndGet(),
        request.promptTokens(),
        text,
        Tokens.count(text),
        allowed < TALKS ? "length" : "stop");
  }

  private static String error(ProviderError error) {
    var body = JSON.createObjectNode();
    body.putObject("error")
        .put("message", error.getMessage())
        .put("type", "invalid_request_error")
        .putNull("param")
        .putNull("code");
    return body.toString();
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static void stream(HttpExchange exchange, ChatAnswer answer, boolean withUsage)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    for (String event : answer.toEvents(withUsage)) {
      body.write(("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
      body.flush();
    }
  }

  /** Stops at once; calls under way are cut. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
