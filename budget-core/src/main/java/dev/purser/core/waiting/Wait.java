package dev.purser.core.waiting;

import dev.purser.spi.Account;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call that waits until it can be admitted, for a bounded time.
 *
 * @param <T> what a try comes to
 */
public final class Wait<T> {

  /**
   * What a try came to.
   *
   * @param result the answer
   * @param heldAt the account whose room is held by others, or null if there is nothing to wait for
   * @param roomAt when time alone may make room there; {@link Instant#MAX} if never
   */
  public record Try<T>(T result, @Nullable Account heldAt, Instant roomAt) {}

  private final WaitingRoom room;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Supplier<Try<T>> attempt;
  private final Predicate<Account> first;
  private final long deadline;
  private Supplier<@Nullable T> ended = () -> null;
  private final Waiter waiter = new Waiter();
  private @Nullable Account at;

  /**
   * Prepares to wait.
   *
   * @param clock tells how far off the end of a window is
   * @param nanoTime measures the wait, and never steps; as {@link System#nanoTime}
   * @param atMost how long to wait
   * @param attempt tries once; called by this thread only
   * @param first at which accounts the call goes before all others, because those wait for something
   *     that only comes back after it
   */
  public Wait(
      WaitingRoom room,
      InstantSource clock,
      LongSupplier nanoTime,
      Duration atMost,
      Supplier<Try<T>> attempt,
      Predicate<Account> first) {
    this.room = room;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.attempt = attempt;
    this.first = first;
    deadline = nanoTime.getAsLong() + nanos(atMost);
  }

  /**
   * Has the wait end, wherever in the line, when there is nothing to wait for any more.
   *
   * @param result what it came to then, else null; asked by this thread only, each time it is called.
   *     Whoever makes it other than null calls {@link WaitingRoom#everybody} afterwards.
   */
  public Wait<T> unless(Supplier<@Nullable T> result) {
    ended = result;
    return this;
  }

  /**
   * Waits until a try has nothing to wait for, the time is up or the thread is interrupted, and
   * returns what the last try came to. An interrupt stays set.
   *
   * @param line the account to line up at before the first try, because others wait there already;
   *     null to try at once
   */
  public T await(@Nullable Account line) {
    try {
      if (line != null) {
        move(line);
        if (!isHead()) {
          parkUntilHead(Instant.MAX);
        }
      }
      while (true) {
        waiter.listen();
        T early = ended.get();
        if (early != null) {
          return early;
        }
        Try<T> tried = attempt.get();
        Account heldAt = tried.heldAt();
        if (heldAt == null || over()) {
          return tried.result();
        }
        if (heldAt.equals(at)) {
          parkUntilHead(tried.roomAt());
        } else {
          move(heldAt);
          // A head tries again at once: of room that came before it stood here nobody told it.
          if (!isHead()) {
            parkUntilHead(tried.roomAt());
          }
        }
      }
    } finally {
      leave();
    }
  }

  private void move(Account account) {
    leave();
    at = account;
    room.join(account, waiter, first.test(account));
  }

  private void leave() {
    if (at != null) {
      room.leave(at, waiter);
      at = null;
    }
  }

  /** Waits until this is the head and was called, or time has made room, or there is none left. */
  private void parkUntilHead(Instant roomAt) {
    long until = roomAt.equals(Instant.MAX)
        ? deadline
        : earlier(nanoTime.getAsLong() + nanos(Duration.between(clock.instant(), roomAt)));
    // Standing in the line: what comes from now on calls it.
    if (ended.get() != null) {
      return;
    }
    while (!over()) {
      if (waiter.called()) {
        // In this order: whoever becomes the head is called after that, so no call is lost. A call
        // that was meant for the line this waiter stood in before finds it no head here.
        waiter.listen();
        if (isHead() || ended.get() != null) {
          return;
        }
      }
      long left = until - nanoTime.getAsLong();
      if (left <= 0 && isHead()) {
        return;
      }
      waiter.park(left > 0 ? left : deadline - nanoTime.getAsLong());
    }
  }

  private boolean isHead() {
    Account account = at;
    return account != null && room.isHead(account, waiter);
  }

  private boolean over() {
    return Thread.currentThread().isInterrupted() || deadline - nanoTime.getAsLong() <= 0;
  }

  private long earlier(long nanos) {
    return nanos - deadline < 0 ? nanos : deadline;
  }

  private static long nanos(Duration duration) {
    // Half the range: nanoTime may start anywhere, and differences must not overflow.
    long longest = Long.MAX_VALUE / 2;
    return duration.compareTo(Duration.ofNanos(longest)) > 0
        ? longest
        : Math.max(0, duration.toNanos());
  }
}
