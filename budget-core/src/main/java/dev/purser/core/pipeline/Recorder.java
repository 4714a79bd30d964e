package dev.purser.core.pipeline;

import dev.purser.api.AbandonReason;
import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.ControlRecord;
import dev.purser.api.Denial;
import dev.purser.api.Exchange;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal;
import dev.purser.api.Settlement;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.UnmeteredCall;
import dev.purser.api.Usage;
import dev.purser.api.VirtualKey;
import dev.purser.core.emit.Counters;
import dev.purser.core.emit.Emitter;
import dev.purser.core.record.StateLog;
import dev.purser.core.route.Routes;
import dev.purser.spi.Ticket;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Turns what happened to a call into its record, its counter and the spending of its scope. The record
 * of an ending is made before the call ends, for ledgers that keep a log; it is told when it has ended.
 */
final class Recorder {

  private final Emitter emitter;
  private final Counters counters;
  private final InstantSource clock;
  private final StateLog log;
  private final Routes routes;

  Recorder(Emitter emitter, Counters counters, InstantSource clock, StateLog log, Routes routes) {
    this.log = log;
    this.routes = routes;
    this.emitter = emitter;
    this.counters = counters;
    this.clock = clock;
  }

  /**
   * Returns the record of a call that is charged by its answer.
   *
   * @param due the charge, less what was charged for the same bill before
   * @param reason why it is only estimated, or null if the answer said it
   */
  SpendRecord charged(
      Call call,
      Charge charge,
      long reserved,
      long due,
      @Nullable AbandonReason reason,
      Exchange exchange) {
    Settlement settlement = charge.settlement();
    return ended(call, reason == null ? Outcome.SETTLED : Outcome.ESTIMATED, exchange)
        .answered(settlement.answeredBy(), settlement.serviceTier(), settlement.responseId())
        .usage(charge.usage())
        .charged(reserved, due)
        .computed(charge.computedNanoUsd())
        .reason(reason == null ? null : word(reason))
        .build();
  }

  /** Returns the record of a call that is not billed. */
  SpendRecord released(Call call, long reserved, Exchange exchange) {
    return ended(call, Outcome.RELEASED, exchange).charged(reserved, 0).build();
  }

  /** Returns the record of a call whose charge is taken back. */
  SpendRecord writtenOff(Call call, Usage bound, long reserved, Exchange exchange) {
    return ended(call, Outcome.WRITTEN_OFF, exchange)
        .usage(bound)
        .charged(reserved, 0)
        .spent(-reserved)
        .build();
  }

  /** Returns the record of a call that is charged its reserved amount. */
  SpendRecord abandoned(
      Call call, Usage bound, long reserved, AbandonReason reason, Exchange exchange) {
    return ended(call, Outcome.ABANDONED, exchange)
        .usage(bound)
        .charged(reserved, reserved)
        .reason(word(reason))
        .build();
  }

  private SpendRecord.Builder ended(Call call, Outcome outcome, Exchange exchange) {
    return of(call, outcome, exchange).endedAt(clock.instant());
  }

