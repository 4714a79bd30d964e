package dev.purser.core.pipeline;

import dev.purser.api.Admission;
import dev.purser.api.CallIntent;
import dev.purser.api.Denial;
import dev.purser.api.Refusal;
import dev.purser.core.ambient.AmbientAccount;
import dev.purser.core.waiting.Wait;
import dev.purser.core.waiting.WaitingRoom;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Reserved;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Admits a call or refuses it; in between it may wait for what other calls hold. Each try is a passage
 * of its own through the gate, with the budgets and settings then in force. What is told of a call is
 * told when it is decided: a wait is no refusal.
 */
final class Admitting {

  private final Access access;
  private final Granting granting;
  private final Reserving reserving;
  private final Returning returning;
  private final WaitingRoom waitingRoom;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private volatile Settings settings;

  Admitting(
      Access access,
      Granting granting,
      Reserving reserving,
      Returning returning,
      WaitingRoom waitingRoom,
      Settings settings,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.access = access;
    this.granting = granting;
    this.reserving = reserving;
    this.returning = returning;
    this.waitingRoom = waitingRoom;
    this.settings = settings;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  Settings settings() {
    return settings;
  }

  void settings(Settings changed) {
    settings = changed;
  }

  /** A call, and how it may be tried. */
  private record Request(Call call, CallIntent intent, WorstCase worst) {

    Request at(Instant now) {
      return new Request(call.at(now), intent, worst);
    }

    Amounts whole() {
      return worst.amounts(intent.outputCap().orElse(call.quote().maxOutputTokens()));
    }
  }

  Admission admit(Call call, CallIntent intent, WorstCase worst) {
    Request request = new Request(call, intent, worst);
    Duration maxWait = Objects.requireNonNullElse(intent.maxWait(), settings.maxWait());
    if (maxWait.isZero()) {
      return decided(request, attempt(request, false));
    }
    Account line = lineFor(request);
    Wait.Try<Decision> first = line == null ? waitable(request) : null;
    if (first != null && first.heldAt() == null) {
      return decided(first.result());
    }
    Wait<Decision> wait = new Wait<>(
            waitingRoom,
            clock,
            nanoTime,
            maxWait,
            () -> again(request.at(clock.instant())),
            this::holdsSomethingOf)
        .unless(() -> deniedMeanwhile(request.at(clock.instant())));
    Decision decision = wait.await(first == null ? line : first.heldAt());
    returning.recorder().waited(decision.outcome() instanceof Reserving.Outcome.Admitted);
    return decided(decision);
  }

  /** A key that is no good any more, or a freeze, ends a wait: the call has yet to start. */
  private @Nullable Decision deniedMeanwhile(Request request) {
    Call call = request.call();
    Denial denial = access.again(request.intent(), call.attribution(), call.model(), call.at());
    return denial == null ? null : new Decision(request, new Reserving.Outcome.Denied(denial));
  }

  /** Tries once more: whether the call may be made is decided at the instant that it would be made. */
  private Wait.Try<Decision> again(Request request) {
    Decision denied = deniedMeanwhile(request);
    return denied == null ? waitable(request) : new Wait.Try<>(denied, null, Instant.MAX);
  }

  /** What a try came to, and the call as it was tried. */
  private record Decision(Request request, Reserving.Outcome outcome) {}

  /**
   * Returns the account that others wait at and this call wants something of; null if there is none,
   * or if the call would stand there for nothing: because what it wants is spent, or because those
   * who wait there wait for this thread's own open calls.
   */
  private @Nullable Account lineFor(Request request) {
    if (waitingRoom.size() == 0) {
      return null;
    }
    int passage = returning.gate().enter();
    try {
      Amounts whole = request.whole();
      List<Account> covering = covering(request.call());
      List<Account> wanted = covering.stream()
          .filter(account -> whole.of(account.budget().measure()) > 0)
          .filter(account -> !holdsSomethingOf(account))
          .toList();
      Account line = waitingRoom.waitedFor(wanted);
      return line != null
              && reserving.mayComeFree(
                  request.call(), request.intent(), request.worst(), covering, settings)
          ? line
          : null;
    } finally {
      returning.gate().leave(passage);
    }
  }

  private boolean holdsSomethingOf(Account account) {
    return returning.openCalls().heldByThisThread(account) > 0;
  }

  private List<Account> covering(Call call) {
    return AmbientAccount.behind(
        returning.budgets().covering(call.attribution(), call.model(), call.at()), call.ceilings());
  }

  private Reserving.Outcome attempt(Request request, boolean waits) {
    granting.withdrawEnded(request.call().at());
    int passage = returning.gate().enter();
    try {
      Call call = request.call();
      Reserving.Outcome outcome = reserving.reserve(
          call, request.intent(), request.worst(), covering(call), settings, waits);
      if (outcome instanceof Reserving.Outcome.Admitted admitted) {
        // Once more, now that the call is registered: a freeze that came since either is seen here,
        // or has seen the call.
        Denial denial = access.frozen(call.attribution(), call.at());
        if (denial != null) {
          admitted.reservation().undo();
          return new Reserving.Outcome.Denied(denial);
        }
      }
      return outcome;
    } finally {
      returning.gate().leave(passage);
    }
  }

  private Wait.Try<Decision> waitable(Request request) {
    Reserving.Outcome outcome = attempt(request, true);
    if (outcome instanceof Reserving.Outcome.Refused refused
        && refused.why().reason() == Refusal.Reason.HELD) {
      if (!onItsOwn(refused)) {
        Reserved.Refused why = refused.why();
        return new Wait.Try<>(
            new Decision(request, outcome), why.account(), why.balance().resetsAt());
      }
      // What it would wait for only comes back after it: it takes what there is, or nothing.
      outcome = attempt(request, false);
    }
    return new Wait.Try<>(new Decision(request, outcome), null, Instant.MAX);
  }

  /** Whether a call waits in vain, because this thread's own open calls hold what is missing. */
  private boolean onItsOwn(Reserving.Outcome.Refused refused) {
    Reserved.Refused why = refused.why();
    long own = returning.openCalls().heldByThisThread(why.account());
    long requested = refused.requested().of(why.account().budget().measure());
    return own > 0 && requested > why.balance().limit() - why.balance().settled() - own;
  }

  private Admission decided(Decision decision) {
    return decided(decision.request(), decision.outcome());
  }

  private Admission decided(Request request, Reserving.Outcome outcome) {
    Call call = request.call();
    if (outcome instanceof Reserving.Outcome.Admitted admitted) {
      admitted.observed().forEach(would -> {
        Refusal refusal = Reserving.refusal(would, admitted.requested());
        returning.recorder().observed(call, admitted.bound(), refusal);
        returning.notices().wouldRefuse(refusal, would.account().budget());
      });
      return admitted.admission();
    }
    if (outcome instanceof Reserving.Outcome.Denied denied) {
      returning
          .recorder()
          .denied(call.id(), call.api(), call.attribution(), call.requested(), denied.denial());
      return new Admission.Denied(denied.denial());
    }
    Reserving.Outcome.Refused refused = (Reserving.Outcome.Refused) outcome;
    Refusal refusal = Reserving.refusal(refused.why(), refused.requested());
    if (refusal.reason() == Refusal.Reason.EXHAUSTED) {
      returning.caps().exhausted(refused.why().account(), call.at());
    }
    AmbientAccount.tell(call.ceilings(), call.model(), refusal, refused.why().account());
    returning.recorder().refused(call, refused.bound(), refusal);
    return new Admission.Refused(refusal);
  }
}
