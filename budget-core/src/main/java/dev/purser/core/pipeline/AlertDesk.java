package dev.purser.core.pipeline;

import dev.purser.api.Alert;
import dev.purser.core.alert.AlertBook;
import dev.purser.core.alert.Desk;
import dev.purser.core.alert.Part;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Completes alerts with who contributed most, and tells them, on a thread of the library's own. Safe for use
 * by several threads; none waits.
 */
public final class AlertDesk implements Desk {

  private final AlertBook book;
  private final Executor thread;
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
    if (book.isTold(alert.key())) {
      return;
    }
    try {
      thread.execute(() -> complete(alert, part));
    } catch (RejectedExecutionException e) {
      boolean unused = book.once(alert); // the guard is being closed: it is told as it is
    }
  }

  private void complete(Alert alert, Part part) {
    Overview known = overview;
    Alert whole = alert;
    if (known != null) {
      Overview.Contributors most = known.contributors(part);
      whole = alert.from(most.sessions(), most.models());
    }
    boolean unused = book.once(whole);
  }
}
