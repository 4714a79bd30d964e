package dev.purser.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;

/** A connection to the {@link Provider}. For one thread at a time. */
final class Connection implements AutoCloseable {

  private final Socket socket;
  private final BufferedReader in;

  Connection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  /** Says a line, in one write, and waits for the answer. */
  String ask(String line) throws IOException {
    socket.getOutputStream().write((line + "\n").getBytes(UTF_8));
    String answer = in.readLine();
    if (answer == null) {
      throw new EOFException("the provider is gone");
    }
    return answer;
  }

  /** Says nothing until the provider is gone. */
  void awaitEnd() throws IOException {
    String unasked = in.readLine();
    if (unasked != null) {
      throw new IOException("not asked for: " + unasked);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
