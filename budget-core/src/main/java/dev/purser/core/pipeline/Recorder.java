package dev.purser.core.pipeline;

import dev.purser.api.AbandonReason;
import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.ControlRecord;
import dev.purser.api.Denial;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal;
import dev.purser.api.Settlement;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.UnmeteredCall;
import dev.purser.api.Usage;
import dev.purser.core.emit.Counters;
import dev.purser.core.emit.Emitter;
import dev.purser.spi.Ticket;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns what happened to a call into its record, its counter and the spending of its scope. */
final class Recorder {

  private final Emitter emitter;
  private final Counters counters;
  private final InstantSource clock;

  Recorder(Emitter emitter, Counters counters, InstantSource clock) {
    this.emitter = emitter;
    this.counters = counters;
    this.clock = clock;
  }

  /**
   * A call was charged what its answer said it used.
   *
   * @param due the charge, less what was charged for the same bill before
   */
  void settled(Call call, Charge charge, long reserved, long due, Ticket.Ending ending) {
    Outcome outcome = ending == Ticket.Ending.ENDED ? Outcome.SETTLED : Outcome.CORRECTED;
    counters.count(
        switch (ending) {
          case CORRECTED -> "calls.corrected";
          case RECHARGED -> "calls.recharged";
          default -> "calls.settled";
        });
    charged(call, charge, reserved, due, ending, outcome, null);
  }

  /** A call was charged what could be seen of its answer. */
  void estimated(
      Call call,
      Charge charge,
      long reserved,
      long due,
      Ticket.Ending ending,
      AbandonReason reason) {
    String why = reason.name().toLowerCase(Locale.ROOT);
    counters.count("calls.estimated." + why);
    charged(call, charge, reserved, due, ending, Outcome.ESTIMATED, why);
  }

  private void charged(
      Call call,
      Charge charge,
      long reserved,
      long due,
      Ticket.Ending ending,
      Outcome outcome,
      @Nullable String reason) {
    if (due > reserved && ending == Ticket.Ending.ENDED) {
      counters.count("calls.bill_above_reservation");
    }
    if (charge.contradicts()) {
      counters.count("calls.stated_cost_differs");
    }
    spent(call, ending == Ticket.Ending.CORRECTED ? due - reserved : due);
    emit(call, outcome, charge, charge.usage(), reserved, due, reason);
  }

  void released(Call call, long reserved, boolean charged) {
    counters.count("calls.released");
    spent(call, charged ? -reserved : 0);
    emit(call, Outcome.RELEASED, null, Usage.NONE, reserved, 0, null);
  }

  void writtenOff(Call call, Usage bound, long reserved) {
    counters.count("calls.written_off");
    spent(call, -reserved);
    emit(call, Outcome.WRITTEN_OFF, null, bound, reserved, 0, null);
  }

  void abandoned(Call call, Usage bound, long reserved, AbandonReason reason) {
    String why = reason.name().toLowerCase(Locale.ROOT);
    counters.count("calls.abandoned." + why);
    spent(call, reserved);
    emit(call, Outcome.ABANDONED, null, bound, reserved, reserved, why);
  }

  void refused(Call call, Usage bound, Refusal refusal) {
    counters.count("calls.refused." + refusal.reason().name().toLowerCase(Locale.ROOT));
    emit(call, Outcome.REFUSED, bound, refusal);
  }

  /** A budget that only watches could not carry the call. */
  void observed(Call call, Usage bound, Refusal refusal) {
    counters.count("calls.observed." + refusal.reason().name().toLowerCase(Locale.ROOT));
    emit(call, Outcome.OBSERVED, bound, refusal);
  }

  /** A call waited for what others held, and was then admitted, or not. */
  void waited(boolean admitted) {
    counters.count(admitted ? "calls.waited.admitted" : "calls.waited.refused");
  }

  private void emit(Call call, Outcome outcome, Usage bound, Refusal refusal) {
    emitter.emit(new SpendRecord(
        call.id(),
        outcome,
        call.at(),
        call.at(),
        call.api(),
        call.attribution(),
        call.requested(),
        null,
        null,
        bound,
        0,
        0,
        null,
        call.quote().table(),
        call.quote().known(),
        null,
        refusal,
        null,
        null));
  }

  void unmetered(String id, UnmeteredCall call, Attribution who) {
    ModelId nobody = ModelId.of(call.provider(), "");
    emitter.emit(unpriced(id, Outcome.UNMETERED, call.endpoint(), who, nobody, call.why(), null));
  }

  /** A call may not be made; nothing was held for it. */
  void denied(String id, String api, Attribution who, ModelId model, Denial denial) {
    counters.count("calls.denied." + denial.reason().name().toLowerCase(Locale.ROOT));
    emitter.emit(unpriced(id, Outcome.DENIED, api, who, model, null, denial));
  }

  private SpendRecord unpriced(
      String id,
      Outcome outcome,
      String api,
      Attribution who,
      ModelId model,
      @Nullable String reason,
      @Nullable Denial denial) {
    Instant now = clock.instant();
    return new SpendRecord(
        id,
        outcome,
        now,
        now,
        api,
        who,
        model,
        null,
        null,
        Usage.NONE,
        0,
        0,
        null,
        "",
        false,
        reason,
        null,
        denial,
        null);
  }

  /** Somebody did something to the budgets. */
  void control(ControlRecord record) {
    counters.count("control." + record.kind().name().toLowerCase(Locale.ROOT));
    emitter.control(record);
  }

  private static void spent(Call call, long nanoUsd) {
    AttributionScope scope = call.scope();
    if (scope != null && nanoUsd != 0) {
      scope.addSpent(nanoUsd);
    }
  }

  private void emit(
      Call call,
      Outcome outcome,
      @Nullable Charge charge,
      Usage usage,
      long reserved,
      long cost,
      @Nullable String reason) {
    Settlement settlement = charge == null ? null : charge.settlement();
    emitter.emit(new SpendRecord(
        call.id(),
        outcome,
        call.at(),
        clock.instant(),
        call.api(),
        call.attribution(),
        call.requested(),
        settlement == null ? null : settlement.answeredBy(),
        settlement == null ? null : settlement.serviceTier(),
        usage,
        reserved,
        cost,
        charge == null ? null : charge.computedNanoUsd(),
        call.quote().table(),
        call.quote().known(),
        reason,
        null,
        null,
        settlement == null ? null : settlement.responseId()));
  }
}
