package dev.purser.core.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The charges of a stretch of a rolling window, in {@link #LENGTH} buckets. A stretch is never used
 * again for another time: a call that ends very late must not find its bucket under a new date.
 *
 * <p><b>Unit:</b> that of the budget's measure.
 *
 * <p><b>Memory order:</b> a bucket is one volatile long: its sum, shifted left, and a bit that says
 * that it is sealed. What is sealed never changes, so every thread that adds up sealed buckets finds
 * the same number.
 *
 * <p><b>Progress:</b> lock-free.
 */
final class Buckets {

  /** How many buckets count besides the one in which time stands. */
  static final int WINDOW = 60;

  /**
   * So few that an account with a single charge takes little memory, and so many that a window, which
   * reaches over five stretches at most, takes 14 bytes a bucket.
   */
  static final int LENGTH = WINDOW / 4;

  /** The largest amount that a bucket takes from one call. */
  static final long LARGEST = Long.MAX_VALUE >> 3;

  private static final long SEALED = 1;

  private static final VarHandle SUM = MethodHandles.arrayElementVarHandle(long[].class);

  private final long number;
  private final long[] sums = new long[LENGTH]; // by volatile access only
  private volatile @Nullable Buckets previous;

  /**
   * @param number the index of the first bucket, divided by {@link #LENGTH}
   * @param previous an earlier stretch, not necessarily the one just before
   */
  Buckets(long number, @Nullable Buckets previous) {
    this.number = number;
    this.previous = previous;
  }

  static long numberOf(long index) {
    return Math.floorDiv(index, LENGTH);
  }

  /** Returns the stretch that holds a bucket: this one, or a new one after it. */
  Buckets reaching(long index) {
    return numberOf(index) == number ? this : new Buckets(numberOf(index), this);
  }

  /** Adds to a bucket; false if it is sealed. */
  boolean add(long index, long amount) {
    int slot = slot(index);
    while (true) {
      long seen = sum(slot);
      if ((seen & SEALED) != 0) {
        return false;
      }
      long sum = (seen >> 1) + amount;
      // Out of range only after bills that nobody could pay; the bound keeps the sum one of them.
      long bounded = Math.max(-LARGEST, Math.min(LARGEST, sum));
      if (SUM.compareAndSet(sums, slot, seen, bounded << 1)) {
        return true;
      }
    }
  }

  /** Seals the buckets from {@code from} until before {@code to}; returns their sum. */
  long seal(long from, long to) {
    long sum = 0;
    for (Buckets stretch = this; stretch != null; stretch = stretch.previous) {
      for (long i = stretch.first(from); i < stretch.last(to); i++) {
        sum += stretch.seal(slot(i));
      }
    }
    return sum;
  }

  private long seal(int slot) {
    while (true) {
      long seen = sum(slot);
      if ((seen & SEALED) != 0 || SUM.compareAndSet(sums, slot, seen, seen | SEALED)) {
        return seen >> 1;
      }
    }
  }

  /** Returns the sum of the buckets from {@code from} until before {@code to}. */
  long sum(long from, long to) {
    long sum = 0;
    for (Buckets stretch = this; stretch != null; stretch = stretch.previous) {
      for (long i = stretch.first(from); i < stretch.last(to); i++) {
        sum += stretch.sum(slot(i)) >> 1;
      }
    }
    return sum;
  }

  /** Returns the first bucket from {@code from} on with a charge; {@link Long#MAX_VALUE} if none. */
  long firstCharged(long from) {
    long found = Long.MAX_VALUE;
    for (Buckets stretch = this; stretch != null; stretch = stretch.previous) {
      for (long i = stretch.first(from); i < Math.min(found, stretch.last(found)); i++) {
        if (stretch.sum(slot(i)) >> 1 > 0) {
          found = i;
        }
      }
    }
    return found;
  }

  private long first(long from) {
    return Math.max(from, number * LENGTH);
  }

  private long last(long to) {
    return Math.min(to, number * LENGTH + LENGTH);
  }

  /** Lets go of the stretches that lie wholly before a bucket. */
  void forgetBefore(long index) {
    long needed = numberOf(index);
    Buckets stretch = this;
    while (stretch != null) {
      Buckets before = stretch.previous;
      if (before != null && before.number < needed) {
        stretch.previous = null;
        return;
      }
      stretch = before;
    }
  }

  private long sum(int slot) {
    return (long) SUM.getVolatile(sums, slot);
  }

  private static int slot(long index) {
    return (int) Math.floorMod(index, (long) LENGTH);
  }
}
