package dev.purser.core.emit;

import dev.purser.api.Alert;
import dev.purser.spi.AlertSink;
import java.util.concurrent.atomic.AtomicInteger;

/** An alert on its way to all alert sinks. Safe for use by several threads. */
final class Delivery {

  private final Alert alert;
  private final boolean over;
  private final Runnable delivered;
  private final AtomicInteger missing;

  /**
   * An alert that nobody has taken yet.
   *
   * @param over whether what it tells of is over
   * @param sinks how many have to take it
   */
  Delivery(Alert alert, boolean over, Runnable delivered, int sinks) {
    this.alert = alert;
    this.over = over;
    this.delivered = delivered;
    missing = new AtomicInteger(sinks);
  }

  /** Hands the alert to a sink. */
  void to(AlertSink sink) {
    if (over) {
      sink.resolved(alert);
    } else {
      sink.accept(alert);
    }
  }

  /** A sink has taken the alert; the last one makes it known. */
  void taken() {
    if (missing.decrementAndGet() == 0) {
      delivered.run();
    }
  }
}
