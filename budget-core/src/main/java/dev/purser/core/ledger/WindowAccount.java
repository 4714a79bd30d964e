package dev.purser.core.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account with calendar windows or a fixed span: the counter of its latest window.
 *
 * <p><b>Memory order:</b> the counter is replaced by compare-and-set, so that every call that meets
 * a new window first agrees on one counter; its final fields are published by that write. Setting a
 * counter back to zero instead would free what calls of the old window still hold. A swept counter is
 * never replaced, so a dead account stays dead.
 *
 * <p><b>Progress:</b> lock-free; windows only move forward, so a lost compare-and-set means that
 * the window has been moved, or the account swept.
 */
final class WindowAccount extends LedgerAccount {

  private static final VarHandle LATEST;

  static {
    try {
      LATEST =
          MethodHandles.lookup().findVarHandle(WindowAccount.class, "latest", WindowCounter.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile @Nullable WindowCounter latest;

  WindowAccount(BudgetAccounts owner, String scope, long sequence) {
    super(owner, scope, sequence);
  }

  @Override
  Counter counterAt(Instant at) {
    while (true) {
      WindowCounter seen = latest;
      if (seen != null && (seen.lasts(at) || seen.swept())) {
        return seen;
      }
      WindowCounter next = owner().begin(this, at);
      if (LATEST.compareAndSet(this, seen, next)) {
        return next;
      }
    }
  }

  @Override
  Counter peek(Instant at) {
    WindowCounter seen = latest;
    return seen != null && seen.lasts(at) ? seen : owner().begin(this, at);
  }

  @Override
  boolean dead() {
    WindowCounter seen = latest;
    return seen != null && seen.swept();
  }

  @Override
  boolean die(Instant at) {
    WindowCounter seen = latest;
    if (seen != null && seen.lasts(at)) {
      // A clock that was set back may stand before the window.
      return seen.used() == 0 && forget(seen.within()) && seen.kill();
    }
    // Where another thread has moved the window meanwhile, the account is in use.
    return (seen == null || forget(at))
        && LATEST.compareAndSet(this, seen, WindowCounter.swept(this));
  }

  private boolean forget(Instant at) {
    owner().aboutToForget(at);
    return true;
  }
}
