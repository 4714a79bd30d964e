package dev.purser.core.ledger;

import dev.purser.api.Budget;
import dev.purser.api.Measure;
import dev.purser.spi.Account;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account: what it counts with, and its place in the order in which calls take accounts.
 *
 * <p>An account that counts nothing any more is swept: from then on it is dead, nothing can be counted
 * there, and whoever still has its handle is led to the account that took its place.
 *
 * <p><b>Who may call it:</b> any thread.
 */
abstract class LedgerAccount implements Account {

  private final BudgetAccounts owner;
  private final String scope;
  private final long sequence;

  /** By how much the limit is above the budget's; written while nothing else runs. */
  private volatile long granted;

  /**
   * @param owner the accounts of the same budget
   * @param sequence unique in the ledger; every call takes accounts in ascending order
   */
  LedgerAccount(BudgetAccounts owner, String scope, long sequence) {
    this.owner = owner;
    this.scope = scope;
    this.sequence = sequence;
  }

  final BudgetAccounts owner() {
    return owner;
  }

  final long sequence() {
    return sequence;
  }

  /** Returns the limit in force, with what is granted. */
  final long limit() {
    long extra = granted;
    long limit = owner.limit();
    return extra > Long.MAX_VALUE - limit ? Long.MAX_VALUE : limit + extra;
  }

  final void grant(long extra) {
    granted = extra;
  }

  final Measure measure() {
    return owner.measure();
  }

  final boolean blocks() {
    return owner.blocks();
  }

  @Override
  public final Budget budget() {
    return owner.budget();
  }

  @Override
  public final String scope() {
    return scope;
  }

  /**
   * Returns what a call at {@code at} counts with, moving the window on if it is over. A dead
   * account's counter says {@link Counter#DEAD}.
   */
  abstract Counter counterAt(Instant at);

  /**
   * Returns what a call at {@code at} would meet, without moving the window: whoever asks about
   * tomorrow must not close today.
   */
  abstract Counter peek(Instant at);

  /** Whether the account was swept. */
  abstract boolean dead();

  /** Makes the account dead if its window is over at {@code at} or it counts nothing. */
  abstract boolean die(Instant at);

  /** Returns what this account counts with, or if it is dead, the one that took its place. */
  final Counter reborn(Instant at) {
    LedgerAccount living = this;
    while (true) {
      Counter counter = living.counterAt(at);
      // Asked afterwards: only the counter of an account that lived then tells where it counted, if
      // it is swept later.
      if (!living.dead()) {
        return counter;
      }
      living = owner.open(scope, at);
    }
  }

  /** Handles of the same account are equal, also before and after a sweep. */
  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof LedgerAccount that && owner == that.owner && scope.equals(that.scope);
  }

  @Override
  public final int hashCode() {
    return scope.hashCode() * 31 + System.identityHashCode(owner);
  }

  @Override
  public final String toString() {
    return scope.isEmpty() ? budget().name() : budget().name() + " (" + scope + ")";
  }
}
