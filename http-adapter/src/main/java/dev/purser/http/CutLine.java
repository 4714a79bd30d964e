package dev.purser.http;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What stops a call that somebody froze: at first nothing, then the failure of its future, then the
 * closing of its answer. Whatever it is runs on a thread of its own, because a freeze must not wait for
 * it. Safe for use by several threads.
 */
public final class CutLine {

  private @Nullable Runnable stop;
  private boolean cut;

  /** Makes one for a call that nothing stops yet. */
  public CutLine() {}

  /** Sets what stops the call from now on; does it at once if the call was cut before. */
  public void onCut(Runnable next) {
    synchronized (this) {
      stop = next;
      if (!cut) {
        return;
      }
    }
    start(next);
  }

  /** Stops the call. */
  public void cut() {
    Runnable now;
    synchronized (this) {
      cut = true;
      now = stop;
    }
    if (now != null) {
      start(now);
    }
  }

  private static void start(Runnable stop) {
    // What it returns would only say that a stream did not like to be closed.
    var unused = CompletableFuture.runAsync(stop);
  }
}
