package dev.purser.core.pipeline;

import dev.purser.api.AbandonReason;
import dev.purser.api.AbandonedCall;
import dev.purser.api.Attribution;
import dev.purser.api.Denial;
import dev.purser.api.Exchange;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import dev.purser.core.record.CallLine;
import dev.purser.spi.Amounts;
import dev.purser.spi.Ticket;
import java.util.Locale;

/**
 * A call of before a restart that was charged its reserved amount. Nobody will settle it any more, but
 * it can be written off. Safe for use by several threads.
 */
final class RestoredCall implements ChargedCall {

  private final CallLine call;
  private final AbandonReason reason;
  private final Ticket ticket;
  private final Returning returning;
  private volatile int revision;

  /** @param ticket as that of a hold whose lease is over */
  RestoredCall(CallLine call, AbandonReason reason, Ticket ticket, Returning returning) {
    this.call = call;
    this.reason = reason;
    this.ticket = ticket;
    this.returning = returning;
    revision = returning.budgets().revision();
  }

  @Override
  public String id() {
    return call.id();
  }

  @Override
  public boolean finished() {
    return false;
  }

  @Override
  public AbandonedCall facts() {
    return new AbandonedCall(
        call.id(),
        call.at(),
        call.api(),
        call.who(),
        call.model(),
        call.amounts().nanoUsd(),
        reason);
  }

  @Override
  public Attribution attribution() {
    return call.who();
  }

  /** It ended with its process. */
  @Override
  public void cut(Denial denial) {}

  /** Returns what there is to tell of it. */
  SpendRecord record(Outcome outcome) {
    Amounts held = call.amounts();
    boolean charged = outcome == Outcome.ABANDONED;
    return SpendRecord.builder(call.id(), outcome, call.model(), call.at())
        .endedAt(returning.clock().instant())
        .api(call.api())
        .attribution(call.who())
        .usage(Usage.ofTokens(held.inputTokens(), held.outputTokens()))
        .charged(held.nanoUsd(), charged ? held.nanoUsd() : 0)
        .spent(charged ? held.nanoUsd() : -held.nanoUsd())
        .reason(charged ? reason.name().toLowerCase(Locale.ROOT) : null)
        .exchange(Exchange.NONE)
        .build();
  }

  /** Has the ledger's log say that it is charged. */
  void tellCharged() {
    SpendRecord record = record(Outcome.ABANDONED);
    ticket.abandoned(record);
    returning.recorder().tellRestored(record);
  }

  @Override
  public boolean writeOff() {
    SpendRecord record = record(Outcome.WRITTEN_OFF);
    int passage = returning.gate().enter();
    try {
      if (revision != returning.budgets().revision()) {
        // Budgets were changed since, and charged with it; they must learn that it is taken back.
        ticket.extend(returning
            .budgets()
            .recharged(call.who(), call.model(), call.at(), returning.clock().instant(), revision));
        revision = returning.budgets().revision();
      }
      if (!ticket.writeOff(record)) {
        return false;
      }
      returning
          .budgets()
          .charged(call.who(), call.model(), call.at(), Amounts.NONE, call.amounts());
    } finally {
      returning.gate().leave(passage);
    }
    returning.abandoned().remove(this);
    returning.recorder().tellRestored(record);
    return true;
  }
}
