package dev.purser.core.pipeline;

import dev.purser.api.AbandonReason;
import dev.purser.api.Admission;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Dimension;
import dev.purser.api.Fit;
import dev.purser.api.Refusal;
import dev.purser.api.Usage;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Balance;
import dev.purser.spi.Demand;
import dev.purser.spi.Ledger;
import dev.purser.spi.Reserved;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Holds the worst case of a call on all its accounts or, where they cannot carry it, what they can:
 * the output cap is lowered to what the room pays for, in one pass ({@code ledger.md}, "Fitting").
 */
final class Reserving {

  /** An answer cut shorter than this many tokens helps nobody: the call is refused instead. */
  static final long LEAST_USEFUL_OUTPUT = 128;

  /** No model in use writes less than this, so a cap of it is refused by none as too high. */
  static final long MODEST_CAP = 4096;

  private final Ledger ledger;
  private final Recorder recorder;
  private final Notices notices;
  private final Fit fit;
  private final Duration lease;

  Reserving(Ledger ledger, Recorder recorder, Notices notices, Fit fit, Duration lease) {
    this.ledger = ledger;
    this.recorder = recorder;
    this.notices = notices;
    this.fit = fit;
    this.lease = lease;
  }

  Admission reserve(Call call, CallIntent intent, WorstCase worst, List<Account> accounts) {
    long cap = intent.outputCap().orElse(call.quote().maxOutputTokens());
    Amounts whole = worst.amounts(cap);
    Reserved reserved = ledger.reserve(demand(call, worst.bound(cap), whole, accounts));
    if (reserved instanceof Reserved.Held held) {
      return admitted(call, worst.bound(cap), whole, held, OptionalLong.empty());
    }
    return mayFit(intent, cap)
        ? fitted(call, worst, accounts, highestFit(call, intent, cap), (Reserved.Refused) reserved)
        : refused(call, worst.bound(cap), whole, (Reserved.Refused) reserved);
  }

  private boolean mayFit(CallIntent intent, long cap) {
    boolean wanted = switch (fit) {
      case ALL -> true;
      case UNCAPPED -> intent.outputCap().isEmpty();
      case NEVER -> false;
    };
    return wanted && intent.capAdjustable() && cap > LEAST_USEFUL_OUTPUT;
  }

  /** What an unknown model can write is a guess, too high a cap to put into somebody's request. */
  private static long highestFit(Call call, CallIntent intent, long cap) {
    boolean guessed = intent.outputCap().isEmpty() && !call.quote().known();
    return guessed ? Math.min(cap, MODEST_CAP + 1) : cap;
  }

  private Admission fitted(
      Call call, WorstCase worst, List<Account> accounts, long cap, Reserved.Refused whole) {
    Amounts room = ledger.room(accounts, call.at());
    long paid = worst.largestCap(room, LEAST_USEFUL_OUTPUT, cap);
    long lower = Math.max(paid, LEAST_USEFUL_OUTPUT);
    Usage bound = worst.bound(lower);
    Amounts amounts = worst.amounts(lower);
    Reserved reserved = ledger.reserve(demand(call, bound, amounts, accounts));
    if (reserved instanceof Reserved.Refused refused) {
      return refused(call, bound, amounts, refused);
    }
    Reserved.Held held = (Reserved.Held) reserved;
    if (paid < 0) {
      // Room came free since the look at it: the next try can have more than the least useful.
      held.ticket().release();
      return refused(
          call,
          bound,
          amounts,
          new Reserved.Refused(whole.account(), Refusal.Reason.HELD, whole.balance()));
    }
    return admitted(call, bound, amounts, held, OptionalLong.of(lower));
  }

  private Demand demand(Call call, Usage bound, Amounts amounts, List<Account> accounts) {
    return new Demand(
        call.id(),
        call.at(),
        call.at().plus(lease),
        call.attribution(),
        call.model(),
        amounts,
        accounts,
        () -> recorder.abandoned(call, bound, amounts.nanoUsd(), AbandonReason.LEASE_ENDED));
  }

  private Admission admitted(
      Call call, Usage bound, Amounts amounts, Reserved.Held held, OptionalLong cap) {
    var reservation = new CallReservation(call, bound, amounts, held.ticket(), recorder, notices);
    return new Admission.Admitted(reservation, call.model(), cap);
  }

  private Admission refused(Call call, Usage bound, Amounts amounts, Reserved.Refused refused) {
    Budget budget = refused.account().budget();
    Balance balance = refused.balance();
    Refusal refusal = new Refusal(
        refused.reason(),
        budget.name(),
        refused.account().scope(),
        Objects.requireNonNullElse(budget.owner(), Dimension.NONE),
        budget.measure(),
        balance.limit(),
        balance.settled(),
        balance.held(),
        amounts.of(budget.measure()),
        balance.resetsAt().equals(Instant.MAX) ? null : balance.resetsAt());
    recorder.refused(call, bound, refusal);
    return new Admission.Refused(refusal);
  }
}
