package dev.purser.clients;

import org.jspecify.annotations.Nullable;

/** An answer that arrives in pieces. For one thread. */
public interface Answer extends AutoCloseable {

  /** Waits for the next piece of text and returns it; null at the end. Throws what the client throws. */
  @Nullable String next() throws Exception;

  /** Gives up, as this client is told to. */
  @Override
  void close();

  /** Reads to the end and returns the text. */
  default String rest() throws Exception {
    StringBuilder text = new StringBuilder();
    for (String piece = next(); piece != null; piece = next()) {
      text.append(piece);
    }
    return text.toString();
  }
}
