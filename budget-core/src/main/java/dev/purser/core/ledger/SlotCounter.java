package dev.purser.core.ledger;

import java.time.Instant;

/**
 * The calls of an account that are open now. There is no window and no charge: a slot comes back when
 * its reservation ends or its lease does, whichever is first, and nothing can correct that.
 */
final class SlotCounter extends UsedCounter {

  SlotCounter(LedgerAccount account) {
    super(account);
  }

  @Override
  boolean stays() {
    return true;
  }

  @Override
  boolean current() {
    return !swept();
  }

  @Override
  Instant end() {
    return Instant.MAX;
  }

  @Override
  long settled() {
    return 0;
  }

  @Override
  void settle(long held, long amount) {
    undo(held);
  }

  @Override
  void charge(long held) {
    undo(held);
  }

  @Override
  void correct(long charged, long amount) {
    // The slot came back when the lease ended.
  }
}
