package dev.purser.okhttp;

import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.BudgetGuard;
import dev.purser.api.UnmeteredCall;
import dev.purser.wire.Dialects;
import java.util.function.Supplier;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * The one place where faults of the library end. A guard, dialect or meter that throws must not
 * break the call it watches: the user is owed an answer, and only a refusal may withhold it. So every
 * part that is not the network or the caller's own code runs in here, for one call; a fault is
 * reported through the guard, and the call goes on without that part.
 *
 * <p>Reports name the fault's class and never its message, which may quote a prompt.
 */
final class FaultBarrier {

  private static final System.Logger LOG = System.getLogger(BudgetInterceptor.class.getName());

  private final BudgetGuard guard;
  private final Request request;
  private final Attribution attribution;

  FaultBarrier(BudgetGuard guard, Request request, Attribution attribution) {
    this.guard = guard;
    this.request = request;
    this.attribution = attribution;
  }

  /** Returns what the work returns, or null if it failed. */
  <T> @Nullable T ask(String part, Supplier<? extends @Nullable T> work) {
    try {
      return work.get();
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      unmetered("fault in " + part + ": " + e.getClass().getName());
      return null;
    }
  }

  /** Runs the work; false if it failed. */
  boolean run(String part, Runnable work) {
    return ask(part, () -> {
          work.run();
          return true;
        })
        != null;
  }

  /** Has the guard note that the call, or something about it, is not counted as it should be. */
  void unmetered(String why) {
    try {
      AttributionScope scope = AttributionScope.current();
      guard.unmetered(new UnmeteredCall(
          provider(),
          request.method() + " " + request.url().host() + request.url().encodedPath(),
          scope == null ? attribution : attribution.orElse(scope.attribution()),
          why));
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      // The guard itself is at fault: the log is the only place left to say so.
      LOG.log(
          System.Logger.Level.WARNING,
          "unmetered call not noted: " + e.getClass().getName());
    }
  }

  private String provider() {
    String host = request.url().host();
    String provider = Dialects.providerOf(host);
    return provider == null ? host : provider;
  }
}
