package dev.purser.spi;

import dev.purser.api.Alert;

/** Where alerts go. Called by one thread at a time, never on a caller's path. */
@FunctionalInterface
public interface AlertSink {

  /** Takes an alert. */
  void accept(Alert alert);
}
