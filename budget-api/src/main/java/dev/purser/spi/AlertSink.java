package dev.purser.spi;

import dev.purser.api.Alert;

/**
 * Where alerts go. Called by one thread at a time, never on a caller's path. Each sink has a queue of its
 * own: one that throws, hangs or is slow harms neither a call nor another sink.
 */
@FunctionalInterface
public interface AlertSink {

  /** Takes an alert. */
  void accept(Alert alert);

  /** Takes note that what an alert told of is over, or that somebody has acknowledged it. */
  default void resolved(Alert alert) {}
}
