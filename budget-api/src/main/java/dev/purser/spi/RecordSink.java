package dev.purser.spi;

import dev.purser.api.ControlRecord;
import dev.purser.api.SpendRecord;
import java.io.IOException;

/**
 * Where records go. Called by one thread at a time, never on a caller's path. What it throws is
 * logged and counted, and harms neither the call nor other sinks.
 */
@FunctionalInterface
public interface RecordSink extends AutoCloseable {

  /**
   * Takes a record.
   *
   * @throws IOException if it could not be kept
   */
  void accept(SpendRecord record) throws IOException;

  /**
   * Takes a record of what somebody did; passed over by default.
   *
   * @throws IOException if it could not be kept
   */
  default void control(ControlRecord record) throws IOException {}

  /**
   * Makes what was taken visible to readers; called when the queue of records runs empty.
   *
   * @throws IOException if that failed
   */
  default void flush() throws IOException {}

  @Override
  default void close() throws IOException {}
}
