package dev.purser.core.pipeline;

import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.UnmeteredCall;
import dev.purser.api.Usage;
import dev.purser.core.budget.BudgetBook;
import dev.purser.spi.Account;
import dev.purser.spi.Quote;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The way of a call: identify, route, quote, estimate, reserve here; price, settle and emit in {@link
 * CallReservation}, when the adapter has metered the answer. The only class that knows the stages.
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
  private final Reserving reserving;
  private final Recorder recorder;
  private final Notices notices;

  /** Puts the stages in a row. */
  public Pipeline(PipelineParts parts) {
    clock = parts.clock();
    identification = new Identification(parts.salt());
    notices = new Notices(parts.emitter(), parts.counters(), clock);
    recorder = new Recorder(parts.emitter(), parts.counters(), clock);
    stages = new Stages(parts, notices);
    budgets = new BudgetBook(parts.budgets(), parts.ledger());
    reserving = new Reserving(parts.ledger(), recorder, notices, parts.fit(), parts.lease());
  }

  @Override
  public Admission admit(CallIntent intent) {
    try {
      Instant now = clock.instant();
      Attribution who = identification.of(intent);
      ModelId model = stages.route(intent);
      Quote quote = stages.quote(model, intent, now);
      Usage input = stages.estimate(model, intent);
      List<Account> accounts = budgets.covering(who, model);
      Call call = Call.of(ids.next(), now, intent, who, model, quote);
      return reserving.reserve(
          call, intent, new WorstCase(input, intent.choices(), quote), accounts);
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
}
