package dev.purser.okhttp;

import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.BudgetGuard;
import dev.purser.api.UnmeteredCall;
import dev.purser.wire.Dialects;
import java.util.function.Consumer;
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
    return contain(work, fault -> unmetered("fault in " + part + ": " + fault));
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
    contain(
        () -> {
          guard.unmetered(noted(why));
          return null;
        },
        // The guard itself is at fault: the log is the only place left to say so.
        fault -> LOG.log(System.Logger.Level.WARNING, "unmetered call not noted: " + fault));
  }

  /**
   * Contains what a part may fail with and the process survive. Errors of the machine, such as a
   * heap that is full, are not ours to hide; a stack that is, a deeply nested body can bring about.
   */
  private static <T> @Nullable T contain(
      Supplier<? extends @Nullable T> work, Consumer<String> report) {
    try {
      return work.get();
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      report.accept(e.getClass().getName());
      return null;
    }
  }

  private UnmeteredCall noted(String why) {
    AttributionScope scope = AttributionScope.current();
    return new UnmeteredCall(
        provider(),
        request.method() + " " + request.url().host() + request.url().encodedPath(),
        scope == null ? attribution : attribution.orElse(scope.attribution()),
        Secrets.credential(request),
        why);
  }

  private String provider() {
    String host = request.url().host();
    String provider = Dialects.providerOf(host);
    return provider == null ? host : provider;
  }
}
