package dev.purser.core.pipeline;

import dev.purser.api.Admission;
import dev.purser.api.Alert;
import dev.purser.api.Budget;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallIntent;
import dev.purser.api.Ceiling;
import dev.purser.api.ControlRecord;
import dev.purser.api.Credential;
import dev.purser.api.Denial;
import dev.purser.api.ModelId;
import dev.purser.api.PassingCall;
import dev.purser.api.RoutingRules;
import dev.purser.api.UnmeteredCall;
import dev.purser.api.Usage;
import dev.purser.api.VirtualKey;
import dev.purser.core.alert.CapWatch;
import dev.purser.core.alert.LoopWatch;
import dev.purser.core.ambient.AmbientAccount;
import dev.purser.core.ambient.AmbientLedger;
import dev.purser.core.budget.BudgetBook;
import dev.purser.core.freeze.Freezes;
import dev.purser.core.journal.Recovered;
import dev.purser.core.pipeline.Identification.Caller;
import dev.purser.core.record.AlertLine;
import dev.purser.core.record.DayLine;
import dev.purser.core.record.StateLog;
import dev.purser.core.route.Route;
import dev.purser.core.waiting.WaitingRoom;
import dev.purser.spi.Ledger;
import dev.purser.spi.Quote;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The way of a call: identify, route, look whether it may be made, quote, estimate, and reserve by
 * {@link Admitting}; price, settle and emit in {@link CallReservation}, when the adapter has
 * metered the answer. The only class that knows the stages.
 *
 * <p>Safe for use by several threads. The clock is read once for an admission. Nothing but a refusal
 * stops a call: a part that fails is reported and passed over.
 */
public final class Pipeline implements BudgetGuard {

  private final InstantSource clock;
  private final CallIds ids = new CallIds();
  private final Identification identification;
  private final Stages stages;
  private final Routing routing;
  private final Access access;
  private final BudgetBook budgets;
  private final Ledger ledger;
  private final RevisionGate gate = new RevisionGate();
  private final OpenCalls openCalls = new OpenCalls();
  private final OpenPassages openPassages = new OpenPassages();
  private final WaitingRoom waitingRoom = new WaitingRoom();
  private final Freezing freezing;
  private final Granting granting;
  private final WritingOff writingOff;
  private final Overview overview;
  private final Admitting admitting;
  private final Recorder recorder;
  private final Notices notices;
  private final Alerting alerting;
  private final CapWatch caps;
  private final LoopWatch loops;
  private final StateLog log;
  private final Restoring restoring;

  /** Puts the stages in a row. */
  public Pipeline(PipelineParts parts) {
    clock = parts.clock();
    ledger = new AmbientLedger(parts.ledger());
    identification = new Identification(parts.keys(), parts.salt());
    log = parts.log();
    alerting = parts.alerts();
    notices = new Notices(alerting.book(), alerting.owners(), parts.counters(), clock);
    recorder = new Recorder(parts.emitter(), parts.counters(), clock, log, parts.routes());
    parts.emitter().onDrops(notices::dropped);
    stages = new Stages(parts, notices);
    budgets =
        new BudgetBook(parts.budgets(), ledger, notices::accountsOverflow, notices::otherParent);
    routing = new Routing(parts.routes(), stages, budgets, ledger, gate, notices);
    ledger.onRoom(waitingRoom::room);
    Freezes freezes = new Freezes();
    access = new Access(identification, freezes, budgets);
    AbandonedCalls abandoned = new AbandonedCalls();
    caps = new CapWatch(
        ledger,
        alerting.owners(),
        account -> !(account instanceof AmbientAccount),
        alerting.desk());
    loops = new LoopWatch(
        alerting.rules(), alerting.owners(), alerting.desk(), alerting.watch().zone());
    Returning returning = new Returning(
        clock,
        parts.nanoTime(),
        gate,
        budgets,
        openCalls,
        abandoned,
        new Bills(),
        parts.content(),
        caps,
        recorder,
        notices);
    freezing = new Freezing(freezes, access, openPassages, returning, waitingRoom);
    granting = new Granting(ledger, caps, budgets, gate, waitingRoom, recorder, clock);
    restoring = new Restoring(ledger, returning, granting, freezes, parts.keys());
    writingOff = new WritingOff(abandoned, recorder, clock);
    overview = new Overview(ledger, budgets, granting, gate, clock);
    alerting.desk().begin(overview);
    alerting.watch().begin(overview);
    admitting = new Admitting(
        access,
        granting,
        new Reserving(ledger, returning),
        returning,
        waitingRoom,
        parts.settings(),
        clock,
        parts.nanoTime());
  }

