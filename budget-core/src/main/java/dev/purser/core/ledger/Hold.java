package dev.purser.core.ledger;

import dev.purser.api.Refusal;
import dev.purser.spi.Amounts;
import dev.purser.spi.Balance;
import dev.purser.spi.Reserved;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The counters that one call takes from, and how much. They are the counters of the call's admission:
 * what it holds is given back where it was taken, even if the window has been moved since.
 *
 * <p><b>Unit:</b> per counter, that of its measure.
 *
 * <p><b>Who may call it:</b> {@link #take}, {@link #watch} and {@link #refusal} the admitting
 * thread; what ends the hold, the thread that won the ticket's state.
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
  record Shortage(Counter counter, long used) {

    /** Whether there was no account any more. */
    boolean dead() {
      return used == Counter.DEAD;
    }
  }

  // A lost race is tried again; a counter that is simply full is not.
  private static final int TRIES = 8;

  private final Counters counters;
  private final Amounts amounts;

  Hold(Counters counters, Amounts amounts) {
    this.counters = counters;
    this.amounts = amounts;
  }

  /** Returns a hold on counters in any order; an account that is named twice is taken once. */
  static Hold of(Counter[] counters, Amounts amounts) {
    return new Hold(Counters.of(counters), amounts);
  }

  /** Returns this hold, and counters that only watch, whether or not they have taken the amounts. */
  Hold plus(Counter[] more) {
    return new Hold(counters.plus(more), amounts);
  }

  /**
   * Takes the amounts from all counters that may refuse, or from none.
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
    for (Counter counter : counters.blocking()) {
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
    Counter[] blocking = counters.blocking();
    for (int i = 0; i < blocking.length; i++) {
      long amount = amount(blocking[i]);
      if (amount > 0) {
        long used = blocking[i].take(amount);
        if (used != Counter.ROOM) {
          undo(i);
          return new Shortage(blocking[i], used);
        }
      }
    }
    return null;
  }

  private void undo(int taken) {
    Counter[] blocking = counters.blocking();
    for (int i = taken - 1; i >= 0; i--) {
      blocking[i].undo(amount(blocking[i]));
      roomAt(blocking[i]);
    }
  }

  /** Gives back what {@link #take} took. */
  void undo() {
    undo(counters.blocking().length);
  }

  /** Whether some counters only watch. */
  boolean watches() {
    return counters.watching().length > 0;
  }

  /**
   * Takes the amounts from the counters that only watch.
   *
   * @param refused gets what they would have said, had they a say
   * @return null, or a counter that was swept; those before it have taken
   */
  @Nullable Counter watch(List<Reserved.Refused> refused) {
    Counter[] watching = counters.watching();
    for (int i = 0; i < watching.length; i++) {
      Counter counter = watching[i];
      long amount = amount(counter);
      if (amount > 0) {
        long used = counter.shortage(amount);
        if (used >= 0) {
          // Before the amount is added, or it would be told of as if another call held it.
          refused.add(refusal(new Counter[] {counter}, new Shortage(counter, used)));
        }
        if (!counter.add(amount)) {
          for (int taken = i - 1; taken >= 0; taken--) {
            watching[taken].undo(amount(watching[taken]));
          }
          return counter;
        }
      }
    }
    return null;
  }

  /**
   * Says why the amounts could not be taken: {@code EXHAUSTED} where the charges of any counter
   * leave no room, whichever counter was found full.
   */
  Reserved.Refused refusal(Shortage shortage) {
    return refusal(counters.blocking(), shortage);
  }

  private Reserved.Refused refusal(Counter[] counters, Shortage shortage) {
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

  /** Takes the amounts from all counters, whatever their limits; false if one was swept, then from none. */
  boolean force() {
    Counter[] blocking = counters.blocking();
    for (int i = 0; i < blocking.length; i++) {
      if (!blocking[i].add(amount(blocking[i]))) {
        undo(i);
        return false;
      }
    }
    return watch(new ArrayList<>()) == null || undoForced();
  }

  private boolean undoForced() {
    undo();
    return false;
  }

  /** Ends the hold with a charge. */
  void settle(Amounts charged) {
    settle(counters.watching(), charged);
    settle(counters.blocking(), charged);
  }

  private void settle(Counter[] from, Amounts charged) {
    for (int i = from.length - 1; i >= 0; i--) {
      Counter counter = from[i];
      counter.settle(amount(counter), counter.of(charged));
      roomAt(counter);
    }
  }

  /** Turns the hold into a charge of the same amounts. */
  void charge() {
    charge(counters.watching());
    charge(counters.blocking());
  }

  private void charge(Counter[] from) {
    for (int i = from.length - 1; i >= 0; i--) {
      from[i].charge(amount(from[i]));
      roomAt(from[i]);
    }
  }

  /** Replaces the charge of the held amounts by another. */
  void correct(Amounts charged) {
    correct(amounts, charged);
  }

  /** Charges amounts whose charge was taken back. */
  void chargeAgain(Amounts charged) {
    correct(Amounts.NONE, charged);
  }

  private void correct(Amounts before, Amounts charged) {
    correct(counters.watching(), before, charged);
    correct(counters.blocking(), before, charged);
  }

  private static void correct(Counter[] from, Amounts before, Amounts charged) {
    for (int i = from.length - 1; i >= 0; i--) {
      from[i].correct(from[i].of(before), from[i].of(charged));
      roomAt(from[i]);
    }
  }

  private static void roomAt(Counter counter) {
    LedgerAccount account = counter.account();
    account.owner().room(account);
  }

  /** Whether the hold draws on an account already. */
  boolean drawsOn(LedgerAccount account) {
    return isAmong(counters.blocking(), account) || isAmong(counters.watching(), account);
  }

  private static boolean isAmong(Counter[] counters, LedgerAccount account) {
    for (Counter counter : counters) {
      if (counter.account().equals(account)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the counters that may refuse, in the order in which they are taken; not to be changed. */
  Counter[] blocking() {
    return counters.blocking();
  }

  long amount(Counter counter) {
    return counter.of(amounts);
  }
}
