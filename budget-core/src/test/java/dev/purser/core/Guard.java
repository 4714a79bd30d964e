package dev.purser.core;

import dev.purser.api.Admission;
import dev.purser.api.Alert;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.ControlRecord;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Refusal;
import dev.purser.api.Reservation;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usage;
import dev.purser.core.ledger.InMemoryLedger;
import dev.purser.spi.Balance;
import dev.purser.spi.RecordSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A guard on a clock of its own, with all that it tells and counts in reach of a test. */
final class Guard implements AutoCloseable {

  static final ModelId GPT_4O = ModelId.of("openai", "gpt-4o");

  final TestClock clock = new TestClock("2026-11-23T12:00:00Z");
  final InMemoryLedger ledger = new InMemoryLedger();
  final List<SpendRecord> records = new CopyOnWriteArrayList<>();
  final List<ControlRecord> controls = new CopyOnWriteArrayList<>();
  final List<Alert> alerts = new CopyOnWriteArrayList<>();
  final Purser purser;

  private final RecordSink sink = new RecordSink() {
    @Override
    public void accept(SpendRecord record) {
      records.add(record);
    }

    @Override
    public void control(ControlRecord record) {
      controls.add(record);
    }
  };

  Guard(UnaryOperator<PurserBuilder> options) {
    purser = options
        .apply(Purser.builder().clock(clock).ledger(ledger).sink(sink).alertSink(alerts::add))
        .build();
  }

  static Guard on(Budget... budgets) {
    return new Guard(builder -> with(builder.owner("dana"), budgets));
  }

  static PurserBuilder with(PurserBuilder builder, Budget... budgets) {
    for (Budget budget : budgets) {
      builder.budget(budget);
    }
    return builder;
  }

  /** A call that costs $0.01 for each 1,000 tokens that it writes, and nothing to read. */
  static CallIntent.Builder call(long outputCap) {
    return CallIntent.builder(GPT_4O).prompt(Prompt.EMPTY).outputCap(outputCap);
  }

  static CallIntent.Builder call(long outputCap, Attribution who) {
    return call(outputCap).attribution(who);
  }

  Admission admit(CallIntent.Builder call) {
    return purser.admit(call.build());
  }

  Reservation hold(CallIntent.Builder call) {
    return admit(call).orThrow();
  }

  /** Makes a call that writes all it may. */
  void spend(long output, Attribution who) {
    hold(call(output, who)).settle(Usage.ofTokens(0, output));
  }

  Refusal refusal(CallIntent.Builder call) {
    Admission admission = admit(call);
    if (admission instanceof Admission.Refused refused) {
      return refused.refusal();
    }
    throw new AssertionError("not refused: " + admission);
  }

  /** Returns what is counted for a scope of a budget that is in force. */
  Balance balance(String budget, String scope) {
    Budget inForce = purser.budgets().stream()
        .filter(each -> each.name().equals(budget))
        .findFirst()
        .orElseThrow();
    return ledger.balance(ledger.open(inForce, scope, clock.instant()), clock.instant());
  }

  /** Ends what is over, as housekeeping does all the time. */
  void reap() {
    purser.reap();
  }

  /** Forgets what is of no more use, as housekeeping does now and then. */
  void sweep() {
    purser.sweep();
  }

  @Override
  public void close() {
    purser.close();
  }
}
