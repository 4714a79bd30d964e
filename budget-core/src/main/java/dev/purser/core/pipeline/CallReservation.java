package dev.purser.core.pipeline;

import dev.purser.api.AbandonReason;
import dev.purser.api.AbandonedCall;
import dev.purser.api.Attribution;
import dev.purser.api.CallTrace;
import dev.purser.api.Denial;
import dev.purser.api.Reservation;
import dev.purser.api.SeenUsage;
import dev.purser.api.Settlement;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.ambient.AmbientAccount;
import dev.purser.core.budget.BudgetBook;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Ticket;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way back of a call: price with the quote of its admission, settle, emit. Which ending counts is
 * decided by the ticket; this class only tells of it.
 */
final class CallReservation implements Reservation, ChargedCall {

  private final Call call;
  private final Usage bound;
  private final Amounts held;
  private final Returning returning;

  private final Cut cut = new Cut();
  private final Trace trace;
  private List<Account> accounts;
  private volatile @Nullable Thread carrier = Thread.currentThread();
  private volatile boolean open = true;
  private volatile int revision;
  private volatile @Nullable AbandonReason abandoned;
  private volatile boolean writtenOff;
  private volatile boolean finished;

  /** Volatile: whoever finds the call among the abandoned ones may be ahead of who set it. */
  private volatile @Nullable Ticket ticket;

  /** What the ticket has yet to be told; volatile, so that of its two writers one sees the other's. */
  private volatile @Nullable SpendRecord untold;

  /**
   * @param accounts what the call draws on
   * @param returning what all calls of a guard end with
   */
  CallReservation(
      Call call, Usage bound, Amounts held, List<Account> accounts, Returning returning) {
    this.call = call;
    this.bound = bound;
    this.held = held;
    this.accounts = accounts;
    this.returning = returning;
    trace = new Trace(
        call,
        returning.nanoTime(),
        returning.content(),
        fault -> returning.notices().fault("redactor", fault));
    revision = returning.budgets().revision();
  }

  /** Takes the ticket that the reservation stands for; before anybody else sees it. */
  CallReservation with(Ticket ticket) {
    this.ticket = ticket;
    if (untold != null) {
      tellTicket(ticket); // its lease was over before its admission was
    }
    returning.openCalls().add(this);
    return this;
  }

  private synchronized void tellTicket(Ticket charged) {
    SpendRecord record = untold;
    if (record != null) {
      untold = null;
      charged.abandoned(record);
    }
  }

  private Ticket ticket() {
    return Objects.requireNonNull(ticket);
  }

  @Override
  public String id() {
    return call.id();
  }

  @Override
  public Usd reserved() {
    return Usd.ofNanos(held.nanoUsd());
  }

  @Override
  public boolean settle(Settlement settlement) {
    try {
      return end(call.charge(settlement), null);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      // Whoever settles has an answer to deliver. A price that cannot be computed is the worst
      // case.
      returning.notices().fault("settlement", e);
      return abandon(AbandonReason.NOT_SETTLED);
    }
  }

  /** Ends the call with what is still due of it; false if it had ended before. */
  private boolean end(Charge charge, @Nullable AbandonReason estimated) {
    Amounts all = charge.amounts(held.requests());
    String bill = call.bill();
    String name = call.requested().provider() + " " + bill;
    Amounts due = bill == null ? all : returning.bills().due(name, all);
    Recorder recorder = returning.recorder();
    SpendRecord record =
        recorder.charged(call, charge, held.nanoUsd(), due.nanoUsd(), estimated, trace.exchange());
    Ticket.Ending how = end(due, record);
    if (how == Ticket.Ending.NONE) {
      if (bill != null) {
        returning.bills().notCharged(name, due);
      }
      return false;
    }
    recorder.tellCharged(call, charge, record, how);
    return true;
  }

  @Override
  public boolean abandon(AbandonReason reason, SeenUsage seen) {
    try {
      Usage estimate = Estimate.of(seen, bound, call.model());
      return estimate == null ? abandon(reason) : estimated(estimate, seen, reason);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      returning.notices().fault("estimate", e);
      return abandon(reason);
    }
  }

  private boolean estimated(Usage estimate, SeenUsage seen, AbandonReason reason) {
    Charge charge = call.charge(
        new Settlement(estimate, seen.answeredBy(), seen.serviceTier(), seen.responseId()));
    return end(charge, reason);
  }

  @Override
  public boolean release() {
    SpendRecord record = released();
    Ticket.Ending ending = end(Amounts.NONE, record);
    if (ending != Ticket.Ending.NONE) {
      returning.recorder().tellReleased(call, record, ending == Ticket.Ending.CORRECTED);
    }
    return ending != Ticket.Ending.NONE;
  }

  private SpendRecord released() {
    return returning.recorder().released(call, held.nanoUsd(), trace.exchange());
  }

  @Override
  public boolean abandon(AbandonReason reason) {
    boolean charged = passing(() -> {
      boolean won = ticket().abandon();
      if (won) {
        charged(held, Amounts.NONE);
      }
      return won;
    });
    // It may be kept for long, and must keep nothing of its request.
    cut.over();
    if (charged) {
      abandoned(reason);
    }
    return charged;
  }

  @Override
  public Optional<Denial> onCut(Consumer<Denial> how) {
    return cut.by(how);
  }

