package dev.purser.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A provider for callers that are killed. It lives in the test's process, so it remembers what they
 * cannot, and it is spoken to through a socket, so that nothing is lost in the wrong direction:
 *
 * <ul>
 *   <li>a call is billed when its request has been read here, before there is an answer. What a dead
 *       caller had sent still stands in the socket, and is read and billed;
 *   <li>that an ending has returned is said after it did. If the caller dies in between, the test
 *       knows less than what happened, never more.
 * </ul>
 *
 * <p>A file that the caller wrote to would do the first only if the caller were the provider, too.
 */
final class Provider implements AutoCloseable {

  /** What a token costs, in nano-dollars. */
  static final long TOKEN = 10_000;

  /** No number of calls or refusals. */
  static final int NEVER = Integer.MAX_VALUE;

  /**
   * A call that was sent.
   *
   * @param reserved what the caller holds for it, in nano-dollars
   * @param billed what it costs, in nano-dollars
   * @param plan what the caller means to do with it
   */
  record Sent(long reserved, long billed, Ending plan) {}

  private final ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
  private final Map<String, Sent> calls = new ConcurrentHashMap<>();
  private final Set<String> settled = ConcurrentHashMap.newKeySet();
  private final Set<String> released = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> refused = new ConcurrentHashMap<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final AtomicLong billed = new AtomicLong();
  private final AtomicInteger callsLeft = new AtomicInteger(NEVER);
  private final AtomicInteger refusalsLeft = new AtomicInteger(NEVER);
  private final ConcurrentLinkedQueue<Thread> connections = new ConcurrentLinkedQueue<>();
  private final Random random;
  private volatile Runnable kill = () -> {};
  private volatile boolean killing;
  private final CountDownLatch open = new CountDownLatch(1);
  private volatile CountDownLatch drained = new CountDownLatch(1);

  /** @param seed decides how long the answers are */
  Provider(long seed) throws IOException {
    random = new Random(seed);
    Thread accepting = new Thread(this::accept, "provider");
    accepting.setDaemon(true);
    accepting.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread connection = new Thread(() -> serve(socket), "provider-connection");
        connection.setDaemon(true);
        connections.add(connection);
        connection.start();
      }
    } catch (SocketException e) {
      drained.countDown(); // closed by the test
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(Socket socket) {
    try (socket;
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
      socket.setTcpNoDelay(true);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String answer = answer(line);
        socket.getOutputStream().write((answer + "\n").getBytes(UTF_8));
      }
    } catch (IOException e) {
      if (!killing) {
        told.add("broken: " + e.getMessage());
      } // else the caller was killed: what it had said was read before
    }
  }

  private String answer(String line) {
    String[] words = line.split(" ", 2);
    String rest = words.length > 1 ? words[1] : "";
    switch (words[0]) {
      case "hello" -> event(callsLeft);
      case "call" -> {
        return call(rest.split(" ", -1));
      }
      case "settled" -> settled.add(rest);
      case "released" -> released.add(rest);
      case "refused" -> {
        refused.merge(rest, 1, Integer::sum);
        event(refusalsLeft);
      }
      case "open" -> open.countDown();
      case "drain" -> drained.countDown();
      default -> told.add(line);
    }
    return "ok";
  }

  private String call(String[] words) {
    long cap = Long.parseLong(words[1]);
    long tokens;
    synchronized (random) {
      tokens = 1 + (long) (random.nextDouble() * cap);
    }
    bill(words[0], cap * TOKEN, tokens * TOKEN, Ending.valueOf(words[2]));
    event(callsLeft);
    return Long.toString(tokens);
  }

  /** Bills a call. */
  void bill(String id, long reserved, long cost, Ending plan) {
    calls.put(id, new Sent(reserved, cost, plan));
    billed.addAndGet(cost);
  }

  private void event(AtomicInteger left) {
    if (left.getAndDecrement() == 0) {
      killing = true;
      kill.run();
    }
  }

  /**
   * Has the caller killed.
   *
   * @param calls as soon as it has made so many calls; 0 for as soon as it says hello
   * @param refusals as soon as more calls than so many were refused to it
   */
  void killAfter(int calls, int refusals, Runnable how) {
    kill = how;
    callsLeft.set(calls);
    refusalsLeft.set(refusals);
  }

  /** Waits until a caller says that it has opened its folder. */
  boolean awaitOpen() throws InterruptedException {
    return open.await(2, TimeUnit.MINUTES);
  }

  /** Waits until all is read that dead callers had said. */
  void drain() throws IOException, InterruptedException {
    drained = new CountDownLatch(1);
    // Connections are accepted in their order, so all others are.
    try (Connection last = new Connection(port())) {
      last.ask("drain");
    }
    drained.await();
    for (Thread next = connections.poll(); next != null; next = connections.poll()) {
      next.join();
    }
    killing = false;
  }

  int port() {
    return server.getLocalPort();
  }

  /** Returns all that was billed, in nano-dollars. */
  long billed() {
    return billed.get();
  }

  /** Returns what was billed for calls whose settle is known to have returned, in nano-dollars. */
  long billedAndSettled() {
    return settled.stream().mapToLong(id -> calls.get(id).billed()).sum();
  }

  /** Returns the calls that were sent, by id. */
  Map<String, Sent> calls() {
    return calls;
  }

  /** Whether the caller said that settle had returned. */
  boolean settled(String id) {
    return settled.contains(id);
  }

  /** Returns the calls whose release returned, by id. */
  Set<String> released() {
    return released;
  }

  int refused(String reason) {
    return refused.getOrDefault(reason, 0);
  }

  /** Returns what else callers said. */
  List<String> told() {
    return told;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
