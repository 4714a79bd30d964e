package dev.purser.core.pipeline;

import dev.purser.api.Alert;
import dev.purser.core.alert.AlertBook;
import dev.purser.core.alert.Desk;
import dev.purser.core.alert.Part;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes alerts with who contributed most, and tells them, on a thread of the library's own. Safe for use
 * by several threads; none waits.
 */
public final class AlertDesk implements Desk {

  private static final Logger log = LoggerFactory.getLogger("dev.purser");

  private final AlertBook book;
  private final Executor thread;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Overview overview;

  /** Tells through this book. */
  public AlertDesk(AlertBook book, Executor thread) {
    this.book = book;
    this.thread = thread;
  }

  void begin(Overview known) {
    overview = known;
  }

  @Override
  public void tell(Alert alert, Part part) {
    if (book.isTold(alert.key()) || !underWay.add(alert.key())) {
      return;
    }
    try {
      thread.execute(() -> tellCompleted(alert, part));
    } catch (RejectedExecutionException e) {
      underWay.remove(alert.key());
      boolean unused = book.once(alert); // the guard is being closed: it is told as it is
    }
  }

  private void tellCompleted(Alert alert, Part part) {
    try {
      boolean unused = book.once(completed(alert, part));
    } finally {
      underWay.remove(alert.key());
    }
  }

  private Alert completed(Alert alert, Part part) {
    Overview known = overview;
    if (known == null) {
      return alert;
    }
    try {
      Overview.Contributors most = known.contributors(part);
      return alert.from(most.sessions(), most.models());
    } catch (RuntimeException e) {
      log.warn("Who contributed to an alert is not known: {}", e.getClass().getName());
      return alert;
    }
  }
}
