package dev.purser.http;

import dev.purser.api.Attribution;
import dev.purser.api.BudgetGuard;
import dev.purser.api.Denial;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one place where faults of the library end. A guard, dialect or meter that throws must not
 * break the call it watches: the user is owed an answer, and only a refusal may withhold it. So every
 * part that is not the network or the caller's own code runs in here, for one call; a fault is
 * reported through the guard, and the call goes on without that part.
 *
 * <p>Reports name the fault's class and never its message, which may quote a prompt.
 */
public final class FaultBarrier {

  private final BudgetGuard guard;
  private final RequestFacts facts;
  private final System.Logger log;

  /**
   * Makes a barrier for one request.
   *
   * @param stated what the request itself says whom it is for
   * @param log where to say what the guard cannot be told
   */
  public FaultBarrier(BudgetGuard guard, CallHead head, Attribution stated, System.Logger log) {
    this.guard = guard;
    this.facts = new RequestFacts(head, stated);
    this.log = log;
  }

  /** Returns what the guard may be told of the request. */
  public RequestFacts facts() {
    return facts;
  }

  /** Returns what the work returns, or null if it failed. */
  public <T> @Nullable T ask(String part, Supplier<? extends @Nullable T> work) {
    return contain(work, fault -> unmetered("fault in " + part + ": " + fault));
  }

  /**
   * Returns what the work returns, or null if it failed; for work without which the call does not
   * leave, so that none passes unmetered.
   *
   * @param report gets the class of what it failed with
   */
  public <T> @Nullable T ask(Supplier<? extends @Nullable T> work, Consumer<String> report) {
    return contain(work, report);
  }

  /** Runs the work; false if it failed. */
  public boolean run(String part, Runnable work) {
    return ask(part, () -> {
          work.run();
          return true;
        })
        != null;
  }

  /** Has the guard note that the call, or something about it, is not counted as it should be. */
  public void unmetered(String why) {
    contain(
        () -> {
          guard.unmetered(facts.unmetered(why));
          return null;
        },
        // The guard itself is at fault: the log is the only place left to say so.
        fault -> log("unmetered call not noted: " + fault));
  }

  /** Has the guard note that the call was denied by whoever makes it. */
  public void denied(Denial denial) {
    contain(
        () -> {
          guard.denied(facts.passing(true), denial);
          return null;
        },
        fault -> log("denied call not noted: " + fault));
  }

  /** Logs what the guard cannot be told. */
  public void log(String what) {
    log.log(System.Logger.Level.WARNING, what);
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
}