  private static SpendRecord.Builder of(Call call, Outcome outcome, Exchange exchange) {
    return SpendRecord.builder(call.id(), outcome, call.requested(), call.at())
        .api(call.api())
        .attribution(call.attribution())
        .routed(call.model(), call.route().why().isEmpty() ? null : call.route().why())
        .prices(call.quote().table(), call.quote().known())
        .bill(call.bill())
        .exchange(exchange);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** A call was charged by its answer; tells of it. */
  void tellCharged(Call call, Charge charge, SpendRecord record, Ticket.Ending ending) {
    if (ending == Ticket.Ending.ENDED) {
      tellRoutes(call, record);
    }
    long due = record.costNanoUsd();
    String reason = record.reason();
    counters.count(
        reason != null
            ? "calls.estimated." + reason
            : switch (ending) {
              case CORRECTED -> "calls.corrected";
              case RECHARGED -> "calls.recharged";
              default -> "calls.settled";
            });
    if (due > record.reservedNanoUsd() && ending == Ticket.Ending.ENDED) {
      counters.count("calls.bill_above_reservation");
    }
    if (charge.contradicts()) {
      counters.count("calls.stated_cost_differs");
    }
    SpendRecord told =
        record.spending(ending == Ticket.Ending.CORRECTED ? due - record.reservedNanoUsd() : due);
    boolean corrects = reason == null && ending != Ticket.Ending.ENDED;
    tell(call, corrects ? told.toBuilder().outcome(Outcome.CORRECTED).build() : told);
  }

  void tellReleased(Call call, SpendRecord record, boolean charged) {
    if (!charged) {
      tellRoutes(call, record);
    }
    counters.count("calls.released");
    tell(call, record.spending(charged ? -record.reservedNanoUsd() : 0));
  }

  void tellWrittenOff(Call call, SpendRecord record) {
    counters.count("calls.written_off");
    tell(call, record);
  }

  void tellAbandoned(Call call, SpendRecord record) {
    tellRoutes(call, record);
    counters.count("calls.abandoned." + record.reason());
    tell(call, record);
  }

  /** Whether its model answers decides over the next calls. */
  private void tellRoutes(Call call, SpendRecord record) {
    if (call.route().watched()) {
      routes.ended(call.model(), record);
    }
  }

  /** A call of before a restart was charged, or its charge taken back. */
  void tellRestored(SpendRecord record) {
    counters.count(
        record.outcome() == Outcome.ABANDONED
            ? "calls.abandoned." + record.reason()
            : "calls.written_off");
    emitter.emit(record);
  }

  void refused(Call call, Usage bound, Refusal refusal) {
    counters.count("calls.refused." + word(refusal.reason()));
    emit(call, Outcome.REFUSED, bound, refusal);
  }

  /** A budget that only watches could not carry the call. */
  void observed(Call call, Usage bound, Refusal refusal) {
    counters.count("calls.observed." + word(refusal.reason()));
    emit(call, Outcome.OBSERVED, bound, refusal);
  }

  /** A call waited for what others held, and was then admitted, or not. */
  void waited(boolean admitted) {
    counters.count(admitted ? "calls.waited.admitted" : "calls.waited.refused");
  }

  private void emit(Call call, Outcome outcome, Usage bound, Refusal refusal) {
    emitter.emit(of(call, outcome, Exchange.asked(call.attempt(), call.stream()))
        .usage(bound)
        .refusal(refusal)
        .build());
  }

  void unmetered(String id, UnmeteredCall call, Attribution who) {
    emitter.emit(
        SpendRecord.builder(id, Outcome.UNMETERED, ModelId.of(call.provider(), ""), clock.instant())
            .api(call.endpoint())
            .attribution(who)
            .reason(call.why())
            .build());
  }

  /** A call may not be made; nothing was held for it. */
  void denied(String id, String api, Attribution who, ModelId model, Denial denial) {
    counters.count("calls.denied." + word(denial.reason()));
    emitter.emit(SpendRecord.builder(id, Outcome.DENIED, model, clock.instant())
        .api(api)
        .attribution(who)
        .denial(denial)
        .build());
  }

  /** Somebody did something to the budgets. */
  void control(ControlRecord record) {
    control(record, null);
  }

  /**
   * Somebody did something to the budgets, or to a key.
   *
   * @param key the key as it is now, or null
   */
  void control(ControlRecord record, @Nullable VirtualKey key) {
    log.control(record, key);
    tell(record);
  }

  /** Tells of what stands in the log already. */
  void tell(ControlRecord record) {
    counters.count("control." + word(record.kind()));
    emitter.control(record);
  }

  private void tell(Call call, SpendRecord record) {
    AttributionScope scope = call.scope();
    if (scope != null && record.spentNanoUsd() != 0) {
      scope.addSpent(record.spentNanoUsd());
    }
    emitter.emit(record);
  }
}
