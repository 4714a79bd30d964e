package dev.purser.core.pipeline;

import dev.purser.api.AbandonReason;
import dev.purser.api.ControlRecord;
import dev.purser.api.Freeze;
import dev.purser.api.FreezeTarget;
import dev.purser.core.budget.BudgetBook;
import dev.purser.core.freeze.Freezes;
import dev.purser.core.journal.Recovered;
import dev.purser.core.journal.Spent;
import dev.purser.core.key.KeyRing;
import dev.purser.core.record.CallLine;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Demand;
import dev.purser.spi.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Puts a new guard where the one before was when its process ended: the budgets of today on the facts of
 * yesterday. Before the first call.
 */
final class Restoring {

  private static final int CONDENSE_EVERY = 10_000;

  private final Ledger ledger;
  private final Returning returning;
  private final Granting granting;
  private final Freezes freezes;
  private final KeyRing keys;

  Restoring(Ledger ledger, Returning returning, Granting granting, Freezes freezes, KeyRing keys) {
    this.ledger = ledger;
    this.returning = returning;
    this.granting = granting;
    this.freezes = freezes;
    this.keys = keys;
  }

  /** A charge that is yet to be made. */
  private record Pending(Instant at, Runnable charge) {}

  void restore(Recovered found) {
    // A clock that was set back leaves each account in the latest window that it has seen.
    Instant now = later(returning.clock().instant(), found);
    List<Pending> pending = new ArrayList<>();
    for (Spent spent : found.spent()) {
      // Which session is part of which, before anything is charged: the sums of one span are in no
      // order.
      List<String> unused = returning.budgets().lineage(spent.who(), now);
      pending.add(new Pending(spent.at(), () -> charge(spent, now)));
    }
    List<RestoredCall> orphans = new ArrayList<>();
    for (CallLine call : found.orphaned()) {
      List<String> unused = returning.budgets().lineage(call.who(), now);
      pending.add(
          new Pending(call.at(), () -> orphans.add(charge(call, AbandonReason.ORPHANED, now))));
    }
    for (CallLine call : found.charged()) {
      pending.add(new Pending(call.at(), () -> charge(call, reason(call), now)));
    }
    // Accounts are charged in the order of time.
    pending.sort(Comparator.comparing(Pending::at));
    for (int i = 0; i < pending.size(); i++) {
      pending.get(i).charge().run();
      if (i % CONDENSE_EVERY == CONDENSE_EVERY - 1) {
        returning.budgets().sweep(now); // or the history of years would not fit into what is kept
      }
    }
    for (Recovered.Control control : found.controls()) {
      try {
        control(control, now);
      } catch (IllegalArgumentException e) {
        returning
            .notices()
            .fault("journal", e); // one that makes no sense keeps the others from nothing
      }
    }
    returning.bills().restore(found.bills());
    orphans.forEach(RestoredCall::tellCharged);
  }

  private void charge(Spent spent, Instant now) {
    BudgetBook budgets = returning.budgets();
    if (!ledger.remembers()) {
      for (Account account : budgets.counting(spent.who(), spent.model(), spent.at(), now)) {
        ledger.charge(account, spent.amounts(), spent.at());
      }
    }
    budgets.charged(spent.who(), spent.model(), spent.at(), spent.amounts(), Amounts.NONE);
  }

  private RestoredCall charge(CallLine call, AbandonReason reason, Instant now) {
    BudgetBook budgets = returning.budgets();
    List<Account> accounts =
        ledger.remembers() ? List.of() : budgets.counting(call.who(), call.model(), call.at(), now);
    Instant at = call.at();
    RestoredCall restored = new RestoredCall(
        call,
        reason,
        ledger.charged(new Demand(
            call.id(),
            at,
            at,
            call.api(),
            call.who(),
            call.model(),
            call.amounts(),
            accounts,
            () -> {})),
        returning);
    budgets.charged(call.who(), call.model(), call.at(), call.amounts(), Amounts.NONE);
    returning.abandoned().add(restored);
    return restored;
  }

  private static Instant later(Instant now, Recovered found) {
    Instant latest = now;
    for (Spent spent : found.spent()) {
      latest = spent.at().isAfter(latest) ? spent.at() : latest;
    }
    for (CallLine call : found.orphaned()) {
      latest = call.at().isAfter(latest) ? call.at() : latest;
    }
    for (CallLine call : found.charged()) {
      latest = call.at().isAfter(latest) ? call.at() : latest;
    }
    return latest;
  }

  private static AbandonReason reason(CallLine call) {
    String word = call.reason() == null ? "" : call.reason();
    for (AbandonReason reason : AbandonReason.values()) {
      if (reason.name().equals(word.toUpperCase(Locale.ROOT))) {
        return reason;
      }
    }
    return AbandonReason.ORPHANED;
  }

  private void control(Recovered.Control control, Instant now) {
    ControlRecord record = control.record();
    switch (record.kind()) {
      case GRANTED -> granting.restore(record, now);
      case FROZEN -> {
        boolean unused = freezes.add(
            new Freeze(target(record.subject()), record.by(), record.why(), record.at()));
      }
      case KEY_MINTED, KEY_ROTATED -> {
        if (control.key() != null) {
          keys.restore(control.key());
        }
      }
      case KEY_REVOKED -> keys.restoreRevoked(record.subject(), record.at(), control.key());
      case UNFROZEN, GRANT_ENDED, WRITTEN_OFF, ACKNOWLEDGED -> {} // leave nothing in force
    }
  }

  private static FreezeTarget target(String subject) {
    for (FreezeTarget.Kind kind : FreezeTarget.Kind.values()) {
      String word = kind.name().toLowerCase(Locale.ROOT);
      if (subject.equals(word)) {
        return new FreezeTarget(kind, "");
      }
      if (subject.startsWith(word + " ")) {
        return new FreezeTarget(kind, subject.substring(word.length() + 1));
      }
    }
    throw new IllegalArgumentException("not what can be frozen: " + subject);
  }
}
