package dev.purser.api;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The counter of one limit of a {@link Ceiling}, for guards: what open calls hold and what was charged,
 * in the unit of the budget's measure.
 *
 * <p>Safe for use by several threads; no method waits. Only {@code used} decides, by one compare-and-set,
 * so that it never stands above the limit but by bills that exceeded their holds. {@code settled} is
 * raised before {@code used} is lowered, so that both together may be read too high, never too low.
 */
public final class CeilingLimit {

  private final Ceiling ceiling;
  private final Budget budget;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong settled = new AtomicLong();

  /** Weak, so that a ceiling over a whole suite keeps no guard of a test that is over. */
  private final Set<Consumer<CeilingLimit>> listeners =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  CeilingLimit(Ceiling ceiling, Budget budget) {
    this.ceiling = ceiling;
    this.budget = budget;
  }

  /** Returns what this is a limit of. */
  public Ceiling ceiling() {
    return ceiling;
  }

  /** Returns the limit as a budget of its own. */
  public Budget budget() {
    return budget;
  }

  /** Returns what was charged. */
  public long settled() {
    return settled.get();
  }

  /** Returns what open calls hold; may be too high for an instant, never too low. */
  public long held() {
    long charged = settled.get();
    return Math.max(0, used.get() - charged);
  }

  /** Holds an amount; false if there is no room for it. Nothing is always held. */
  public boolean take(long amount) {
    while (true) {
      long seen = used.get();
      if (amount > 0 && amount > budget.limit() - seen) {
        return false;
      }
      if (used.compareAndSet(seen, seen + amount)) {
        return true;
      }
    }
  }

  /** Ends a hold with a charge, which may exceed it: by that much the count may stand above the limit. */
  public void end(long held, long charge) {
    add(settled, charge);
    add(used, charge - held);
    if (charge < held) {
      tellRoom();
    }
  }

  /** Makes a charge of a hold, while the call may still be ended. */
  public void charge(long held) {
    add(settled, held);
  }

  /** Changes what was charged. */
  public void correct(long before, long after) {
    add(settled, after - before);
    add(used, after - before);
    if (after < before) {
      tellRoom();
    }
  }

  /** Stays at the ends of the range instead of wrapping around. */
  private static void add(AtomicLong count, long change) {
    long unused = count.accumulateAndGet(change, (before, more) -> {
      long sum = before + more;
      boolean overflow = ((before ^ sum) & (more ^ sum)) < 0;
      return overflow ? Long.MAX_VALUE : Math.max(0, sum);
    });
  }

  /**
   * Has somebody told, on the thread that gave it back, that there may be room again; as long as
   * somebody else holds {@code listener}. It must not throw or block.
   */
  public void onRoom(Consumer<CeilingLimit> listener) {
    listeners.add(listener);
  }

  private void tellRoom() {
    synchronized (listeners) {
      listeners.forEach(listener -> listener.accept(this));
    }
  }

  /** Renders the budget and what was charged of it. */
  @Override
  public String toString() {
    return budget.name() + ": " + budget.amount(settled()) + " of " + budget.amount(budget.limit());
  }
}
