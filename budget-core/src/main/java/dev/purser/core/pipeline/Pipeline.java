package dev.purser.core.pipeline;

import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.UnmeteredCall;
import dev.purser.api.Usage;
import dev.purser.core.budget.BudgetBook;
import dev.purser.core.waiting.WaitingRoom;
import dev.purser.spi.Ledger;
import dev.purser.spi.Quote;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The way of a call: identify, route, quote, estimate, and reserve by {@link Admitting}; price, settle
 * and emit in {@link CallReservation}, when the adapter has metered the answer. The only class that
 * knows the stages.
 *
 * <p>Safe for use by several threads. The clock is read once for an admission. Nothing but a refusal
 * stops a call: a part that fails is reported and passed over.
 */
public final class Pipeline implements BudgetGuard {

  private final InstantSource clock;
  private final CallIds ids = new CallIds();
  private final Identification identification;
  private final Stages stages;
  private final BudgetBook budgets;
  private final Ledger ledger;
  private final RevisionGate gate = new RevisionGate();
  private final OpenCalls openCalls = new OpenCalls();
  private final WaitingRoom waitingRoom = new WaitingRoom();
  private final Admitting admitting;
  private final Recorder recorder;
  private final Notices notices;

  /** Puts the stages in a row. */
  public Pipeline(PipelineParts parts) {
    clock = parts.clock();
    ledger = parts.ledger();
    identification = new Identification(parts.salt());
    notices = new Notices(parts.emitter(), parts.counters(), clock);
    recorder = new Recorder(parts.emitter(), parts.counters(), clock);
    stages = new Stages(parts, notices);
    budgets =
        new BudgetBook(parts.budgets(), ledger, notices::accountsOverflow, notices::otherParent);
    ledger.onRoom(waitingRoom::room);
    Returning returning = new Returning(clock, gate, budgets, openCalls, recorder, notices);
    admitting = new Admitting(
        new Reserving(ledger, returning),
        returning,
        waitingRoom,
        parts.settings(),
        clock,
        parts.nanoTime());
  }

  @Override
  public Admission admit(CallIntent intent) {
    try {
      Instant now = clock.instant();
      Attribution who = identification.of(intent);
      ModelId model = stages.route(intent);
      Quote quote = stages.quote(model, intent, now, admitting.settings().freeModels());
      Usage input = stages.estimate(model, intent);
      Call call = Call.of(ids.next(), now, intent, who, model, quote);
      return admitting.admit(call, intent, new WorstCase(input, intent.choices(), quote));
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      // Our own fault must not become the caller's: the call passes, and somebody is told.
      notices.fault("pipeline", e);
      unmetered(new UnmeteredCall(
          intent.model().provider(), intent.api(), intent.attribution(), "pipeline failed"));
      return BudgetGuard.noop().admit(intent);
    }
  }

  @Override
  public void unmetered(UnmeteredCall call) {
    notices.unmetered(call);
    recorder.unmetered(ids.next(), call);
  }

  /**
   * Puts other budgets and settings in force, without losing what was counted: from the next call on,
   * for open calls too, and for those that wait.
   *
   * @param revised with owner and zone set
   */
  public void revise(List<Budget> revised, Settings settings) {
    gate.change(() -> {
      List<Budget> partlyKnown = budgets.revise(revised, clock.instant());
      openCalls.each(CallReservation::redraw);
      admitting.settings(settings);
      partlyKnown.forEach(notices::partlyKnown);
    });
    waitingRoom.roomEverywhere();
  }

  /** Tells of a changed configuration that is wrong and was not taken over. */
  public void rejected(String problems) {
    notices.configuration("configuration", problems);
  }

  /** Returns the budgets in force. */
  public List<Budget> budgets() {
    return budgets.budgets();
  }

  /** Turns leases that are over into charges; returns how many. */
  public int reap() {
    int passage = gate.enter();
    try {
      return ledger.reap(clock.instant());
    } finally {
      gate.leave(passage);
    }
  }

  /** Forgets accounts and facts that are of no more use; returns how many accounts. */
  public int sweep() {
    int passage = gate.enter();
    try {
      budgets.sweep(clock.instant());
      return ledger.sweep(clock.instant());
    } finally {
      gate.leave(passage);
    }
  }
}
