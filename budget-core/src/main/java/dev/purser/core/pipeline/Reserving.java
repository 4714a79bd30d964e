package dev.purser.core.pipeline;

import dev.purser.api.Admission;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Denial;
import dev.purser.api.Dimension;
import dev.purser.api.Refusal;
import dev.purser.api.Usage;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Balance;
import dev.purser.spi.Demand;
import dev.purser.spi.Ledger;
import dev.purser.spi.Reserved;
import dev.purser.spi.Room;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Tries once to hold the worst case of a call on all its accounts or, where they cannot carry it, what
 * they can: the output cap is lowered to what the room pays for, in one pass ({@code ledger.md},
 * "Fitting"). For a call that waits, the room is what would be there if no call were open: money that
 * is only held must not truncate its answer.
 */
final class Reserving {

  /** No model in use writes less than this, so a cap of it is refused by none as too high. */
  static final long MODEST_CAP = 4096;

  private final Ledger ledger;
  private final Returning returning;

  Reserving(Ledger ledger, Returning returning) {
    this.ledger = ledger;
    this.returning = returning;
  }

  /** What came of a try. */
  sealed interface Outcome {

    /**
     * Everything is held.
     *
     * @param bound what is held
     * @param requested the same, in every measure
     * @param observed what budgets that only watch would have said
     */
    record Admitted(
        Admission.Admitted admission,
        CallReservation reservation,
        Usage bound,
        Amounts requested,
        List<Reserved.Refused> observed)
        implements Outcome {}

    /**
     * Nothing is held.
     *
     * @param bound what was asked for
     * @param requested the same, in every measure
     */
    record Refused(Usage bound, Amounts requested, Reserved.Refused why) implements Outcome {}

    /** Nothing is held, whatever there is room for: somebody froze the call. */
    record Denied(Denial denial) implements Outcome {}
  }

  /** One try of a call. */
  private record Try(
      Call call, CallIntent intent, WorstCase worst, List<Account> accounts, Settings settings) {

    long leastUseful() {
      return ReasoningModels.leastUseful(call.model(), settings.leastUsefulOutput());
    }

    long cap() {
      return intent.outputCap().orElse(call.quote().maxOutputTokens());
    }

    boolean mayFit() {
      boolean wanted = switch (settings.fit()) {
        case ALL -> true;
        case UNCAPPED -> intent.outputCap().isEmpty();
        case NEVER -> false;
      };
      return wanted && intent.capAdjustable() && cap() > leastUseful();
    }

    /** What an unknown model can write is a guess, too high a cap to put into a request. */
    long highestFit() {
      boolean guessed = intent.outputCap().isEmpty() && !call.quote().known();
      return guessed ? Math.max(leastUseful(), Math.min(cap(), MODEST_CAP + 1)) : cap();
    }
  }

  /**
   * Tries once.
   *
   * @param waits whether the call waits for what is only held
   */
  Outcome reserve(
      Call call,
      CallIntent intent,
      WorstCase worst,
      List<Account> accounts,
      Settings settings,
      boolean waits) {
    Try one = new Try(call, intent, worst, accounts, settings);
    Outcome whole = hold(one, one.cap(), OptionalLong.empty());
    if (whole instanceof Outcome.Admitted || !one.mayFit()) {
      return whole;
    }
    return waits ? fittedToUnspent(one, whole) : fittedToRoom(one, (Outcome.Refused) whole);
  }

  /** Whether the accounts could carry the call, or its least useful answer, if no call were open. */
  boolean mayComeFree(
      Call call, CallIntent intent, WorstCase worst, List<Account> accounts, Settings settings) {
    Try one = new Try(call, intent, worst, accounts, settings);
    Room unspent = ledger.unspent(accounts, call.at());
    return worst.fits(unspent, one.mayFit() ? one.leastUseful() : one.cap());
  }

  private Outcome fittedToUnspent(Try one, Outcome whole) {
    Room unspent = ledger.unspent(one.accounts(), one.call().at());
    if (one.worst().fits(unspent, one.cap())) {
      return whole;
    }
    long paid = one.worst().largestCap(unspent, one.leastUseful(), one.highestFit());
    long lower = Math.max(paid, one.leastUseful());
    return hold(one, lower, OptionalLong.of(lower));
  }

  private Outcome fittedToRoom(Try one, Outcome.Refused whole) {
    Room room = ledger.room(one.accounts(), one.call().at());
    long paid = one.worst().largestCap(room, one.leastUseful(), one.highestFit());
    long lower = Math.max(paid, one.leastUseful());
    Outcome fitted = hold(one, lower, OptionalLong.of(lower));
    if (paid < 0 && fitted instanceof Outcome.Admitted admitted) {
      // Room came free since the look at it: the next try can have more than the least useful.
      admitted.reservation().undo();
      Reserved.Refused why = whole.why();
      return new Outcome.Refused(
          admitted.bound(),
          one.worst().amounts(lower),
          new Reserved.Refused(why.account(), Refusal.Reason.HELD, why.balance()));
    }
    return fitted;
  }

  private Outcome hold(Try one, long cap, OptionalLong send) {
    Call call = one.call();
    Usage bound = one.worst().bound(cap);
    Amounts amounts = one.worst().amounts(bound);
    CallReservation reservation =
        new CallReservation(call, bound, amounts, one.accounts(), returning);
    Reserved reserved = ledger.reserve(new Demand(
        call.id(),
        call.at(),
        call.at().plus(one.settings().lease()),
        call.api(),
        call.attribution(),
        call.model(),
        amounts,
        one.accounts(),
        reservation::leaseEnded));
    if (reserved instanceof Reserved.Refused refused) {
      if (refused.reason() == Refusal.Reason.UNAVAILABLE) {
        reservation.notAdmitted();
      }
      return new Outcome.Refused(bound, amounts, refused);
    }
    Reserved.Held held = (Reserved.Held) reserved;
    Admission.Admitted admission =
        new Admission.Admitted(reservation.with(held.ticket()), call.model(), send);
    return new Outcome.Admitted(admission, reservation, bound, amounts, held.observed());
  }

  /** Returns the facts of a refusal. */
  static Refusal refusal(Reserved.Refused refused, Amounts requested) {
    Budget budget = refused.account().budget();
    Balance balance = refused.balance();
    return new Refusal(
        refused.reason(),
        budget.name(),
        refused.account().scope(),
        Objects.requireNonNullElse(budget.owner(), Dimension.NONE),
        budget.measure(),
        balance.limit(),
        balance.settled(),
        balance.held(),
        requested.of(budget.measure()),
        balance.resetsAt().equals(Instant.MAX) ? null : balance.resetsAt());
  }
}
