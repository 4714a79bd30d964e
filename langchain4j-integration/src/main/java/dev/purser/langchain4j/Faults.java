package dev.purser.langchain4j;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Contains what a guard or a reader may fail with, so that the call goes on without it. */
final class Faults {

  private static final System.Logger LOG = System.getLogger(BudgetedChatModel.class.getName());

  private Faults() {}

  /** Returns what the work returns, or null if it failed. */
  static <T> @Nullable T ask(String part, Supplier<? extends @Nullable T> work) {
    try {
      return work.get();
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      // The class alone: a message may quote the request.
      LOG.log(
          System.Logger.Level.WARNING, "fault in " + part + ": " + e.getClass().getName());
      return null;
    }
  }

  /** Runs the work; false if it failed. */
  static boolean run(String part, Runnable work) {
    return ask(part, () -> {
          work.run();
          return true;
        })
        != null;
  }
}
