package dev.purser.samples.demo;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Waits for what an asynchronous client brings. */
final class Awaited {

  private Awaited() {}

  /** Returns the answer; throws what the SDK threw, without the wrappings of the futures it came through. */
  static String of(CompletableFuture<String> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      Throwable cause = e;
      while ((cause instanceof ExecutionException || cause instanceof CompletionException)
          && cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw cause instanceof RuntimeException told ? told : new IllegalStateException(cause);
    }
  }
}