  @Override
  public Admission admit(CallIntent intent) {
    Instant now = clock.instant();
    Caller caller = routing.classified(
        intent, identification.of(intent.attribution(), intent.credential(), now));
    try {
      Route route = routing.of(intent, caller, now, admitting.settings());
      return route == null ? noCandidate(intent, caller) : admit(intent, caller, route, now);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      // Our own fault must not become the caller's: the call passes, and somebody is told.
      notices.fault("pipeline", e);
      unmetered(new UnmeteredCall(
          intent.model().provider(),
          intent.api(),
          intent.attribution(),
          intent.credential(),
          "pipeline failed"));
      Denial denial = caller.denial() == null ? access.frozen(caller.who(), now) : caller.denial();
      return denial == null ? unguarded(intent) : new Admission.Denied(denial);
    }
  }

  private Admission admit(CallIntent intent, Caller caller, Route route, Instant now) {
    Admission admission = null;
    try {
      ModelId model = route.model();
      // A bill is of what was made before, by whichever model.
      Denial denial = intent.bill() == null
          ? access.denial(caller, model, intent.alternatives(), now)
          : access.denial(caller, false, now);
      if (denial != null) {
        recorder.denied(ids.next(), intent.api(), caller.who(), intent.model(), denial);
        return new Admission.Denied(denial);
      }
      Settings settings = admitting.settings();
      Quote quote = stages.quote(model, intent, now, settings.freeModels());
      Usage input = stages.estimate(model, intent, settings.strictEstimates());
      Call call = Call.of(ids.next(), now, intent, caller.who(), route, quote);
      watchForLoops(caller, intent, now);
      admission = admitting.admit(call, intent, new WorstCase(input, intent.choices(), quote));
      return admission;
    } finally {
      if (!(admission instanceof Admission.Admitted)) {
        routing.unused(route);
      }
    }
  }

  /** Only at the first attempt: that a provider is down is no loop. */
  private void watchForLoops(Caller caller, CallIntent intent, Instant now) {
    if (intent.attempt() == 1 && intent.tried().isEmpty()) {
      try {
        loops.asked(caller.who(), intent.prompt(), now);
      } catch (RuntimeException | LinkageError e) {
        notices.fault("loop watch", e); // the budgets are asked all the same
      }
    }
  }

  /** Nothing is recorded: the attempt that failed is, and its caller is told of that. */
  private static Admission noCandidate(CallIntent intent, Caller caller) {
    String key = Objects.requireNonNullElse(caller.who().key(), "");
    return new Admission.Denied(
        new Denial(Denial.Reason.NO_CANDIDATE, key, null, "after " + intent.tried()));
  }

  /** As {@link BudgetGuard#noop()} would, which knows nothing of virtual keys that are good. */
  private static Admission unguarded(CallIntent intent) {
    return BudgetGuard.noop()
        .admit(CallIntent.builder(intent.model()).api(intent.api()).build());
  }

  @Override
  public Admission pass(PassingCall call) {
    Instant now = clock.instant();
    Caller caller = identification.of(call.attribution(), call.credential(), now);
    Passage passage = new Passage(ids.next(), caller.who(), openPassages);
    // In this order, as for calls that are counted: a freeze that comes meanwhile sees one or the
    // other.
    openPassages.add(passage);
    Denial denial = access.denial(caller, call.billable(), now);
    if (denial != null) {
      boolean unused = passage.release();
      denied(call, caller, denial);
      return new Admission.Denied(denial);
    }
    return new Admission.Admitted(passage, ModelId.of(call.provider(), ""), OptionalLong.empty());
  }

  @Override
  public void denied(PassingCall call, Denial denial) {
    denied(call, identification.of(call.attribution(), call.credential(), clock.instant()), denial);
  }

  private void denied(PassingCall call, Caller caller, Denial denial) {
    recorder.denied(
        ids.next(), call.endpoint(), caller.who(), ModelId.of(call.provider(), ""), denial);
  }

  @Override
  public Optional<String> keyName(Credential credential) {
    VirtualKey key = identification.keyOf(credential, clock.instant());
    return key == null ? Optional.empty() : Optional.of(key.name());
  }

