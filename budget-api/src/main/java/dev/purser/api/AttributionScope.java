package dev.purser.api;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of work whose calls are attributed alike. The scope is bound to the thread that opened
 * it; {@link #wrap(Runnable)} carries it to others.
 *
 * <p>A scope may be used and closed by any thread.
 */
public final class AttributionScope implements AutoCloseable {

  private static final ThreadLocal<@Nullable AttributionScope> CURRENT = new ThreadLocal<>();
  private static final Tokens<AttributionScope> TOKENS = new Tokens<>();

  private final Attribution attribution;
  private final @Nullable AttributionScope outer;
  private final AtomicLong spentNanoUsd = new AtomicLong();
  private volatile boolean closed;
  private @Nullable String token;

  private AttributionScope(Attribution attribution, @Nullable AttributionScope outer) {
    this.attribution = attribution;
    this.outer = outer;
  }

  static AttributionScope open(Attribution attribution) {
    AttributionScope outer = current();
    AttributionScope scope = new AttributionScope(
        outer == null ? attribution : attribution.orElse(outer.attribution), outer);
    CURRENT.set(scope);
    return scope;
  }

  /** Returns the innermost scope of this thread that is not closed, or null. */
  public static @Nullable AttributionScope current() {
    return unclosed(CURRENT.get());
  }

  static @Nullable AttributionScope unclosed(@Nullable AttributionScope innermost) {
    AttributionScope scope = innermost;
    while (scope != null && scope.closed) {
      scope = scope.outer;
    }
    return scope;
  }

  /** Returns what calls inside are attributed to, parts of enclosing scopes included. */
  public Attribution attribution() {
    return attribution;
  }

  /** Returns what the calls inside have cost so far, those of nested scopes included. */
  public Usd spent() {
    return Usd.ofNanos(spentNanoUsd.get());
  }

  /**
   * Counts a cost here and in every scope around; for implementations of {@link BudgetGuard}.
   *
   * @param nanoUsd nano-dollars; negative where a charge is corrected downwards
   */
  public void addSpent(long nanoUsd) {
    for (AttributionScope scope = this; scope != null; scope = scope.outer) {
      scope.spentNanoUsd.addAndGet(nanoUsd);
    }
  }

  /** Returns a task that runs inside this scope, and under this thread's ceilings, on whatever thread runs it. */
  public Runnable wrap(Runnable task) {
    return context().wrap(task);
  }

  /** Returns a task that runs inside this scope, and under this thread's ceilings, on whatever thread runs it. */
  public <T extends @Nullable Object> Callable<T> wrap(Callable<T> task) {
    return context().wrap(task);
  }

  /** Returns an executor whose tasks run inside this scope, and under the ceilings of who hands them over. */
  public Executor wrap(Executor executor) {
    return task -> executor.execute(wrap(task));
  }

  private CallContext context() {
    return new CallContext(this, Ceiling.current());
  }

  /** Puts this thread inside a scope, or inside none, and returns the one it was in before. */
  static @Nullable AttributionScope enter(@Nullable AttributionScope scope) {
    AttributionScope before = CURRENT.get();
    restore(scope);
    return before;
  }

  /** Returns what names the scope in a header. */
  synchronized String token() {
    if (token == null) {
      token = TOKENS.name(this);
    }
    return token;
  }

  static @Nullable AttributionScope named(String token) {
    return TOKENS.named(token);
  }

  /**
   * Ends the scope: calls made from now on are not attributed to it, on no thread and in whatever
   * order scopes are closed. Those that are open still count in {@link #spent()}.
   */
  @Override
  public void close() {
    closed = true;
    if (CURRENT.get() == this) {
      restore(current());
    }
  }

  private static void restore(@Nullable AttributionScope scope) {
    if (scope == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(scope);
    }
  }

  @Override
  public String toString() {
    return "AttributionScope" + attribution + " spent " + spent();
  }
}
