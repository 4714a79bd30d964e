package dev.purser.core.pipeline;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Denial;
import dev.purser.api.Freeze;
import dev.purser.api.FreezeTarget;
import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.alert.AlertBook;
import dev.purser.core.alert.CapWatch;
import dev.purser.core.alert.Owners;
import dev.purser.core.budget.BudgetBook;
import dev.purser.core.content.ContentRules;
import dev.purser.core.emit.Counters;
import dev.purser.core.emit.Emitter;
import dev.purser.core.freeze.Freezes;
import dev.purser.core.ledger.InMemoryLedger;
import dev.purser.core.price.BundledPriceBook;
import dev.purser.core.record.StateLog;
import dev.purser.core.route.Route;
import dev.purser.core.route.Routes;
import dev.purser.spi.Amounts;
import dev.purser.spi.Quote;
import dev.purser.spi.TaskClassifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A call that is about to start, and what a freeze does to it. */
final class StartingCall {

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final BudgetBook BOOK = new BudgetBook(
      List.of(Budget.total("all", Usd.of("1")).owner("dana")),
      new InMemoryLedger(),
      budget -> {},
      session -> {});
  private static final Counters COUNTERS = new Counters();
  private static final Emitter EMITTER = new Emitter(List.of(), List.of(), 16, COUNTERS, CLOCK);
  private static final Recorder RECORDER =
      new Recorder(EMITTER, COUNTERS, CLOCK, StateLog.NONE, new Routes(TaskClassifier.NONE, CLOCK));
  private static final Owners OWNERS = new Owners(name -> null, Map.of(), "dana");
  private static final Notices NOTICES =
      new Notices(new AlertBook(StateLog.NONE, OWNERS), OWNERS, COUNTERS, CLOCK);
  private static final CapWatch CAPS =
      new CapWatch(new InMemoryLedger(), OWNERS, account -> false, (alert, part) -> {});
  private static final AbandonedCalls ABANDONED = new AbandonedCalls();
  private static final RevisionGate GATE = new RevisionGate();
  private static final Attribution ALICE = Attribution.key("alice");
  private static final ModelId MODEL = ModelId.of("openai", "gpt-4o");
  private static final Quote QUOTE = BundledPriceBook.load().quote(MODEL, null, NOW);
  private static final Call CALL = new Call(
      "1",
      NOW,
      "direct",
      ALICE,
      null,
      List.of(),
      MODEL,
      new Route(MODEL, "", false),
      null,
      null,
      null,
      1,
      false,
      QUOTE);
  private static final Freeze FREEZE = new Freeze(FreezeTarget.key("alice"), "dana", "loop", NOW);
  private static final Denial DENIAL =
      new Denial(Denial.Reason.FROZEN, "alice", null, "frozen by dana: loop");

  final OpenCalls open = new OpenCalls();
  final Freezes freezes = new Freezes();
  final CallReservation call = new CallReservation(
      CALL,
      Usage.NONE,
      Amounts.NONE,
      List.of(),
      new Returning(
          CLOCK,
          () -> 0,
          GATE,
          BOOK,
          open,
          ABANDONED,
          new Bills(),
          ContentRules.NONE,
          CAPS,
          RECORDER,
          NOTICES));

  boolean frozen() {
    return freezes.stopping(ALICE, List::of) != null;
  }

  void freeze() {
    boolean unused = freezes.add(FREEZE);
    open.each(each -> each.cut(DENIAL));
  }

  void cut() {
    call.cut(DENIAL);
  }
}
