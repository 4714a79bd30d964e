package dev.purser.clients.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * A provider on the loopback interface that answers every request with the same words, in one piece or
 * in several, and bills for itself by its own price list. Safe for use by several threads.
 */
public final class Provider implements AutoCloseable {

  /** What it answers, in the pieces of a stream. */
  public static final List<String> WORDS = List.of("The officer ", "who keeps ", "the money.");

  private static final int PATIENCE_SECONDS = 60;
  private static final int COMMENT_MILLIS = 50;
  private static final byte[] COMMENT = ": still there\n\n".getBytes(UTF_8);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final AtomicLong billed = new AtomicLong();
  private volatile CountDownLatch pause = new CountDownLatch(0);
  private volatile boolean keepingAlive;

  private Provider(HttpServer server) {
    this.server = server;
  }

  /** Starts one on a free port. */
  public static Provider start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    Provider provider = new Provider(server);
    server.setExecutor(provider.threads);
    server.createContext("/", provider::serve);
    server.start();
    return provider;
  }

  /** Where it is: {@code http://host:port} and a path. */
  public String url(String path) {
    InetSocketAddress at = server.getAddress();
    return "http://" + at.getAddress().getHostAddress() + ":" + at.getPort() + path;
  }

  /** Returns what reached it. */
  public List<Received> received() {
    return received;
  }

  /** Returns what it billed, in nano-dollars. */
  public long billed() {
    return billed.get();
  }

  /** Has streams stop behind their first words, until {@link #resume()}. */
  public void pauseStreams() {
    pause = new CountDownLatch(1);
  }

  /** Has streams send comments while they stop. */
  public void keepAlive() {
    keepingAlive = true;
  }

  /** Lets streams go on. */
  public void resume() {
    pause.countDown();
  }

  private static Api api(String path) {
    return path.endsWith("/chat/completions")
        ? Api.OPENAI
        : path.endsWith("/messages") ? Api.ANTHROPIC : Api.GEMINI;
  }

  private static Speech speech(Api api) {
    return switch (api) {
      case OPENAI -> new ChatSpeech();
      case ANTHROPIC -> new MessagesSpeech();
      case GEMINI -> new ContentsSpeech();
    };
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Api api = api(path);
      Speech speech = speech(api);
      Speech.Asked asked = speech.read(path, JSON.readTree(exchange.getRequestBody()));
      received.add(new Received(asked.model(), asked.cap(), asked.stream(), names(exchange)));
      int output = Math.min(Tokens.OUTPUT, asked.cap());
      billed.addAndGet(Price.of(asked.model()).bill(output));
      if (asked.stream()) {
        stream(exchange, speech.frames(asked.model(), WORDS, output));
      } else {
        send(exchange, speech.whole(asked.model(), String.join("", WORDS), output));
      }
    }
  }

  private static Set<String> names(HttpExchange exchange) {
    return exchange.getRequestHeaders().keySet().stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static void send(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private void stream(HttpExchange exchange, Speech.Frames frames) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    body.write(frames.first().getBytes(UTF_8));
    body.flush();
    try {
      pause(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    body.write(frames.rest().getBytes(UTF_8));
    body.flush();
  }

  private void pause(OutputStream body) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!pause.await(COMMENT_MILLIS, TimeUnit.MILLISECONDS)) {
      if (System.nanoTime() - end > 0) {
        throw new IOException("Nobody let the stream go on");
      }
      if (keepingAlive) {
        body.write(COMMENT);
        body.flush();
      }
    }
  }

  @Override
  public void close() {
    resume();
    server.stop(0);
    threads.shutdownNow();
  }
}
