package dev.purser.core.waiting;

import dev.purser.spi.Account;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A line of waiting calls for each account that calls wait at, first come, first served, but for
 * calls that hold up others of the line themselves. Only the head of a line tries; whoever leaves a
 * line calls its next head, for there may be room for more than one. Waking everybody instead costs
 * a hundred times as much ({@code ledger.md}).
 *
 * <p><b>Who may call it:</b> any thread. <b>Memory order:</b> a waiter stands in its line, and is
 * counted, before it looks at the account once more; whoever gives something back does so before it
 * looks for waiters. So one of the two sees the other, and no wake-up is lost. <b>Progress:</b>
 * telling of room is lock-free, and one volatile read while nobody waits.
 */
public final class WaitingRoom {

  private final ConcurrentMap<Account, ConcurrentLinkedDeque<Waiter>> lines =
      new ConcurrentHashMap<>();
  private final AtomicInteger waiting = new AtomicInteger();

  /** Creates a room without lines. */
  public WaitingRoom() {}

  /** Calls the head of an account's line: something was given back there. */
  public void room(Account account) {
    if (waiting.get() > 0) {
      callHead(lines.get(account));
    }
  }

  /** Calls the head of every line: limits have changed. */
  public void roomEverywhere() {
    lines.values().forEach(WaitingRoom::callHead);
  }

  /** Calls all who wait: some may have nothing to wait for any more. */
  public void everybody() {
    lines.values().forEach(line -> line.forEach(Waiter::call));
  }

  /** Returns how many calls wait. */
  public int size() {
    return waiting.get();
  }

  /** Returns the first of these accounts that calls wait at, or null. */
  public @Nullable Account waitedFor(Collection<Account> accounts) {
    if (waiting.get() > 0) {
      for (Account account : accounts) {
        if (lines.containsKey(account)) {
          return account;
        }
      }
    }
    return null;
  }

  /**
   * Puts a waiter into an account's line.
   *
   * @param first whether before all others, instead of behind them
   */
  void join(Account account, Waiter waiter, boolean first) {
    waiting.incrementAndGet();
    lines.compute(account, (key, line) -> {
      var joined = line == null ? new ConcurrentLinkedDeque<Waiter>() : line;
      if (first) {
        joined.addFirst(waiter);
      } else {
        joined.addLast(waiter);
      }
      return joined;
    });
  }

  void leave(Account account, Waiter waiter) {
    lines.computeIfPresent(account, (key, line) -> {
      line.remove(waiter);
      return line.isEmpty() ? null : line;
    });
    waiting.decrementAndGet();
    // Always: the call that made this one the head is spent, whatever became of it.
    callHead(lines.get(account));
  }

  boolean isHead(Account account, Waiter waiter) {
    ConcurrentLinkedDeque<Waiter> line = lines.get(account);
    return line != null && line.peekFirst() == waiter;
  }

  private static void callHead(@Nullable ConcurrentLinkedDeque<Waiter> line) {
    Waiter head = line == null ? null : line.peekFirst();
    if (head != null) {
      head.call();
    }
  }

  /** Returns the lengths of all lines; for tests. */
  List<Integer> lengths() {
    List<Integer> lengths = new ArrayList<>();
    lines.values().forEach(line -> lengths.add(line.size()));
    return lengths;
  }
}
