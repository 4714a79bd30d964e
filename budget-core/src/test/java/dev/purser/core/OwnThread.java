package dev.purser.core;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Work on a thread of its own, for calls that wait for each other: the common pool may have only one,
 * and what one thread holds it does not wait for.
 */
final class OwnThread {

  private OwnThread() {}

  static <T> CompletableFuture<T> supply(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> new Thread(task).start());
  }
}
