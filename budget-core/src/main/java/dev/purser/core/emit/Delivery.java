package dev.purser.core.emit;

import dev.purser.api.Alert;
import java.util.concurrent.atomic.AtomicInteger;

/** An alert on its way to all alert sinks. Safe for use by several threads. */
final class Delivery {

  private final Alert alert;
  private final Runnable delivered;
  private final AtomicInteger missing;

  /**
   * An alert that nobody has taken yet.
   *
   * @param sinks how many have to take it
   */
  Delivery(Alert alert, Runnable delivered, int sinks) {
    this.alert = alert;
    this.delivered = delivered;
    missing = new AtomicInteger(sinks);
  }

  Alert alert() {
    return alert;
  }

  /** A sink has taken the alert; the last one makes it known. */
  void taken() {
    if (missing.decrementAndGet() == 0) {
      delivered.run();
    }
  }
}
