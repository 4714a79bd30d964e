package dev.purser.langchain4j;

import dev.purser.api.AbandonReason;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallDeniedException;
import dev.purser.api.CallTrace;
import dev.purser.api.Denial;
import dev.purser.api.ModelId;
import dev.purser.api.OngoingCall;
import dev.purser.api.Reservation;
import dev.purser.api.SeenUsage;
import dev.purser.api.Settlement;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An admitted call until its reservation ends. Whatever the guard fails with is contained here. Safe
 * for use by several threads.
 */
final class HeldCall {

  private final Reservation reservation;
  private final OngoingCall ongoing;
  private final CallTrace trace;
  private boolean charged;
  private boolean several;
  private volatile @Nullable Thread reader;

  /**
   * @param model the model that is called
   */
  HeldCall(BudgetGuard guard, ModelId model, Reservation reservation) {
    this.reservation = reservation;
    ongoing = new OngoingCall(guard, model, reservation);
    CallTrace told = Faults.ask("the trace", reservation::trace);
    trace = told == null ? CallTrace.NONE : told;
  }

  /**
   * Makes a call whose answer comes at once. A freeze interrupts the thread meanwhile.
   *
   * @param ending charges what the answer says; must not throw
   * @throws CallDeniedException if somebody has frozen the call, or does so meanwhile
   */
  <T> T make(Supplier<T> sending, Consumer<T> ending) {
    ThreadCut cut = new ThreadCut();
    Denial frozen = cuttableBy(cut);
    if (frozen != null) {
      release();
      throw new CallDeniedException(frozen);
    }
    T answer;
    try {
      answer = send(sending);
    } catch (Throwable e) {
      // Everything, because models in Kotlin may throw checked exceptions undeclared.
      Denial denial = cut.over();
      fail(e, denial);
      if (denial != null) {
        throw denied(denial, e);
      }
      throw e;
    }
    Denial denial = cut.over();
    ending.accept(answer);
    if (denial != null) {
      throw new CallDeniedException(denial);
    }
    return answer;
  }

  private static CallDeniedException denied(Denial denial, Throwable cause) {
    CallDeniedException denied = new CallDeniedException(denial);
    denied.initCause(cause);
    return denied;
  }

  private void fail(Throwable e, @Nullable Denial denial) {
    if (denial == null) {
      failed(Failure.of(e), null);
    } else {
      abandon(AbandonReason.FROZEN, null);
    }
    ended();
  }

  /** The call is sent as several requests: if one of them fails, others may have been billed. */
  synchronized void isSeveral() {
    several = true;
  }

  private synchronized boolean mayBeBilled(Failure failure) {
    return several || !failure.unbilled();
  }

  /** Runs what sends the call, so that an adapter below knows that it is counted already. */
  <T extends @Nullable Object> T send(Supplier<T> sending) {
    return ongoing.during(sending);
  }

  /** Lets a freeze cut the call from now on; returns the freeze that stands already, or null. */
  @Nullable Denial cuttableBy(Consumer<Denial> cut) {
    Optional<Denial> frozen = Faults.ask("the freeze", () -> reservation.onCut(cut));
    return frozen == null ? null : frozen.orElse(null);
  }

  /** Says which thread works on the answer; nobody, until one does. */
  void readBy(@Nullable Thread thread) {
    if (thread == null || thread != reader) {
      reader = thread;
      Faults.run("the carrier", () -> reservation.carriedBy(thread));
    }
  }

  /** Tells the record of something. */
  void tell(Consumer<CallTrace> what) {
    if (trace != CallTrace.NONE) {
      Faults.run("the trace", () -> what.accept(trace));
    }
  }

  /** Returns how many characters of prompt and answer the guard wants to see. */
  int wantedContent() {
    Integer wanted = Faults.ask("the trace", trace::wantedContent);
    return wanted == null ? 0 : wanted;
  }

  /** Charges what the answer says. Also after the reserved amount has been charged. */
  void settle(Settlement settlement) {
    Faults.run("the settlement", () -> reservation.settle(settlement));
    ended();
  }

  /** Ends a call that failed, with what was seen of its answer if anything was. */
  void failed(Failure failure, @Nullable SeenUsage seen) {
    if (failure.status() > 0) {
      tell(told -> told.status(failure.status()));
    }
    tell(told -> told.failed(failure.type()));
    if (seen == null && !mayBeBilled(failure)) {
      release();
    } else {
      abandon(AbandonReason.CALL_FAILED, failure.terminal() ? seen : null);
    }
  }

  /** Gives everything back, unless something was charged already. */
  synchronized void release() {
    if (!charged) {
      Faults.run("the release", reservation::release);
    }
    ended();
  }

  /**
   * Charges what was seen, for good; or the reserved amount if nothing was, until the answer says more
   * after all.
   */
  synchronized void abandon(AbandonReason reason, @Nullable SeenUsage seen) {
    charged = true;
    Faults.run("the charge", () -> {
      boolean unused =
          seen == null ? reservation.abandon(reason) : reservation.abandon(reason, seen);
    });
  }

  /** Nothing more is sent for the call. */
  void ended() {
    ongoing.end();
  }
}
