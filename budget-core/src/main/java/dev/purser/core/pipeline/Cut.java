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

  private static final Object OVER = new Object();

  /** Null, a {@link How}, {@link #OVER}, or the denial that cut the call. */
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
    } catch (Throwable e) {
      // Whatever it is, also what Kotlin throws undeclared: the freeze has other calls to cut, and
      // one
      // that stops half-way would be worse than any error that is passed over here.
      notices.fault("cut", e);
    }
  }

  /** The call is over: how it would have been cut, and all that hangs on it, is forgotten. */
  void over() {
    Object seen = state;
    if (seen instanceof How) {
      // Lost only to a cut, which forgets it too.
      boolean unused = STATE.compareAndSet(this, seen, OVER);
    }
  }
}
