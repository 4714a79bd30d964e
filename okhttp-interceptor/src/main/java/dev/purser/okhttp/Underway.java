package dev.purser.okhttp;

import dev.purser.api.BudgetGuard;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * A call that an interceptor of this thread is about to pass on, so that a second one of the same guard,
 * further down the same chain, does not count it again. A chain runs on one thread, also of an
 * asynchronous call. Bound to the thread that begins it.
 */
final class Underway implements AutoCloseable {

  private static final ThreadLocal<@Nullable Underway> INNERMOST = new ThreadLocal<>();

  private final BudgetGuard guard;
  private final Call call;
  private final @Nullable Underway outer;

  private Underway(BudgetGuard guard, Call call, @Nullable Underway outer) {
    this.guard = guard;
    this.call = call;
    this.outer = outer;
  }

  /** Whether an interceptor around this one asks the same guard for the same call. */
  static boolean is(BudgetGuard guard, Call call) {
    Underway each = INNERMOST.get();
    while (each != null && (each.guard != guard || each.call != call)) {
      each = each.outer;
    }
    return each != null;
  }

  static Underway begin(BudgetGuard guard, Call call) {
    Underway begun = new Underway(guard, call, INNERMOST.get());
    INNERMOST.set(begun);
    return begun;
  }

  @Override
  public void close() {
    if (outer == null) {
      INNERMOST.remove();
    } else {
      INNERMOST.set(outer);
    }
  }
}
