package dev.purser.api;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a thread's calls count for: its innermost {@link AttributionScope} and {@link Ceiling}. To be
 * captured where work is handed over, and put in force where it runs:
 *
 * <pre>{@code
 * ExecutorService pool = CallContext.capturing(Executors.newFixedThreadPool(8));
 * CompletableFuture.supplyAsync(() -> model.chat(question), pool);
 * Thread.startVirtualThread(CallContext.capture().wrap(agent));
 * }</pre>
 *
 * <p>Where the work's thread was in a scope of its own, that is left aside while the work runs. Immutable;
 * safe for use by several threads.
 */
public final class CallContext {

  /**
   * Carries the {@linkplain #token() token} of a context with a request that another thread sends.
   * Adapters take it off before the request leaves.
   */
  public static final String HEADER = "x-purser-context";

  /** In no scope, and under no ceilings but those over all threads. */
  public static final CallContext NONE = new CallContext(null, null);

  private final @Nullable AttributionScope scope;
  private final @Nullable Ceiling ceiling;

  CallContext(@Nullable AttributionScope scope, @Nullable Ceiling ceiling) {
    this.scope = scope;
    this.ceiling = ceiling;
  }

  /** Returns what this thread's calls count for now. */
  public static CallContext capture() {
    AttributionScope scope = AttributionScope.current();
    Ceiling ceiling = Ceiling.current();
    return scope == null && ceiling == null ? NONE : new CallContext(scope, ceiling);
  }

  /** Returns an executor whose tasks count for what those who hand them over count for. */
  public static Executor capturing(Executor executor) {
    return task -> executor.execute(capture().wrap(task));
  }

  /**
   * Returns an executor whose tasks count for what those who hand them over count for. What {@code
   * shutdownNow} returns are the tasks as they are run, not as they were handed over.
   */
  public static ExecutorService capturing(ExecutorService executor) {
    return new CapturingExecutorService(executor);
  }

  /** Returns a factory whose threads count for what those who make them count for. */
  public static ThreadFactory threads(ThreadFactory factory) {
    return task -> factory.newThread(capture().wrap(task));
  }

  /** Whether nothing is counted here: neither a scope nor a ceiling is open. */
  public boolean isNone() {
    return scope() == null && ceilings().isEmpty();
  }

  /** Returns the innermost scope that is not closed, or null. */
  public @Nullable AttributionScope scope() {
    return AttributionScope.unclosed(scope);
  }

  /** Returns the ceilings that are not closed, the innermost first. */
  public List<Ceiling> ceilings() {
    return Ceiling.around(ceiling);
  }

  /** Puts this thread into the context until the result is closed, by the same thread. */
  public Entry enter() {
    AttributionScope before = AttributionScope.enter(scope);
    Ceiling.Binding bound = Ceiling.put(ceiling);
    return () -> {
      bound.close();
      AttributionScope unused = AttributionScope.enter(before);
    };
  }

  /** Puts a thread back into the context it was in before. */
  @FunctionalInterface
  public interface Entry extends AutoCloseable {
    @Override
    void close();
  }

  /** Returns a task that runs in this context on whatever thread runs it. */
  public Runnable wrap(Runnable task) {
    return () -> {
      Entry entered = enter();
      try {
        task.run();
      } finally {
        entered.close();
      }
    };
  }

  /** Returns a task that runs in this context on whatever thread runs it. */
  public <T extends @Nullable Object> Callable<T> wrap(Callable<T> task) {
    return () -> {
      Entry entered = enter();
      try {
        return task.call();
      } finally {
        entered.close();
      }
    };
  }

  /**
   * Returns a task that runs in this context on whatever thread runs it, for {@code
   * CompletableFuture.supplyAsync}.
   */
  public <T extends @Nullable Object> Supplier<T> supplier(Supplier<T> task) {
    return () -> {
      Entry entered = enter();
      try {
        return task.get();
      } finally {
        entered.close();
      }
    };
  }

  /**
   * Returns what names the context in a header: random, found by this process alone, and only as long as
   * the scope and the ceiling are in use. Empty for a context that says nothing.
   */
  public String token() {
    return (scope == null ? "" : scope.token()) + (ceiling == null ? "" : "." + ceiling.token());
  }

  /** Returns the context that a header names, or null without one. Of parts that are gone it says nothing. */
  public static @Nullable CallContext named(@Nullable String token) {
    if (token == null || token.isEmpty()) {
      return null;
    }
    int dot = token.indexOf('.');
    String ofScope = dot < 0 ? token : token.substring(0, dot);
    return new CallContext(
        AttributionScope.named(ofScope), dot < 0 ? null : Ceiling.named(token.substring(dot + 1)));
  }

  @Override
  public String toString() {
    return "CallContext of " + scope + ", " + ceiling;
  }
}
