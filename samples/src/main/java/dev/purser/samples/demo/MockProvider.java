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
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A provider on the loopback interface that speaks OpenAI's chat completions and Anthropic's messages,
 * plain and streamed.
 * It counts the prompt that reached it, writes as much as it may, and bills what it wrote: a caller
 * that overspends is told so by {@link #bill()}, whatever Purser believes.
 *
 * <p>Safe for use by several threads; one thread serves one request.
 */
final class MockProvider implements AutoCloseable {

  /** How much this model would say if nobody stopped it, in tokens. */
  static final int TALKS = 16_000;

  private static final List<ProviderApi> APIS = List.of(new ChatApi(), new MessagesApi());
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

  /** Returns the URL that the OpenAI SDK calls its base URL. */
  String baseUrl() {
    return root() + "/v1";
  }

  /** Returns the URL that the Anthropic SDK calls its base URL. */
  String root() {
    InetSocketAddress at = server.getAddress();
    return "http://" + at.getAddress().getHostAddress() + ":" + at.getPort();
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
      byte[] body = exchange.getRequestBody().readAllBytes();
      ProviderApi api = api(exchange);
      ProviderApi.Asked asked;
      try {
        asked = read(exchange, api, body);
      } catch (ProviderError e) {
        send(exchange, e.status(), api.error(e));
        return;
      }
      int allowed = Math.min(TALKS, asked.outputCap());
      String text = Tokens.text(allowed);
      int tokens = Tokens.count(text);
      ProviderApi.Said answer = asked.answer(ids.incrementAndGet(), text, tokens, allowed < TALKS);
      // Billed before it is sent: a provider bills what it wrote, whether or not somebody reads it.
      bill.add(api.price(), asked.promptTokens(), tokens);
      if (asked.stream()) {
        stream(exchange, answer);
      } else {
        send(exchange, 200, answer.toJson());
      }
    }
  }

  /** Returns the API that is spoken; the first for what is none, to say so in its way. */
  private static ProviderApi api(HttpExchange exchange) {
    return APIS.stream()
        .filter(each -> each.path().equals(exchange.getRequestURI().getPath()))
        .findFirst()
        .orElse(APIS.get(0));
  }

  private ProviderApi.Asked read(HttpExchange exchange, ProviderApi api, byte[] body)
      throws IOException, ProviderError {
    String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    if (!asked.equals("POST " + api.path())) {
      throw new ProviderError(404, "Unknown request URL: " + asked);
    }
    String credential = api.credential(exchange.getRequestHeaders());
    if (credential == null) {
      throw new ProviderError(401, "You didn't provide an API key");
    }
    credentials.add(credential);
    try {
      return api.read(JSON.readTree(body));
    } catch (JsonProcessingException e) {
      throw new ProviderError(400, "We could not parse the JSON body of your request");
    }
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static void stream(HttpExchange exchange, ProviderApi.Said answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    for (String frame : answer.toFrames()) {
      body.write(frame.getBytes(StandardCharsets.UTF_8));
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
