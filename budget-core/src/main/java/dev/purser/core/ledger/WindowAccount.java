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
 * counter back to zero instead would free what calls of the old window still hold.
 *
 * <p>Two writes kill an account: its counter is swept, so that nobody counts there any more, then
 * replaced by a grave, which stays. Only the second one decides, for between them another thread may
 * move the window: then the account lives on, without the counter that counted nothing.
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
      if (seen != null && (seen.isGrave() || (seen.lasts(at) && !seen.swept()))) {
        return seen;
      }
      // A counter that is swept and not over: the sweep is not done yet, and this does it.
      WindowCounter next = seen != null && seen.swept() && seen.lasts(at)
          ? WindowCounter.grave(this)
          : owner().begin(this, at);
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

  @SuppressWarnings("ReferenceEquality") // which one, and not whether it counts alike
  boolean isLatest(WindowCounter counter) {
    return latest == counter;
  }

  @Override
  boolean dead() {
    WindowCounter seen = latest;
    return seen != null && seen.isGrave();
  }

  @Override
  boolean die(Instant at) {
    WindowCounter seen = latest;
    if (seen != null && seen.isGrave()) {
      return true;
    }
    if (seen != null && seen.lasts(at)) {
      if (seen.used() != 0) {
        return false;
      }
      // A clock that was set back may stand before the window.
      owner().aboutToForget(seen.within());
      if (!seen.kill()) {
        return false;
      }
    } else if (seen != null) {
      owner().aboutToForget(at);
    }
    // Where another thread has moved the window meanwhile, the account is in use.
    return LATEST.compareAndSet(this, seen, WindowCounter.grave(this)) || dead();
  }
}
