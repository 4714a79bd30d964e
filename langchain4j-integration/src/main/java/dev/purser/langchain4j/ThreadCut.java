package dev.purser.langchain4j;

import dev.purser.api.Denial;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a call that its thread waits for: by an interrupt, which LangChain4j's HTTP clients end the call
 * and its repetitions at.
 */
final class ThreadCut implements Consumer<Denial> {

  private final Thread thread = Thread.currentThread();
  private @Nullable Denial cut;
  private boolean over;

  /** Interrupts the thread, unless it has come back. */
  @Override
  public synchronized void accept(Denial denial) {
    if (!over) {
      cut = denial;
      thread.interrupt();
    }
  }

  /** The thread has come back; returns what cut its call, or null. Takes our interrupt back. */
  synchronized @Nullable Denial over() {
    over = true;
    if (cut != null) {
      boolean unused = Thread.interrupted();
    }
    return cut;
  }
}
