package dev.purser.core.ledger;

import dev.purser.api.Budget;
import dev.purser.api.Measure;
import dev.purser.spi.Account;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * An account: the counter of its latest window, and its place in the order in which calls take
 * accounts.
 *
 * <p><b>Who may call it:</b> any thread.
 *
 * <p><b>Memory order:</b> the counter is replaced by compare-and-set, so that every call that meets
 * a new window first agrees on one counter; its final fields are published by that write. Setting a
 * counter back to zero instead would free what calls of the old window still hold.
 *
 * <p><b>Progress:</b> lock-free; windows only move forward, so a lost compare-and-set means that
 * the window has been rolled.
 */
final class LedgerAccount implements Account {

  private static final VarHandle LATEST;

  static {
    try {
      LATEST = MethodHandles.lookup().findVarHandle(LedgerAccount.class, "latest", Counter.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final InMemoryLedger ledger;
  private final long sequence;
  private final Budget budget;
  private final String scope;
  private final ZoneId zone;

  private volatile @Nullable Counter latest;

  /**
   * @param ledger whose account this is
   * @param sequence unique in the ledger; every call takes accounts in ascending order
   */
  LedgerAccount(InMemoryLedger ledger, long sequence, Budget budget, String scope) {
    this.ledger = ledger;
    this.sequence = sequence;
    this.budget = budget;
    this.scope = scope;
    ZoneId zone = budget.zone();
    this.zone = zone == null ? ZoneOffset.UTC : zone;
  }

  boolean belongsTo(InMemoryLedger other) {
    return ledger == other;
  }

  long sequence() {
    return sequence;
  }

  Measure measure() {
    return budget.measure();
  }

  @Override
  public Budget budget() {
    return budget;
  }

  @Override
  public String scope() {
    return scope;
  }

  /** Returns the counter for {@code at}, rolling the window if it is over. */
  Counter counterAt(Instant at) {
    while (true) {
      Counter seen = latest;
      if (seen != null && seen.lasts(at)) {
        return seen;
      }
      Counter next = begin(at);
      if (LATEST.compareAndSet(this, seen, next)) {
        return next;
      }
    }
  }

  /**
   * Returns the counter that a call at {@code at} would meet, without rolling the window: whoever
   * asks about tomorrow must not close today.
   */
  Counter peek(Instant at) {
    Counter seen = latest;
    return seen != null && seen.lasts(at) ? seen : begin(at);
  }

  private Counter begin(Instant at) {
    return new Counter(this, budget.window().endOf(at, zone));
  }

  @Override
  public String toString() {
    return scope.isEmpty() ? budget.name() : budget.name() + " (" + scope + ")";
  }
}
