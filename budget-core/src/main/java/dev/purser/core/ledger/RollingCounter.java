package dev.purser.core.ledger;

import java.time.Instant;

/**
 * What one call takes from an account whose window rolls: its bucket is that of its admission.
 *
 * <p>Another call may move time on between the look-up and the admission. Whoever is then admitted
 * because charges have left is charged to the later bucket, in whose window there was room, and not
 * to its own, where there was none. So {@link #take} fixes the bucket, as the latest one after it has
 * taken; whoever ends the call sees it through the ticket.
 *
 * <p>An ending writes what leaves with the bucket, then what is used. Where the bucket leaves between
 * the two, what is given back counts as held until the second: for a moment too much, never too
 * little.
 */
final class RollingCounter extends Counter {

  private final RollingAccount account;
  private Buckets buckets;
  private long index;

  /**
   * @param buckets the stretch that holds the bucket
   * @param index the bucket
   */
  RollingCounter(RollingAccount account, Buckets buckets, long index) {
    super(account);
    this.account = account;
    this.buckets = buckets;
    this.index = index;
  }

  /** A call's bucket is its own. */
  @Override
  boolean stays() {
    return false;
  }

  @Override
  boolean current() {
    return false;
  }

  @Override
  long shortage(long amount) {
    while (true) {
      Horizon horizon = account.horizon();
      long ever = account.usedEver();
      if (ever == RollingAccount.SWEPT) {
        return DEAD;
      }
      long used = ever - horizon.gone();
      if (fits(amount, ever, used)) {
        return ROOM;
      }
      // Time that moved meanwhile may have made room.
      if (horizon == account.horizon()) {
        return used;
      }
    }
  }

  @Override
  long take(long amount) {
    while (true) {
      Horizon horizon = account.horizon();
      long ever = account.usedEver();
      if (ever == RollingAccount.SWEPT) {
        return DEAD;
      }
      long used = ever - horizon.gone();
      if (!fits(amount, ever, used)) {
        if (horizon == account.horizon()) {
          return used;
        }
      } else if (account.replaceUsed(ever, ever + amount)) {
        // Time may have moved since the look, and others may have acted on what left; never before
        // it.
        admittedAt(account.horizon());
        return ROOM;
      }
    }
  }

  private void admittedAt(Horizon horizon) {
    if (horizon.index() > index) {
      buckets = horizon.buckets();
      index = horizon.index();
    }
  }

  private boolean fits(long amount, long ever, long used) {
    return amount <= limit() - used && (ever < 0 || amount <= Long.MAX_VALUE - ever);
  }

  @Override
  boolean add(long amount) {
    return raiseUsed(amount) >= 0;
  }

  @Override
  void undo(long amount) {
    account.lowerUsed(amount);
  }

  @Override
  void settle(long held, long amount) {
    long taken = held;
    long charge = amount;
    if (amount > held) {
      long excess = raiseUsed(amount - held);
      if (excess < 0) {
        settleElsewhere(amount);
        return;
      }
      taken = held + excess;
      charge = taken;
    }
    if (charge > 0 && buckets.add(index, charge)) {
      account.addSettled(charge);
      taken -= charge;
    }
    if (taken > 0) {
      account.lowerUsed(taken);
    }
  }

  /** The account was swept, which takes that this call holds nothing. */
  private void settleElsewhere(long amount) {
    RollingCounter living = (RollingCounter) account.reborn(account.owner().startOf(index));
    if (index >= living.index - Buckets.WINDOW) {
      living.settle(0, amount);
    } // else the call's time has left the window
  }

  @Override
  void charge(long held) {
    if (held > 0) {
      settle(held, held);
    }
  }

  @Override
  void correct(long charged, long amount) {
    if (amount > charged) {
      settle(0, amount - charged);
    } else if (amount < charged) {
      giveBack(charged - amount);
    }
  }

  /** Lowers {@code settled} first, so that it is too low for a moment and never too high. */
  private void giveBack(long amount) {
    account.addSettled(-amount);
    if (buckets.add(index, -amount)) {
      account.lowerUsed(amount);
    } else {
      account.addSettled(amount);
    }
  }

  @Override
  long used() {
    while (true) {
      Horizon horizon = account.horizon();
      long ever = account.usedEver();
      if (horizon == account.horizon()) {
        return ever == RollingAccount.SWEPT ? 0 : Math.max(0, ever - gone(horizon));
      }
    }
  }

  @Override
  long settled() {
    while (true) {
      Horizon horizon = account.horizon();
      long ever = account.settledEver();
      if (horizon == account.horizon()) {
        return Math.max(0, ever - gone(horizon));
      }
    }
  }

  private long gone(Horizon horizon) {
    return index > horizon.index() ? horizon.goneBy(index) : horizon.gone();
  }

  /**
   * Returns when the oldest charge leaves the window, for that is when there is more room; without
   * any, when one of now would.
   */
  @Override
  Instant end() {
    Horizon horizon = account.horizon();
    long now = Math.max(index, horizon.index());
    long oldest = horizon.buckets().firstCharged(now - Buckets.WINDOW);
    return account.owner().startOf(Math.min(oldest, now) + Buckets.WINDOW + 1);
  }

  /** As in {@link WindowCounter}; what a bucket cannot hold is cut off too. */
  private long raiseUsed(long excess) {
    while (true) {
      long seen = account.usedEver();
      if (seen == RollingAccount.SWEPT) {
        return -1;
      }
      long raised = Math.min(Math.min(excess, Buckets.LARGEST), Long.MAX_VALUE - seen);
      if (account.replaceUsed(seen, seen + raised)) {
        return raised;
      }
    }
  }
}
