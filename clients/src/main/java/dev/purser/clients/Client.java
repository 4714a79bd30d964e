package dev.purser.clients;

/**
 * A client as an application has it, with Purser in it, and its own defaults for everything else. Calls
 * are for whom the calling thread says: a client whose calls leave from other threads carries it there.
 * Safe for use by several threads.
 */
public interface Client extends AutoCloseable {

  /** Asks for a whole answer and returns its text, or throws what the client throws. */
  String ask(Prompt prompt) throws Exception;

  /** Asks for an answer in pieces; what the client throws may be thrown here or by the first piece. */
  Answer stream(Prompt prompt) throws Exception;

  @Override
  default void close() {}
}
