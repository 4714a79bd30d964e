package dev.purser.core.ledger;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The counters that one call takes from, in the order of their accounts: first those that may refuse it, then
 * those that only watch. Immutable, but for what a rolling window's counter says of itself.
 */
final class Counters {

  private static final Comparator<Counter> ORDER =
      Comparator.comparingLong(counter -> counter.account().sequence());

  private static final Counter[] NONE = {};

  private final Counter[] blocking;
  private final Counter[] watching;

  private Counters(Counter[] blocking, Counter[] watching) {
    this.blocking = blocking;
    this.watching = watching;
  }

  /** Takes counters in any order; an account that is named twice is taken once. */
  static Counters of(Counter[] counters) {
    Counter[] ordered = ordered(counters);
    // Asked once for each: what a budget does may be changed at any time.
    Counter[] watching = NONE;
    int blocking = 0;
    for (int i = 0; i < ordered.length; i++) {
      Counter counter = ordered[i];
      if (counter.account().blocks()) {
        ordered[blocking++] = counter;
      } else {
        watching = Arrays.copyOf(watching, watching.length + 1);
        watching[watching.length - 1] = counter;
      }
    }
    return new Counters(
        watching.length == 0 ? ordered : Arrays.copyOf(ordered, blocking), watching);
  }

  private static Counter[] ordered(Counter[] counters) {
    for (int i = 1; i < counters.length; i++) {
      if (counters[i - 1].account().sequence() >= counters[i].account().sequence()) {
        return sorted(counters);
      }
    }
    return counters;
  }

  private static Counter[] sorted(Counter[] counters) {
    Arrays.sort(counters, ORDER);
    int kept = 1;
    for (int i = 1; i < counters.length; i++) {
      if (!counters[i].account().equals(counters[kept - 1].account())) {
        counters[kept++] = counters[i];
      }
    }
    return kept == counters.length ? counters : Arrays.copyOf(counters, kept);
  }

  /** Returns these, and others that only watch. */
  Counters plus(Counter[] more) {
    Counter[] all = Arrays.copyOf(watching, watching.length + more.length);
    System.arraycopy(more, 0, all, watching.length, more.length);
    return new Counters(blocking, all);
  }

  /** Returns those that may refuse, in the order in which they are taken; not to be changed. */
  Counter[] blocking() {
    return blocking;
  }

  /** Returns those that only watch, in the order in which they are taken; not to be changed. */
  Counter[] watching() {
    return watching;
  }

  /** Whether calls take from the same counters as long as their windows last. */
  boolean stay() {
    return stay(blocking) && stay(watching);
  }

  private static boolean stay(Counter[] counters) {
    for (Counter counter : counters) {
      if (!counter.stays()) {
        return false;
      }
    }
    return true;
  }

  /** Whether each that stays is the one to take from still. */
  boolean current() {
    return current(blocking) && current(watching);
  }

  private static boolean current(Counter[] counters) {
    for (Counter counter : counters) {
      if (!counter.current()) {
        return false;
      }
    }
    return true;
  }
}
