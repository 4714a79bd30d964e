package dev.purser.spi;

import dev.purser.api.ControlRecord;
import dev.purser.api.SpendRecord;
import java.io.IOException;

/**
 * Where records go. Called by one thread at a time, never on a caller's path, in the order in which
 * calls ended. Each sink has a queue of its own: one that throws, hangs or is slow harms neither a call
 * nor another sink. What it throws is logged and counted, and the next record follows; what its queue
 * cannot hold is dropped, counted and told to the alert sinks.
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
   * Whether records with such an outcome are of use here. Asked once for each outcome; what is not taken
   * is not queued.
   */
  default boolean takes(SpendRecord.Outcome outcome) {
    return true;
  }

  /**
   * Takes a record of what somebody did; passed over by default.
   *
   * @throws IOException if it could not be kept
   */
  default void control(ControlRecord record) throws IOException {}

  /**
   * Makes what was taken visible to readers; called when the sink's queue runs empty, and at
   * the latest after some thousand records.
   *
   * @throws IOException if that failed
   */
  default void flush() throws IOException {}

  @Override
  default void close() throws IOException {}
}
