package dev.purser.core.ledger;

import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Demand;
import dev.purser.spi.Ticket;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The ticket of one admitted call: OPEN → PROVISIONAL → ENDED, or OPEN → ENDED, or by way of
 * WRITTEN_OFF between the last two.
 *
 * <p><b>Who may call it:</b> any thread, any number of times, also while its lease ends.
 *
 * <p><b>Memory order:</b> one compare-and-set of the state decides who ends the hold; only the
 * winner touches the counters, so nothing is charged or given back twice. The counters follow the
 * state: until the winner returns, they may still show the hold. Where a settlement overtakes the
 * thread that is turning the hold into a charge, both changes are additions and commute.
 *
 * <p><b>Progress:</b> wait-free but for the counters, which are lock-free; no caller waits for
 * another.
 */
final class LedgerTicket implements Ticket {

  private static final int OPEN = 0;
  private static final int PROVISIONAL = 1;
  private static final int ENDED = 2;
  private static final int WRITTEN_OFF = 3;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(LedgerTicket.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final InMemoryLedger ledger;
  private final Demand demand;

  private volatile Hold hold;
  private volatile int state = OPEN;

  // Where the ticket stands among the open ones; published by the write that puts it there.
  private @Nullable AtomicReferenceArray<@Nullable LedgerTicket> slots;
  private int slot;

  LedgerTicket(InMemoryLedger ledger, Hold hold, Demand demand) {
    this.ledger = ledger;
    this.hold = hold;
    this.demand = demand;
  }

  @Override
  public Ending settle(Amounts amounts) {
    if (STATE.compareAndSet(this, OPEN, ENDED)) {
      hold.settle(amounts);
      leave();
      return Ending.ENDED;
    }
    if (STATE.compareAndSet(this, PROVISIONAL, ENDED)) {
      hold.correct(amounts);
      return Ending.CORRECTED;
    }
    if (STATE.compareAndSet(this, WRITTEN_OFF, ENDED)) {
      hold.chargeAgain(amounts);
      return Ending.RECHARGED;
    }
    return Ending.NONE;
  }

  @Override
  public void extend(List<Account> more) {
    if (state != ENDED) {
      hold = ledger.extend(hold, more, demand.at(), state == OPEN);
    }
  }

  @Override
  public boolean abandon() {
    if (!STATE.compareAndSet(this, OPEN, PROVISIONAL)) {
      return false;
    }
    hold.charge();
    leave();
    return true;
  }

  @Override
  public boolean writeOff() {
    if (!STATE.compareAndSet(this, PROVISIONAL, WRITTEN_OFF)) {
      return false;
    }
    hold.correct(Amounts.NONE);
    return true;
  }

  /** Abandons the ticket because its lease is over, and says so to whoever opened it. */
  boolean expire() {
    if (!abandon()) {
      return false;
    }
    try {
      demand.onLeaseEnd().run();
    } catch (Throwable e) {
      // Whoever found the lease over is another call, which must not fail for this one's callback,
      // nor must the leases behind it stay unseen. There is no log here: the callback has to report
      // its own faults, and the contract forbids it to throw.
    }
    return true;
  }

  boolean isOpen() {
    return state == OPEN;
  }

  Instant leaseEnd() {
    return demand.leaseEnd();
  }

  Hold hold() {
    return hold;
  }

  /** Says where the ticket is about to stand. Only before others can see it there. */
  void place(AtomicReferenceArray<@Nullable LedgerTicket> slots, int slot) {
    this.slots = slots;
    this.slot = slot;
  }

  private void leave() {
    // The winner of OPEN is the only one that empties the slot, and nobody else takes it before.
    if (slots != null) {
      slots.setRelease(slot, null);
    }
  }
}
