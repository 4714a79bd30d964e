package dev.purser.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;

/**
 * A provider on loopback that does as little as a server can, so that what a client adds is seen: it reads
 * a request, sleeps for as long as the request's header {@code x-delay} says, in milliseconds, and sends one
 * of a few answers that are ready. One thread a connection.
 */
final class Upstream implements AutoCloseable {

  private static final int BACKLOG = 128;
  private static final int EVENTS = 50;
  private static final int ANSWER = 1_024;
  private static final String LENGTH = "content-length:";
  private static final String DELAY = "x-delay:";
  private static final String STREAM = "x-stream:";

  private final ServerSocket server;
  private final List<byte[]> answers = new Documents(11).answers(16, ANSWER);
  private final List<byte[]> events = new Documents(13).events(EVENTS);

  Upstream() throws IOException {
    server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    daemon("upstream", this::accept);
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/v1/chat/completions";
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        daemon("upstream " + socket.getPort(), () -> serve(socket));
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
      int served = 0;
      String head = head(in);
      while (!head.isEmpty()) {
        in.skipNBytes(number(head, LENGTH));
        long delay = number(head, DELAY);
        if (delay > 0) {
          Thread.sleep(delay);
        }
        if (number(head, STREAM) > 0) {
          stream(out);
        } else {
          whole(out, answers.get(served++ % answers.size()));
        }
        head = head(in);
      }
    } catch (IOException e) {
      // The client has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the head of a request in lower case; empty at the end. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int line = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.write(b);
      if (b == '\n') {
        if (line == 0) {
          return head.toString(US_ASCII).toLowerCase(Locale.ROOT);
        }
        line = 0;
      } else if (b != '\r') {
        line++;
      }
    }
    return "";
  }

  private static long number(String head, String name) {
    int at = head.indexOf(name);
    return at < 0
        ? 0
        : Long.parseLong(
            head.substring(at + name.length(), head.indexOf('\r', at)).trim());
  }

  private static void whole(OutputStream out, byte[] answer) throws IOException {
    out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + answer.length + "\r\n\r\n")
        .getBytes(US_ASCII));
    out.write(answer);
    out.flush();
  }

  private void stream(OutputStream out) throws IOException {
    out.write(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
            .getBytes(US_ASCII));
    for (byte[] event : events) {
      out.write((Integer.toHexString(event.length) + "\r\n").getBytes(US_ASCII));
      out.write(event);
      out.write("\r\n".getBytes(US_ASCII));
      out.flush();
    }
    out.write("0\r\n\r\n".getBytes(US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
