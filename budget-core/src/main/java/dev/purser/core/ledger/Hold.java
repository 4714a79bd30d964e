package dev.purser.core.ledger;

import dev.purser.api.Refusal;
import dev.purser.spi.Amounts;
import dev.purser.spi.Balance;
import dev.purser.spi.Reserved;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The counters that one call takes from, in the order of their accounts, and how much. The counters
 * are those of the call's admission: what it holds is given back where it was taken, even if the
 * window has been rolled since.
 *
 * <p><b>Unit:</b> per counter, that of its measure.
 *
 * <p><b>Who may call it:</b> {@link #take} and {@link #refusal} the admitting thread; what ends
 * the hold, the thread that won the ticket's state.
 *
 * <p><b>Memory order:</b> immutable; the counters carry the order. All calls take accounts in the
 * same order and give them back in the opposite one, so of two calls that want the same accounts
 * one finds the first of them full before it has taken any.
 *
 * <p><b>Progress:</b> lock-free; a call that gives back what it took has met a counter that another
 * call filled.
 */
final class Hold {

  /** Where there was no room: a counter, and the {@code used} that was seen in it. */
  record Shortage(Counter counter, long used) {}

  // A lost race is tried again; a counter that is simply full is not.
  private static final int TRIES = 8;

  private static final Comparator<Counter> ORDER =
      Comparator.comparingLong(counter -> counter.account().sequence());

  private final Counter[] counters;
  private final Amounts amounts;

  private Hold(Counter[] counters, Amounts amounts) {
    this.counters = counters;
    this.amounts = amounts;
  }

  /** Returns a hold on counters in any order; an account that is named twice is taken once. */
  static Hold of(Counter[] counters, Amounts amounts) {
    return new Hold(ordered(counters), amounts);
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
      if (counters[i].account() != counters[kept - 1].account()) {
        counters[kept++] = counters[i];
      }
    }
    return kept == counters.length ? counters : Arrays.copyOf(counters, kept);
  }

  /**
   * Takes the amounts from all counters, or from none.
   *
   * @return null if they are taken, else where there was no room
   */
  @Nullable Shortage take() {
    Shortage shortage = null;
    for (int i = 0; i < TRIES; i++) {
      // A doomed call that takes first and looks later fills the narrow accounts for everybody.
      shortage = look();
      if (shortage != null) {
        return shortage;
      }
      shortage = takeInOrder();
      if (shortage == null) {
        return null;
      }
    }
    return shortage;
  }

  private @Nullable Shortage look() {
    for (Counter counter : counters) {
      long amount = amount(counter);
      // A call that takes nothing passes an account that is overdrawn.
      if (amount > 0) {
        long used = counter.shortage(amount);
        if (used != Counter.ROOM) {
          return new Shortage(counter, used);
        }
      }
    }
    return null;
  }

  private @Nullable Shortage takeInOrder() {
    for (int i = 0; i < counters.length; i++) {
      long amount = amount(counters[i]);
      if (amount > 0) {
        long used = counters[i].take(amount);
        if (used != Counter.ROOM) {
          undo(i);
          return new Shortage(counters[i], used);
        }
      }
    }
    return null;
  }

  private void undo(int taken) {
    for (int i = taken - 1; i >= 0; i--) {
      counters[i].undo(amount(counters[i]));
    }
  }

  /**
   * Says why the amounts could not be taken: {@code EXHAUSTED} where the charges of any counter
   * leave no room, whichever counter was found full.
   */
  Reserved.Refused refusal(Shortage shortage) {
    long settledThere = 0;
    for (Counter counter : counters) {
      long amount = amount(counter);
      // One reading both decides and is reported, so that the facts prove the reason.
      long settled = counter.settled();
      if (amount > 0 && counter.exhausted(amount, settled)) {
        Balance seen = counter.balance(counter.used(), settled);
        return new Reserved.Refused(counter.account(), Refusal.Reason.EXHAUSTED, seen);
      }
      if (counter == shortage.counter()) {
        settledThere = settled;
      }
    }
    Counter full = shortage.counter();
    Balance seen = full.balance(shortage.used(), settledThere);
    return new Reserved.Refused(full.account(), Refusal.Reason.HELD, seen);
  }

  /** Ends the hold with a charge. */
  void settle(Amounts charged) {
    for (int i = counters.length - 1; i >= 0; i--) {
      counters[i].settle(amount(counters[i]), charged.of(counters[i].account().measure()));
    }
  }

  /** Turns the hold into a charge of the same amounts. */
  void charge() {
    for (Counter counter : counters) {
      counter.charge(amount(counter));
    }
  }

  /** Replaces the charge of the held amounts by another. */
  void correct(Amounts charged) {
    for (int i = counters.length - 1; i >= 0; i--) {
      counters[i].correct(amount(counters[i]), charged.of(counters[i].account().measure()));
    }
  }

  /** Returns the counters, in the order in which they are taken; not to be changed. */
  Counter[] counters() {
    return counters;
  }

  private long amount(Counter counter) {
    return amounts.of(counter.account().measure());
  }
}
