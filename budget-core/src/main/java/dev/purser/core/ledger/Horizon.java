package dev.purser.core.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * How far time has come in a rolling window: the latest bucket that a call met, and what has left the
 * window by then.
 *
 * <p><b>Memory order:</b> what has left is computed after the horizon is published, by every thread
 * that needs it; all find the same sum, and the first one to finish writes it. Only then is the
 * horizon before it let go.
 */
final class Horizon {

  private static final long UNKNOWN = Long.MIN_VALUE;

  private static final VarHandle GONE;

  static {
    try {
      GONE = MethodHandles.lookup().findVarHandle(Horizon.class, "gone", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Before every call: no bucket of its stretch is ever added to. */
  static final Horizon ORIGIN = origin(Long.MIN_VALUE / 4);

  private final long index;
  private final Buckets buckets;
  private volatile @Nullable Horizon previous;
  private volatile long gone;

  private Horizon(long index, Buckets buckets, @Nullable Horizon previous, long gone) {
    this.index = index;
    this.buckets = buckets;
    this.previous = previous;
    this.gone = gone;
  }

  private static Horizon origin(long index) {
    return new Horizon(index, new Buckets(Buckets.numberOf(index), null), null, 0);
  }

  /** Returns the horizon that follows when time has come to a later bucket. */
  Horizon moved(long later) {
    // Complete first, so that a horizon never has more than one before it.
    long unused = gone();
    return new Horizon(later, buckets.reaching(later), this, UNKNOWN);
  }

  long index() {
    return index;
  }

  /** Returns the stretch of the latest bucket. */
  Buckets buckets() {
    return buckets;
  }

  /** Returns the sum of all charges that have left the window. */
  long gone() {
    long known = gone;
    if (known != UNKNOWN) {
      return known;
    }
    Horizon before = previous;
    if (before != null) {
      long left = buckets.seal(before.index - Buckets.WINDOW, index - Buckets.WINDOW);
      // Whoever comes late finds stretches missing and another sum: the first one counts.
      if (GONE.compareAndSet(this, UNKNOWN, before.gone + left)) {
        buckets.forgetBefore(index - Buckets.WINDOW);
        previous = null;
      }
    }
    return gone;
  }

  /** Returns what {@link #gone} would say at a later bucket, and seals nothing. */
  long goneBy(long later) {
    return gone() + buckets.sum(index - Buckets.WINDOW, later - Buckets.WINDOW);
  }
}
