package dev.purser.core.pipeline;

import dev.purser.api.Denial;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How one call is cut: either somebody says how before it is cut, and that is run once, or they learn
 * that it is cut already.
 *
 * <p><b>Who may call it:</b> any thread. <b>Memory order:</b> one field, changed by compare-and-set:
 * null → how → the denial, or null → the denial. Whoever loses sees what the other wrote.
 * <b>Progress:</b> lock-free; a lost change means that the other has been made.
 */
final class Cut {

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Cut.class, "state", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Null, an {@link How}, or the denial that cut the call. */
  private volatile @Nullable Object state;

  private record How(Consumer<Denial> run) {}

  /** Says how; returns the denial if the call is cut already. What was said first counts. */
  Optional<Denial> by(Consumer<Denial> how) {
    Object seen = STATE.compareAndExchange(this, null, new How(how));
    return seen instanceof Denial denial ? Optional.of(denial) : Optional.empty();
  }

  /** Cuts the call; a second cut changes nothing. */
  void with(Denial denial, Notices notices) {
    Object seen = state;
    while (!(seen instanceof Denial)) {
      Object met = STATE.compareAndExchange(this, seen, denial);
      if (met == seen) {
        if (seen instanceof How how) {
          run(how, denial, notices);
        }
        return;
      }
      seen = met;
    }
  }

  private static void run(How how, Denial denial, Notices notices) {
    try {
      how.run().accept(denial);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      // The freeze has other calls to cut.
      notices.fault("cut", e);
    }
  }
}
