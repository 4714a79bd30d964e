package dev.purser.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One account as it was seen. All amounts are nano-dollars, tokens, requests or calls, as {@code
 * measure} says. While calls run, {@code spent + held} may be too high for a moment, never too low.
 *
 * @param budget the budget's name
 * @param scope the account within the budget, such as {@code key=alice}; empty if it has only one, and
 *     {@code (overflow)} for the one that values share where the budget has as many accounts as it may
 * @param values the value in each of the budget's dimensions, in their order; empty for the shared one
 * @param owner the person who answers for the budget
 * @param measure what the budget counts
 * @param enforcement whether it refuses or only watches
 * @param window its window
 * @param limit the limit in force, with what is granted; 0 outside of a fixed span
 * @param granted the sum of the grants in force
 * @param spent what was charged in the present window
 * @param held what open calls hold besides
 * @param remaining limit − spent − held; below zero where the limit came down, a grant ended, or a bill
 *     exceeded its reservation
 * @param resetsAt when the present window ends, or the oldest charge leaves a rolling one; null if never
 * @param burnPerHour what was charged in the last 60 to 75 minutes, as an amount per hour, rounded down;
 *     0 for concurrent calls
 * @param projectedExhaustion when nothing will remain if the burn goes on and each grant ends at its
 *     time, which may itself be that instant; null if the window ends before, if what a rolling
 *     window forgets makes up for it, or if it is a hundred years away
 */
public record AccountBalance(
    String budget,
    String scope,
    Map<Dimension, String> values,
    String owner,
    Measure measure,
    Enforcement enforcement,
    Window window,
    long limit,
    long granted,
    long spent,
    long held,
    long remaining,
    @Nullable Instant resetsAt,
    long burnPerHour,
    @Nullable Instant projectedExhaustion) {

  /** Returns spent + held. */
  public long used() {
    return spent + held;
  }

  /**
   * Compares the parts of their limits that two accounts have used, exactly: spent + held over limit.
   * Without a limit anything used is more than all of any other's.
   *
   * @return less than zero, zero or more than zero, as this one has used less, as much, or more
   */
  public int compareUse(AccountBalance other) {
    boolean beyond = limit == 0 && used() > 0;
    boolean otherBeyond = other.limit == 0 && other.used() > 0;
    if (beyond || otherBeyond) {
      return Boolean.compare(beyond, otherBeyond);
    }
    long most = Math.max(1, limit);
    long otherMost = Math.max(1, other.limit);
    // Both products in full, 128 bits each.
    int high =
        Long.compare(Math.multiplyHigh(used(), otherMost), Math.multiplyHigh(other.used(), most));
    return high != 0 ? high : Long.compareUnsigned(used() * otherMost, other.used() * most);
  }
}
