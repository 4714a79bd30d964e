package dev.purser.clients;

import java.util.Iterator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The answer of a client that hands out an iterator. */
public final class PulledAnswer<T> implements Answer {

  private final Iterator<T> parts;
  private final Function<T, String> text;
  private final Runnable close;

  /** Takes texts from parts; giving up is what is run. */
  public PulledAnswer(Iterator<T> parts, Function<T, String> text, Runnable close) {
    this.parts = parts;
    this.text = text;
    this.close = close;
  }

  @Override
  public @Nullable String next() {
    while (parts.hasNext()) {
      String piece = text.apply(parts.next());
      if (!piece.isEmpty()) {
        return piece;
      }
    }
    return null;
  }

  @Override
  public void close() {
    close.run();
  }
}
