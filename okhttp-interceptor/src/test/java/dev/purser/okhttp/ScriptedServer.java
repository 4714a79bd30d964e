package dev.purser.okhttp;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A provider for one connection that is told byte by byte what to do, where MockWebServer could only
 * be told to wait for some time.
 */
final class ScriptedServer implements AutoCloseable {

  /** What to do with the one connection; it is closed afterwards. */
  interface Script {
    void run(Connection connection) throws Exception;
  }

  private final ServerSocket listener;
  private final CompletableFuture<Void> done;

  ScriptedServer(Script script) throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    done = new CompletableFuture<>();
    Thread thread = new Thread(() -> serve(script), "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Script script) {
    try (Socket socket = listener.accept()) {
      socket.setTcpNoDelay(true);
      script.run(new Connection(socket));
      done.complete(null);
    } catch (Exception e) {
      done.completeExceptionally(e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Returns host and port. */
  String authority() {
    return listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort();
  }

  String url(String path) {
    return "http://" + authority() + path;
  }

  /** Waits for the script's end and throws what it threw. */
  void finish() throws Exception {
    done.get(10, TimeUnit.SECONDS);
  }

  static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(10, TimeUnit.SECONDS)) {
      throw new AssertionError("waited in vain");
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  /** The server's side of the connection. */
  static final class Connection {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Connection(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
    }

    /** Reads a request with a stated length; returns its body. */
    String readRequest() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          throw new IOException("no request: " + head.length() + " bytes of a head");
        }
        head.append((char) next);
      }
      String lower = head.toString().toLowerCase(Locale.ROOT);
      int at = lower.indexOf("content-length:") + "content-length:".length();
      int length =
          Integer.parseInt(lower.substring(at, lower.indexOf("\r\n", at)).strip());
      return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    void sendHead(String contentType, String more) throws IOException {
      send("HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\n" + more + "\r\n");
    }

    /** Starts a stream of events with its first chunk. */
    void sendStream(String firstChunk) throws IOException {
      sendHead("text/event-stream", "Transfer-Encoding: chunked\r\n");
      sendChunk(firstChunk);
    }

    void sendChunk(String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      send(Integer.toHexString(bytes.length) + "\r\n" + text + "\r\n");
    }

    void send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    /** Waits until the client has hung up. */
    void awaitHangUp() {
      try {
        while (in.read() >= 0) {
          // Nothing is expected.
        }
      } catch (IOException e) {
        // A reset is a hang-up, too.
      }
    }

    /** Makes the end of the connection a reset. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
    }
  }
}