  @Override
  public RoutingRules routing() {
    return routing.rules();
  }

  @Override
  public void unmetered(UnmeteredCall call) {
    notices.unmetered(call);
    Ceiling.inForce().forEach(ceiling -> ceiling.unmetered(call));
    Caller caller = identification.of(call.attribution(), call.credential(), clock.instant());
    recorder.unmetered(ids.next(), call, caller.who());
  }

  /**
   * Takes note of what somebody did to a key.
   *
   * @param key the key as it is now
   */
  public void control(ControlRecord record, VirtualKey key) {
    recorder.control(record, key);
  }

  /** Takes up what a journal says of the time before; to be called before the first call. */
  public void restore(Recovered found) {
    restoring.restore(found);
    overview.knownSince(found);
    for (AlertLine alert : found.alerts()) {
      alerting.book().restore(alert);
      caps.restore(alert.alert());
    }
    for (DayLine day : found.days()) {
      alerting.watch().restore(day);
    }
    caps.look(clock.instant());
  }

  /** Does what alerts need now and then. */
  public void lookAtAlerts() {
    Instant now = clock.instant();
    caps.look(now);
    alerting.watch().look();
    alerting.book().closeEnded(now);
  }

  /**
   * Acknowledges an open alert, and records who did.
   *
   * @return false if no alert of that key is open
   */
  public boolean acknowledge(String key, String by, String why) {
    Optional<Alert> alert = alerting.book().close(key);
    alert.ifPresent(closed -> recorder.control(ControlRecord.of(
            ControlRecord.Kind.ACKNOWLEDGED, closed.subject(), by, why, clock.instant())
        .with("alert", key)));
    return alert.isPresent();
  }

  /** Returns what tells people. */
  public Alerting alerting() {
    return alerting;
  }

  /** Tells what befell the journal. */
  public void journal(String what) {
    notices.journal(what);
  }

  /** Tells that the journal can be written again. */
  public void journalWorks() {
    notices.journalWorks();
  }

  /**
   * Puts other budgets and settings in force, without losing what was counted: from the next call on,
   * for open calls too, and for those that wait.
   *
   * @param revised with owner and zone set
   */
  public void revise(List<Budget> revised, Settings settings) {
    gate.change(() -> {
      Instant now = clock.instant();
      List<Budget> before = budgets.budgets();
      List<Budget> partlyKnown = budgets.revise(revised, now);
      granting.revised(before, now);
      openCalls.each(CallReservation::redraw);
      admitting.settings(settings);
      partlyKnown.forEach(notices::partlyKnown);
      log.budgets(revised);
    });
    waitingRoom.everybody();
    caps.limitsChanged();
    caps.look(clock.instant());
  }

  /** Has those who wait see whether they may still make their calls: keys have changed. */
  public void keysChanged() {
    waitingRoom.everybody();
  }

  /** Tells of a changed configuration that is wrong and was not taken over. */
  public void rejected(String problems) {
    notices.configuration("configuration", problems);
  }

  /**
   * Warns if the price table in use is old.
   *
   * @param day the day on which it was last brought up to date
   */
  public void pricesAreOf(String table, LocalDate day) {
    notices.prices(table, day);
  }

  /** Returns the budgets in force. */
  public List<Budget> budgets() {
    return budgets.budgets();
  }

  /** Returns how many calls wait for what others hold. */
  public int waiting() {
    return waitingRoom.size();
  }

  /** Returns what calls are stopped with. */
  public Freezing freezing() {
    return freezing;
  }

  /** Returns what grants are made and ended with. */
  public Granting granting() {
    return granting;
  }

  /** Returns what charges are written off with. */
  public WritingOff writingOff() {
    return writingOff;
  }

  /** Returns what tells of the accounts. */
  public Overview overview() {
    return overview;
  }

  /** Turns leases that are over into charges, and ends grants that are; returns how many leases. */
  public int reap() {
    granting.withdrawEnded(clock.instant());
    int passage = gate.enter();
    try {
      return ledger.reap(clock.instant());
    } finally {
      gate.leave(passage);
    }
  }

  /** Forgets accounts and facts that are of no more use; returns how many accounts. */
  public int sweep() {
    return overview.undisturbed(this::sweepAll);
  }

  private int sweepAll() {
    int passage = gate.enter();
    try {
      budgets.sweep(clock.instant());
      return ledger.sweep(clock.instant());
    } finally {
      gate.leave(passage);
    }
  }
}