  /** Cuts the call: now, if somebody said how, or as soon as somebody wants to say it. */
  @Override
  public void cut(Denial denial) {
    cut.with(denial, returning.notices());
  }

  /** Returns whom the call counts for. */
  @Override
  public Attribution attribution() {
    return call.attribution();
  }

  /** Ends the call as if it had not been tried; inside a passage. */
  void undo() {
    Ticket.Ending unused = ticket().settle(Amounts.NONE, released());
    open = false;
    returning.openCalls().remove(this);
  }

  /** The ledger held the call and took it back; where its lease was over first, it was told as charged. */
  void notAdmitted() {
    finished = true;
    if (abandoned != null) {
      returning.abandoned().remove(this);
      history(Amounts.NONE, held);
      returning.recorder().tellReleased(call, released(), true);
    }
  }

  /**
   * The lease is over, and the ticket charged; its answer may come all the same, and can still be cut.
   * Called by the ledger, inside a passage.
   */
  void leaseEnded() {
    charged(held, Amounts.NONE);
    abandoned(AbandonReason.LEASE_ENDED);
  }

  private void abandoned(AbandonReason reason) {
    abandoned = reason;
    carrier = null;
    SpendRecord record =
        returning.recorder().abandoned(call, bound, held.nanoUsd(), reason, trace.exchange());
    trace.forgetContent();
    untold = record;
    Ticket charged = ticket;
    if (charged != null) {
      tellTicket(charged);
    }
    returning.recorder().tellAbandoned(call, record);
    returning.abandoned().add(this);
  }

  /** Whether it was settled or released after its reserved amount had been charged. */
  @Override
  public boolean finished() {
    return finished;
  }

  /** Returns what there is to know of a call that was charged its reserved amount. */
  @Override
  public AbandonedCall facts() {
    return new AbandonedCall(
        call.id(),
        call.at(),
        call.api(),
        call.attribution(),
        call.model(),
        held.nanoUsd(),
        Objects.requireNonNull(abandoned));
  }

  /** Takes the charge of the reserved amount back; false if the call is not charged so, or not any more. */
  @Override
  public boolean writeOff() {
    Ticket charged = ticket;
    if (charged == null) {
      return false; // its lease was over before its admission was
    }
    SpendRecord record =
        returning.recorder().writtenOff(call, bound, held.nanoUsd(), trace.exchange());
    boolean taken = passing(() -> {
      boolean won = charged.writeOff(record);
      if (won) {
        writtenOff = true;
        history(Amounts.NONE, held);
      }
      return won;
    });
    if (taken) {
      returning.abandoned().remove(this);
      returning.recorder().tellWrittenOff(call, record);
    }
    return taken;
  }

  private Ticket.Ending end(Amounts charge, SpendRecord record) {
    Ticket.Ending how = passing(() -> {
      Ticket.Ending ending = ticket().settle(charge, record);
      if (ending != Ticket.Ending.NONE) {
        charged(charge, ending == Ticket.Ending.CORRECTED ? held : Amounts.NONE);
      }
      return ending;
    });
    cut.over();
    if (how == Ticket.Ending.CORRECTED || how == Ticket.Ending.RECHARGED) {
      finished = true;
      returning.abandoned().remove(this);
    }
    return how;
  }

  private <T> T passing(Supplier<T> ending) {
    int passage = returning.gate().enter();
    try {
      if (revision != returning.budgets().revision()) {
        // Charged at its reserved amount before budgets were changed; they must learn of the end.
        correctOnRecharged();
      }
      return ending.get();
    } finally {
      returning.gate().leave(passage);
    }
  }

  private void charged(Amounts charge, Amounts before) {
    open = false;
    returning.openCalls().remove(this);
    history(charge, before);
  }

  private void history(Amounts charge, Amounts before) {
    returning.budgets().charged(call.attribution(), call.model(), call.at(), charge, before);
    if (!charge.equals(Amounts.NONE)) {
      returning.caps().charged(accounts, call.at());
    }
  }

  /** Draws on the accounts of budgets too that are put in force while the call is open. */
  void redraw() {
    Instant now = returning.clock().instant();
    List<Account> counting =
        returning.budgets().stillCounting(call.attribution(), call.model(), call.at(), now);
    ticket().extend(counting);
    accounts = AmbientAccount.behind(counting, call.ceilings());
    revision = returning.budgets().revision();
  }

  private void correctOnRecharged() {
    Instant now = returning.clock().instant();
    BudgetBook budgets = returning.budgets();
    Attribution who = call.attribution();
    ticket()
        .extend(
            writtenOff
                ? budgets.addedSince(who, call.model(), call.at(), now, revision)
                : budgets.recharged(who, call.model(), call.at(), now, revision));
    revision = returning.budgets().revision();
  }

  @Override
  public CallTrace trace() {
    return trace;
  }

  @Override
  public void carriedBy(@Nullable Thread thread) {
    carrier = thread;
  }

  boolean carriedByThisThread() {
    return carrier == Thread.currentThread();
  }

  boolean open() {
    return open;
  }

  /** Returns what the call holds of an account, in its measure. */
  long heldOf(Account account) {
    return accounts.contains(account) ? held.of(account.budget().measure()) : 0;
  }

  /** Renders the id and what is held. */
  @Override
  public String toString() {
    return "Reservation " + call.id() + " of $" + reserved();
  }
}
