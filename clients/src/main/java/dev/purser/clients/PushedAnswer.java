package dev.purser.clients;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a client that calls back. Its threads push, one thread takes.
 */
public final class PushedAnswer implements Answer {

  private static final int PATIENCE_SECONDS = 30;

  private sealed interface Event permits Piece, End {}

  private record Piece(String text) implements Event {}

  private record End(@Nullable Throwable failure) implements Event {}

  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private volatile Runnable cancel = () -> {};

  /** Says how this client is told that nobody wants the rest. */
  public PushedAnswer onClose(Runnable action) {
    this.cancel = action;
    return this;
  }

  /** Tells of a piece; one without text is nothing. */
  public void push(@Nullable String text) {
    if (text != null && !text.isEmpty()) {
      events.add(new Piece(text));
    }
  }

  /** Tells of the end. */
  public void end() {
    events.add(new End(null));
  }

  /** Tells of an end by a failure. */
  public void fail(Throwable failure) {
    events.add(new End(failure));
  }

  @Override
  public @Nullable String next() throws Exception {
    Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (event == null) {
      throw new TimeoutException("nothing came for " + PATIENCE_SECONDS + " seconds");
    }
    if (event instanceof Piece piece) {
      return piece.text();
    }
    events.add(event); // the end stays the end
    Throwable failure = ((End) event).failure();
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof Exception exception) {
      throw exception;
    }
    return null;
  }

  @Override
  public void close() {
    cancel.run();
  }
}
